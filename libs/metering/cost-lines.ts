import { divideHalfUp, type NanoUsd, type TokenCounts } from '#libs/core';
import { costOf, tierFor, totalInput } from './cost.js';
import type { ModelPrices, TokenPrices } from './prices.js';

/** One part of what a call cost: so many tokens of a kind, at a price. */
export interface CostLine {
  readonly kind: keyof TokenCounts;
  readonly tokens: number;
  /** Nano-USD per million tokens. */
  readonly perMillion: bigint;
  /** Rounded by itself: lines may differ from the call's cost, which is rounded once, by less than a nano-USD each. */
  readonly costNanoUsd: NanoUsd;
}

const TOKENS_PER_PRICE = 1_000_000n;

/**
 * How the tokens of a call make up `booked`; null where these prices do not, because something else was charged too or other
 * prices held: better no lines than ones that do not add up.
 */
export function costLines(tokens: TokenCounts, prices: ModelPrices, booked: NanoUsd): readonly CostLine[] | null {
  if (costOf(tokens, prices) !== booked) return null;
  const perMillion = priceOfKinds(tierFor(totalInput(tokens), prices, null));
  return (Object.keys(perMillion) as (keyof TokenCounts)[])
    .filter((kind) => tokens[kind] > 0)
    .map((kind) => ({
      kind,
      tokens: tokens[kind],
      perMillion: perMillion[kind],
      costNanoUsd: divideHalfUp(BigInt(tokens[kind]) * perMillion[kind], TOKENS_PER_PRICE),
    }));
}

/** A kind without a price of its own is charged as its base kind, as in {@link costOf}. */
function priceOfKinds(tier: TokenPrices): Readonly<Record<keyof TokenCounts, bigint>> {
  return {
    input: tier.input,
    cacheRead: tier.cacheRead ?? tier.input,
    cacheWrite: tier.cacheWrite ?? tier.input,
    cacheWrite1h: tier.cacheWrite1h ?? tier.cacheWrite ?? tier.input,
    audioInput: tier.audioInput ?? tier.input,
    output: tier.output,
    reasoning: tier.reasoning ?? tier.output,
    audioOutput: tier.audioOutput ?? tier.output,
  };
}
