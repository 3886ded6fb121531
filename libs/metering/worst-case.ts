import { divideHalfUp, type NanoUsd } from '#libs/core';
import type { ModelPrices, TokenPrices } from './prices.js';

/**
 * The most that a call with at most this much input and output can cost, whatever kinds the tokens turn out to be: each side
 * at its dearest kind, in every tier that the input or the provider's choice could reach. `costOf` any such call without tools of the provider's
 * own, whose number nobody knows before, is never more. Both counts are
 * integers ≥ 0, anything else is a RangeError. `units` as in `costOf`.
 */
export function worstCase(inputTokens: number, maxOutputTokens: number, prices: ModelPrices, units = 1): NanoUsd {
  const reachable = (prices.longContext ?? []).filter((tier) => inputTokens > tier.aboveInputTokens);
  const tiers: readonly TokenPrices[] = [prices, ...reachable, ...Object.values(prices.serviceTiers ?? {})];
  const sum =
    BigInt(inputTokens) * dearest(tiers.flatMap(inputPrices)) +
    BigInt(maxOutputTokens) * dearest(tiers.flatMap(outputPrices));
  return divideHalfUp(sum, 1_000_000n) + (prices.perRequest ?? 0n) * BigInt(units);
}

const inputPrices = (tier: TokenPrices): (bigint | undefined)[] => [
  tier.input,
  tier.cacheRead,
  tier.cacheWrite,
  tier.cacheWrite1h,
  tier.audioInput,
];

const outputPrices = (tier: TokenPrices): (bigint | undefined)[] => [tier.output, tier.reasoning, tier.audioOutput];

function dearest(prices: readonly (bigint | undefined)[]): bigint {
  return prices.reduce<bigint>((most, price) => (price !== undefined && price > most ? price : most), 0n);
}
