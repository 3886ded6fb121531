import { arrayOf, defined, isObject, objectOf, textOf } from '../json/index.js';
import type { Citation, JsonObject } from '../neutral/index.js';

/** A passage of the answer and the documents or tool results that it stands on; the first with an address is named. */
export function decodeCitation(wire: JsonObject): Citation {
  const documents = arrayOf(wire['sources'])
    .filter(isObject)
    .map((source) => objectOf(source['document'] ?? source['tool_output']));
  const named = documents.find((document) => textOf(document['url']) !== undefined) ?? documents[0];
  return defined<Citation>({
    url: textOf(named?.['url']),
    title: textOf(named?.['title']),
    start: typeof wire['start'] === 'number' ? wire['start'] : undefined,
    end: typeof wire['end'] === 'number' ? wire['end'] : undefined,
    raw: { dialect: 'cohere-chat', value: wire },
  });
}

/** Whether a citation is about the text with this place in the content; older models do not say. */
export const isAbout = (wire: JsonObject, contentIndex: number): boolean =>
  (wire['type'] === undefined || wire['type'] === 'TEXT_CONTENT') &&
  (typeof wire['content_index'] !== 'number' || wire['content_index'] === contentIndex);

/** Own citations as they came; another dialect's as a document, if it has an address. */
export function encodeCitation({ raw, url, title, start = 0, end }: Citation, text: string): JsonObject | undefined {
  if (raw.dialect === 'cohere-chat') return raw.value as JsonObject;
  if (url === undefined) return undefined;
  const last = end ?? text.length;
  return {
    start,
    end: last,
    text: text.slice(start, last),
    sources: [{ type: 'document', id: url, document: { url, ...(title === undefined ? {} : { title }) } }],
    type: 'TEXT_CONTENT',
  };
}
