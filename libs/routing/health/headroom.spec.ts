import { describe, expect, it } from 'vitest';
import { Headroom } from './headroom.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const heard = (headers: Record<string, string>): Headroom => {
  const headroom = new Headroom();
  headroom.heard('m', headers, NOW);
  return headroom;
};

describe('what a provider says is left', () => {
  it('of a model nobody has heard of there is enough', () => {
    expect(new Headroom().nearlyExhausted('m', 1_000_000, NOW)).toBe(false);
  });
  it.each([
    ['OpenAI’s requests', { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '1m30s' }, 90_000],
    ['OpenAI’s tokens', { 'x-ratelimit-remaining-tokens': '50', 'x-ratelimit-reset-tokens': '17ms' }, 17],
    ['a reset in seconds', { 'x-ratelimit-remaining-tokens': '50', 'x-ratelimit-reset-tokens': '2.5' }, 2_500],
    ['no reset at all', { 'x-ratelimit-remaining-requests': '0' }, 10_000],
    [
      'Anthropic’s output tokens',
      {
        'anthropic-ratelimit-requests-remaining': '99',
        'anthropic-ratelimit-requests-reset': '2026-11-24T12:01:00Z',
        'anthropic-ratelimit-input-tokens-remaining': '5000',
        'anthropic-ratelimit-input-tokens-reset': '2026-11-24T12:01:00Z',
        'anthropic-ratelimit-output-tokens-remaining': '10',
        'anthropic-ratelimit-output-tokens-reset': '2026-11-24T12:00:30Z',
      },
      30_000,
    ],
  ])('%s counts until it is full again', (_, headers, untilMs) => {
    const headroom = heard(headers as unknown as Record<string, string>);
    expect(headroom.nearlyExhausted('m', 100, NOW + untilMs - 1)).toBe(true);
    expect(headroom.nearlyExhausted('m', 100, NOW + untilMs)).toBe(false);
  });
  it('a twentieth of the limit is nearly nothing', () => {
    const limit = { 'x-ratelimit-limit-requests': '1000', 'x-ratelimit-reset-requests': '1s' };
    expect(heard({ ...limit, 'x-ratelimit-remaining-requests': '50' }).nearlyExhausted('m', 0, NOW)).toBe(false);
    expect(heard({ ...limit, 'x-ratelimit-remaining-requests': '49' }).nearlyExhausted('m', 0, NOW)).toBe(true);
  });
  it('counts down with what is sent until the next answer', () => {
    const headroom = heard({ 'x-ratelimit-remaining-requests': '3', 'x-ratelimit-remaining-tokens': '1000' });
    headroom.sent('m', 950);
    expect(headroom.nearlyExhausted('m', 50, NOW)).toBe(false);
    expect(headroom.nearlyExhausted('m', 51, NOW)).toBe(true);
  });
  it('nonsense says nothing', () => {
    expect(heard({ 'x-ratelimit-remaining-requests': '-1, many' }).nearlyExhausted('m', 1, NOW)).toBe(false);
  });
});
