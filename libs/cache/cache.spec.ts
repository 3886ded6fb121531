import { describe, expect, it } from 'vitest';
import { NO_TOKENS } from '#libs/core';
import { unpack } from './answer.js';
import { type CachedAnswer, cacheKey, holds, pack } from './index.js';

const answer = (text: string): CachedAnswer<{ text: string }> => ({
  model: 'mini',
  version: 3,
  storedAtMs: 1,
  tags: { app: 'shop' },
  used: { tokens: { ...NO_TOKENS, input: 5, output: 7 }, units: 1 },
  body: { text },
});

describe('an answer as bytes', () => {
  it.each([1, 500, 5_000, 100_000])('comes back as it was: %i characters', (chars) => {
    const kept = answer('é'.repeat(chars));
    expect(unpack(pack(kept))).toEqual(kept);
  });
  it('is smaller than its text from a kilobyte on', () => {
    expect(pack(answer('so it goes. '.repeat(500))).length).toBeLessThan(600);
  });
});

describe('the key of a question', () => {
  const question = {
    operation: 'chat',
    requestedModel: 'fast',
    scope: 's',
    policy: '',
    request: { a: 1, b: [{ c: 2, d: 3 }] },
  };
  it('does not depend on the order of fields', () => {
    const { request, ...rest } = question;
    expect(cacheKey({ request: { b: [{ d: 3, c: 2 }], a: 1 }, ...rest })).toBe(cacheKey({ ...rest, request }));
  });
  it('differs with anything that changes the answer, who may share it, or what inspected it', () => {
    const others = [
      { ...question, operation: 'rerank' },
      { ...question, scope: 't' },
      { ...question, requestedModel: 'smart' },
      { ...question, policy: 'p' },
      { ...question, request: { ...question.request, a: 2 } },
    ];
    expect(new Set([question, ...others].map(cacheKey)).size).toBe(6);
  });
});

describe('an invalidation', () => {
  const kept = { version: 3, tags: { app: 'shop', stage: 'test' } };
  it('ends what was asked before it, and nothing that was asked since', () => {
    expect(holds(kept, 'fast', {})).toBe(true);
    expect(holds(kept, 'fast', { organization: 4 })).toBe(false);
    expect(holds(kept, 'fast', { organization: 3 })).toBe(true);
  });
  it('of a route or a tag ends the answers of that route, or of calls with that tag, and no others', () => {
    expect(holds(kept, 'fast', { routes: { fast: 4 } })).toBe(false);
    expect(holds(kept, 'fast', { routes: { smart: 4 } })).toBe(true);
    expect(holds(kept, 'fast', { tags: { 'stage=test': 4 } })).toBe(false);
    expect(holds(kept, 'fast', { tags: { 'stage=live': 4 } })).toBe(true);
  });
});
