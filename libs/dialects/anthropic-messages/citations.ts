import { arrayOf, defined, isObject, textOf } from '../json/index.js';
import type { Citation, JsonObject } from '../neutral/index.js';
import type { TextCitation } from './types.js';

const OWN = 'anthropic-messages';

/** A citation of any location type; the quoted words are the source's, not the answer's. */
export function decodeCitation(wire: JsonObject): Citation {
  return defined<Citation>({
    text: textOf(wire['cited_text']),
    url: textOf(wire['url']) ?? textOf(wire['source']),
    title: textOf(wire['title']) ?? textOf(wire['document_title']),
    raw: { dialect: OWN, value: wire },
  });
}

export function decodeCitations(value: unknown): readonly Citation[] {
  return arrayOf(value).filter(isObject).map(decodeCitation);
}

/** Own citations as they came; another dialect's as a web result, if it has an address. */
export function encodeCitation(citation: Citation): TextCitation | undefined {
  if (citation.raw.dialect === OWN) return citation.raw.value as TextCitation;
  if (citation.url === undefined) return undefined;
  return {
    type: 'web_search_result_location',
    cited_text: citation.text ?? '',
    encrypted_index: '',
    title: citation.title ?? null,
    url: citation.url,
  };
}

export function encodeCitations(citations: readonly Citation[] | undefined): TextCitation[] {
  return (citations ?? []).map(encodeCitation).filter((citation) => citation !== undefined);
}
