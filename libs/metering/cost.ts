import { divideHalfUp, type NanoUsd, type TokenCounts } from '#libs/core';
import type { ModelPrices, TokenPrices } from './prices.js';

const TOKENS_PER_PRICE = 1_000_000n;

/**
 * What a call with these tokens costs: the exact sum over all kinds, rounded once, half up, to a whole nano-USD.
 * Token counts are integers ≥ 0, anything else is a RangeError. `units`: how often the price per request is charged (search
 * units of a ranking, images), an integer ≥ 0.
 */
export function costOf(tokens: TokenCounts, prices: ModelPrices, units = 1): NanoUsd {
  const tier = tierFor(totalInput(tokens), prices);
  const input = charge(tokens.input, tier.input);
  const cacheRead = charge(tokens.cacheRead, tier.cacheRead ?? tier.input);
  const cacheWrite = charge(tokens.cacheWrite, tier.cacheWrite ?? tier.input);
  const cacheWrite1h = charge(tokens.cacheWrite1h, tier.cacheWrite1h ?? tier.cacheWrite ?? tier.input);
  const audioInput = charge(tokens.audioInput, tier.audioInput ?? tier.input);
  const output = charge(tokens.output, tier.output);
  const reasoning = charge(tokens.reasoning, tier.reasoning ?? tier.output);
  const audioOutput = charge(tokens.audioOutput, tier.audioOutput ?? tier.output);

  const sum = input + cacheRead + cacheWrite + cacheWrite1h + audioInput + output + reasoning + audioOutput;
  return divideHalfUp(sum, TOKENS_PER_PRICE) + (prices.perRequest ?? 0n) * BigInt(units);
}

/** All input of a call, whatever its kind. */
export function totalInput(tokens: TokenCounts): number {
  return tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.cacheWrite1h + tokens.audioInput;
}

/** All output of a call, whatever its kind. */
export function totalOutput(tokens: TokenCounts): number {
  return tokens.output + tokens.reasoning + tokens.audioOutput;
}

function tierFor(inputTokens: number, prices: ModelPrices): TokenPrices {
  return prices.longContext?.findLast((tier) => inputTokens > tier.aboveInputTokens) ?? prices;
}

/** In millionths of a nano-USD, so that only the sum is rounded. */
function charge(tokens: number, price: bigint): bigint {
  if (tokens === 0) return 0n;
  if (!Number.isSafeInteger(tokens) || tokens < 0) throw new RangeError(`not a count of tokens: ${tokens}`);
  return BigInt(tokens) * price;
}
