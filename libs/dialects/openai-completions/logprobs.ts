import { arrayOf, isObject, objectOf } from '../json/index.js';
import type { CompletionChoice } from './types.js';

type Logprobs = NonNullable<CompletionChoice['logprobs']>;

/** This API's lists side by side as chat completions' list of tokens. */
export function decodeLogprobs(value: unknown): unknown {
  if (!isObject(value)) return undefined;
  const logprobs = arrayOf(value['token_logprobs']);
  const tops = arrayOf(value['top_logprobs']);
  const content = arrayOf(value['tokens']).map((token, index) => ({
    token,
    logprob: logprobs[index] ?? 0,
    bytes: null,
    top_logprobs: Object.entries(objectOf(tops[index])).map(([other, logprob]) => ({
      token: other,
      logprob,
      bytes: null,
    })),
  }));
  return { content, refusal: null };
}

/** And back. `offset`: characters of the choice's text before these tokens. */
export function encodeLogprobs(value: unknown, offset: number): Logprobs | null {
  if (!isObject(value)) return null;
  const logprobs: Required<Logprobs> = { tokens: [], token_logprobs: [], top_logprobs: [], text_offset: [] };
  let at = offset;
  for (const entry of arrayOf(value['content']).filter(isObject)) {
    const token = String(entry['token']);
    logprobs.tokens.push(token);
    logprobs.token_logprobs.push(Number(entry['logprob']));
    logprobs.top_logprobs.push(
      Object.fromEntries(
        arrayOf(entry['top_logprobs'])
          .filter(isObject)
          .map((top) => [String(top['token']), Number(top['logprob'])]),
      ),
    );
    logprobs.text_offset.push(at);
    at += token.length;
  }
  return logprobs;
}
