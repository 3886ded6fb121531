import { divideHalfUp, type NanoUsd, type TokenCounts } from '#libs/core';
import type { ModelPrices, ServiceTier, TokenPrices } from './prices.js';

const TOKENS_PER_PRICE = 1_000_000n;

/** What a call is charged for beside its tokens, and how. */
export interface Charges {
  /** How often the price per request is charged (search units of a ranking, images), an integer ≥ 0; absent = once. */
  readonly units?: number | undefined;
  /** The tier that the provider billed; anything else than a service tier with prices of its own is the standard one. */
  readonly serviceTier?: string | null | undefined;
  /** Calls of the provider's own tools, integers ≥ 0; one without a price is free. */
  readonly toolCalls?: Readonly<Record<string, number>> | null | undefined;
}

/**
 * What a call with these tokens costs: the exact sum over all kinds, rounded once, half up, to a whole nano-USD.
 * Token counts are integers ≥ 0, anything else is a RangeError. Charges as a number: the units alone.
 */
export function costOf(tokens: TokenCounts, prices: ModelPrices, charges: number | Charges = {}): NanoUsd {
  const { units = 1, serviceTier, toolCalls } = typeof charges === 'number' ? { units: charges } : (charges as Charges);
  const tier = tierFor(totalInput(tokens), prices, serviceTier);
  const input = charge(tokens.input, tier.input);
  const cacheRead = charge(tokens.cacheRead, tier.cacheRead ?? tier.input);
  const cacheWrite = charge(tokens.cacheWrite, tier.cacheWrite ?? tier.input);
  const cacheWrite1h = charge(tokens.cacheWrite1h, tier.cacheWrite1h ?? tier.cacheWrite ?? tier.input);
  const audioInput = charge(tokens.audioInput, tier.audioInput ?? tier.input);
  const output = charge(tokens.output, tier.output);
  const reasoning = charge(tokens.reasoning, tier.reasoning ?? tier.output);
  const audioOutput = charge(tokens.audioOutput, tier.audioOutput ?? tier.output);

  const sum = input + cacheRead + cacheWrite + cacheWrite1h + audioInput + output + reasoning + audioOutput;
  return divideHalfUp(sum, TOKENS_PER_PRICE) + (prices.perRequest ?? 0n) * BigInt(units) + tools(toolCalls, prices);
}

/** All input of a call, whatever its kind. */
export function totalInput(tokens: TokenCounts): number {
  return tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.cacheWrite1h + tokens.audioInput;
}

/** All output of a call, whatever its kind. */
export function totalOutput(tokens: TokenCounts): number {
  return tokens.output + tokens.reasoning + tokens.audioOutput;
}

/** The prices that hold for a whole call of this much input. */
export function tierFor(inputTokens: number, prices: ModelPrices, serviceTier: string | null | undefined): TokenPrices {
  const own = serviceTier ? prices.serviceTiers?.[serviceTier as ServiceTier] : undefined;
  if (own !== undefined) return own;
  return prices.longContext?.findLast((tier) => inputTokens > tier.aboveInputTokens) ?? prices;
}

/** In millionths of a nano-USD, so that only the sum is rounded. */
function charge(tokens: number, price: bigint): bigint {
  if (tokens === 0) return 0n;
  if (!Number.isSafeInteger(tokens) || tokens < 0) throw new RangeError(`not a count of tokens: ${tokens}`);
  return BigInt(tokens) * price;
}

function tools(calls: Charges['toolCalls'], { perTool = {} }: ModelPrices): NanoUsd {
  return Object.entries(calls ?? {}).reduce((sum, [name, count]) => sum + (perTool[name] ?? 0n) * BigInt(count), 0n);
}
