import { similarity } from '../answering/embedding.js';
import { countTokens } from '../answering/tokens.js';
import { elements, type Fields, fields, number, text } from '../json.js';

export interface Ranked {
  readonly index: number;
  readonly score: number;
  readonly text: string;
}

export interface Ranking {
  readonly results: readonly Ranked[];
  /** Tokens of the query once per document, and of the documents. */
  readonly tokens: number;
}

/** Documents by likeness to the query, best first, equal ones in their own order; at most `top_n`. */
export function rank(request: Fields): Ranking {
  const query = text(request['query']) ?? '';
  const documents = elements(request['documents']).map((item) => text(item) ?? text(fields(item)['text']) ?? '');
  const scored = documents.map((document, index) => ({ index, text: document, score: similarity(query, document) }));
  const best = scored.sort((a, b) => b.score - a.score || a.index - b.index);
  return {
    results: best.slice(0, number(request['top_n']) ?? best.length),
    tokens: documents.reduce((sum, document) => sum + countTokens(document) + countTokens(query), 0),
  };
}
