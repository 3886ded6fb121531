import { arrayOf, isObject, objectOf, textOf } from '../json/index.js';
import type { Citation, JsonObject } from '../neutral/index.js';

interface Annotation {
  readonly type: 'url_citation';
  readonly url_citation: {
    readonly start_index: number;
    readonly end_index: number;
    readonly title: string;
    readonly url: string;
  };
}

/** OpenAI's `annotations` of a message. */
export function decodeAnnotations(value: unknown): Citation[] {
  return arrayOf(value).filter(isObject).map(decodeAnnotation);
}

function decodeAnnotation(annotation: JsonObject): Citation {
  const cited = objectOf(annotation['url_citation']);
  const url = textOf(cited['url']);
  const title = textOf(cited['title']);
  return {
    ...(url === undefined ? {} : { url }),
    ...(title === undefined ? {} : { title }),
    ...(typeof cited['start_index'] === 'number' ? { start: cited['start_index'] } : {}),
    ...(typeof cited['end_index'] === 'number' ? { end: cited['end_index'] } : {}),
    raw: { dialect: 'openai-chat', value: annotation },
  };
}

/** Perplexity lists the pages it read beside the choices, numbered as `[1]` in the text. https://docs.perplexity.ai */
export function decodeSources(body: JsonObject): Citation[] {
  return arrayOf(body['citations'])
    .filter((url) => typeof url === 'string')
    .map((url) => ({ url, raw: { dialect: 'openai-chat', value: url } }));
}

/**
 * Citations of a web page as OpenAI has them; those of documents have no place here. `offset`: where in the message's content
 * the text that they are about begins; without a range of its own a citation is about all of that text.
 */
export function encodeAnnotations(citations: readonly Citation[], offset: number, textLength: number): Annotation[] {
  return citations.flatMap(({ url, title, start = 0, end = textLength }) =>
    url === undefined
      ? []
      : [
          {
            type: 'url_citation',
            url_citation: { start_index: offset + start, end_index: offset + end, title: title ?? url, url },
          },
        ],
  );
}
