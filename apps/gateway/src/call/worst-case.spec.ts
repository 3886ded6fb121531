import { expect, it } from 'vitest';
import type { LiveModel } from '../live/live.js';
import type { Ask } from './ask.js';
import type { Routed } from './call.types.js';
import { worstCaseOf } from './worst-case.js';

const model = (slug: string, input: bigint): LiveModel =>
  ({
    model: { slug, limits: { maxOutputTokens: 50 } },
    prices: { version: 'test', input: input * 1_000_000n, output: 0n },
  }) as unknown as LiveModel;
const ask = {
  size: { tokensMax: 100 },
  units: 1,
  stream: true,
  outputTokensMax: (cap?: number) => cap ?? 0,
} as unknown as Ask;
const routed = (route: object | null, ...models: LiveModel[]): Routed =>
  ({ choice: { route }, models }) as unknown as Routed;
const cheap = model('cheap', 1n);
const dear = model('dear', 3n);

it('one answer of the dearest candidate is reserved', () => {
  expect(worstCaseOf(ask, routed(null, cheap, dear))).toBe(300n);
});
it('a route that hedges reserves for two, when there are two', () => {
  expect(worstCaseOf(ask, routed({ hedge: {} }, cheap, dear))).toBe(600n);
  expect(worstCaseOf(ask, routed({ hedge: {} }, dear))).toBe(300n);
});
it('a route that resumes streams reserves for the text so far as further input of each resumption', () => {
  expect(worstCaseOf(ask, routed({ midStream: 'resume' }, cheap, dear))).toBe(300n + 2n * 450n);
  expect(worstCaseOf({ ...ask, stream: false }, routed({ midStream: 'resume' }, cheap, dear))).toBe(300n);
});
