import { expect, test } from 'vitest';
import { NO_TOKENS } from '#libs/core';
import { decodeUsage, encodeUsage, usageOf } from './usage.js';

test("OpenAI's sums become counts that do not overlap, and the same sums again", () => {
  const raw = {
    prompt_tokens: 100,
    completion_tokens: 50,
    total_tokens: 150,
    prompt_tokens_details: { cached_tokens: 60, audio_tokens: 5, cache_write_tokens: 10 },
    completion_tokens_details: {
      reasoning_tokens: 20,
      audio_tokens: 7,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
  const usage = decodeUsage(raw);
  expect(usage.tokens).toEqual({
    ...NO_TOKENS,
    input: 25,
    cacheRead: 60,
    cacheWrite: 10,
    audioInput: 5,
    output: 23,
    reasoning: 20,
    audioOutput: 7,
  });
  expect(encodeUsage(usage)).toEqual(raw);
});

test('reasoning counted beside the completion is added, not taken off', () => {
  const beside = {
    prompt_tokens: 12,
    completion_tokens: 2,
    total_tokens: 354,
    completion_tokens_details: { reasoning_tokens: 340 },
  };
  expect(decodeUsage(beside).tokens).toMatchObject({ output: 2, reasoning: 340 });
  const large = {
    prompt_tokens: 10,
    completion_tokens: 500,
    total_tokens: 550,
    completion_tokens_details: { reasoning_tokens: 40 },
  };
  expect(decodeUsage(large).tokens).toMatchObject({ output: 500, reasoning: 40 });
  expect(decodeUsage({ ...large, total_tokens: 510 }).tokens).toMatchObject({ output: 460, reasoning: 40 });
});

test("DeepSeek's cache hits and Groq's place in streams are found", () => {
  expect(decodeUsage({ prompt_tokens: 10, completion_tokens: 1, prompt_cache_hit_tokens: 8 }).tokens).toMatchObject({
    input: 2,
    cacheRead: 8,
  });
  expect(usageOf({ x_groq: { usage: { prompt_tokens: 4, completion_tokens: 1 } } })?.tokens).toMatchObject({
    input: 4,
  });
  expect(usageOf({ usage: null, x_groq: { id: 'r' } })).toBeUndefined();
});

test('counts that make no sense are never negative', () => {
  const tokens = decodeUsage({
    prompt_tokens: 5,
    completion_tokens: -1,
    prompt_tokens_details: { cached_tokens: 9 },
  }).tokens;
  expect(tokens).toMatchObject({ input: 0, cacheRead: 9, output: 0 });
});
