import { isObject, textOf } from '../json/index.js';
import type { Citation, JsonObject } from '../neutral/index.js';
import type { ResponseOutputText } from './types.js';

export type Annotation = ResponseOutputText['annotations'][number];

export function decodeAnnotation(annotation: JsonObject): Citation {
  const url = textOf(annotation['url']);
  const title = textOf(annotation['title']) ?? textOf(annotation['filename']);
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(typeof annotation['start_index'] === 'number' ? { start: annotation['start_index'] } : {}),
    ...(typeof annotation['end_index'] === 'number' ? { end: annotation['end_index'] } : {}),
    raw: { dialect: 'openai-responses', value: annotation },
  };
}

/** Citations of another dialect have a place here only if they are of a web page. */
export function encodeCitation(citation: Citation, textLength: number): Annotation | undefined {
  const { raw, url, title, start = 0, end = textLength } = citation;
  if (raw.dialect === 'openai-responses' && isObject(raw.value)) return raw.value as unknown as Annotation;
  if (url === undefined) return undefined;
  return { type: 'url_citation', start_index: start, end_index: end, title: title ?? url, url };
}
