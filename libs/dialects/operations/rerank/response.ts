import { TollgateError } from '#libs/core';
import { countOf, objectOf } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import type { Ranking } from './rerank.js';

/** Cohere and Jina answer with the same list. Throws `upstream_error` when there is none. */
export function decodeResults(body: JsonObject): Ranking['results'] {
  const { results } = body;
  if (!Array.isArray(results)) {
    throw new TollgateError('upstream_error', 'The provider sent an answer without a ranking.', {
      detail: 'no results in an answer to rerank',
    });
  }
  return results.map(objectOf).map((result) => ({
    index: countOf(result['index']),
    score: Number(result['relevance_score'] ?? 0),
  }));
}
