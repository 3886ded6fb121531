import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countTokens } from './count.js';
import { ESTIMATE_SHORTFALL_MAX, estimateTokens, mostTokens } from './estimate.js';

const TEXTS = {
  english: 'The gateway holds the credentials and decides which provider answers. '.repeat(40),
  german: 'Die Stelle hält die Zugangsdaten und entscheidet, welcher Anbieter antwortet. '.repeat(40),
  chinese: '网关保存凭据并决定由哪个提供商回答。'.repeat(40),
  json: JSON.stringify(Array.from({ length: 60 }, (_, id) => ({ id, name: `item-${id}`, tags: ['a', 'b'], ok: true }))),
};

describe('the estimate for admission', () => {
  it('is never under by more than the stated factor', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const truth = await countTokens(text);
        expect(truth).toBeLessThanOrEqual(estimateTokens(text) * ESTIMATE_SHORTFALL_MAX);
        expect(truth).toBeLessThanOrEqual(mostTokens(text));
      }),
    );
  });

  it.each(Object.entries(TEXTS))('is near the truth for %s', async (_name, text) => {
    const truth = await countTokens(text);
    expect(estimateTokens(text) / truth).toBeGreaterThan(0.6);
    expect(estimateTokens(text) / truth).toBeLessThan(1.8);
  });
});

describe('the local count for settlement', () => {
  it('is that of the vocabulary', async () => {
    expect(await countTokens('hello world')).toBe(2);
    expect(await countTokens('')).toBe(0);
  });

  it('takes control tokens as text', async () => {
    expect(await countTokens('<|endoftext|>')).toBeGreaterThan(1);
  });

  it('is the same when a long text is counted in pieces', async () => {
    const { countTokens: whole } = await import('gpt-tokenizer/encoding/o200k_base');
    const text = TEXTS.english.repeat(10);
    expect(await countTokens(text)).toBe(whole(text));
  });

  it('counts a hostile word without end in pieces', async () => {
    expect(await countTokens('ab'.repeat(50_000))).toBeGreaterThan(0);
  });
});
