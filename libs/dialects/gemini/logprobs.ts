import { arrayOf, isObject, objectOf } from '../json/index.js';
import type { JsonObject } from '../neutral/index.js';
import type { WireCandidate } from './types.js';

interface Token {
  readonly token: string;
  readonly logprob: number;
  readonly bytes: readonly number[];
}

function tokenOf(candidate: unknown): Token {
  const { token = '', logProbability = 0 } = objectOf(candidate) as { token?: string; logProbability?: number };
  return { token, logprob: logProbability, bytes: [...Buffer.from(token)] };
}

/** `logprobsResult` in OpenAI's shape, the neutral one. */
export function decodeLogprobs(value: unknown): JsonObject | undefined {
  if (!isObject(value)) return undefined;
  const top = arrayOf(value['topCandidates']);
  const content = arrayOf(value['chosenCandidates']).map((chosen, index) => ({
    ...tokenOf(chosen),
    top_logprobs: arrayOf(objectOf(top[index])['candidates']).map(tokenOf),
  }));
  return { content, refusal: null };
}

export function encodeLogprobs(value: unknown): NonNullable<WireCandidate['logprobsResult']> | undefined {
  const content = arrayOf(objectOf(value)['content']).filter(isObject);
  if (content.length === 0) return undefined;
  const wire = ({ token, logprob }: JsonObject): { token: string; logProbability: number } => ({
    token: String(token),
    logProbability: Number(logprob),
  });
  return {
    chosenCandidates: content.map(wire),
    topCandidates: content.map((item) => ({ candidates: arrayOf(item['top_logprobs']).filter(isObject).map(wire) })),
  };
}
