declare const unit: unique symbol;

/** Money: an integer count of nano-USD (10⁻⁹ USD). No float ever touches money. */
export type NanoUsd = bigint & { readonly [unit]?: 'NanoUsd' };
/** A count of tokens, an integer ≥ 0. */
export type Tokens = number & { readonly [unit]?: 'Tokens' };
/** A duration in milliseconds. */
export type Ms = number & { readonly [unit]?: 'Ms' };

/**
 * Token counts of one call, in kinds that do not overlap: whatever sums a dialect reports, a token is counted in exactly
 * one field here. All are integers ≥ 0.
 */
export interface TokenCounts {
  /** Prompt tokens that were neither read from nor written to the provider's prompt cache, text or image. */
  readonly input: number;
  readonly cacheRead: number;
  /** Written to the provider's prompt cache with the default (5 minute) life. */
  readonly cacheWrite: number;
  /** Written to the provider's prompt cache with a one hour life. */
  readonly cacheWrite1h: number;
  /** Answer tokens that are neither reasoning nor audio. */
  readonly output: number;
  readonly reasoning: number;
  readonly audioInput: number;
  readonly audioOutput: number;
}

export const NO_TOKENS: TokenCounts = {
  input: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  output: 0,
  reasoning: 0,
  audioInput: 0,
  audioOutput: 0,
};

const NANO_PER_USD = 1_000_000_000n;
const DECIMAL_USD = /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/;

/** `"12.50"` → 12_500_000_000n. At most 15 integer and 9 fraction digits; anything else is a RangeError. */
export function parseUsd(text: string): NanoUsd {
  const match = DECIMAL_USD.exec(text);
  if (!match) throw new RangeError(`not a decimal amount in USD: ${JSON.stringify(text.slice(0, 40))}`);
  const [, sign, whole = '0', fraction = ''] = match;
  const nano = BigInt(whole) * NANO_PER_USD + BigInt(fraction.padEnd(9, '0'));
  return sign === '-' ? -nano : nano;
}

/** Exact decimal USD with at least two and at most nine fraction digits: 12_500_000_000n → `"12.50"`, 1n → `"0.000000001"`. */
export function formatUsd(nano: NanoUsd): string {
  const sign = nano < 0n ? '-' : '';
  const magnitude = nano < 0n ? -nano : nano;
  const fraction = (magnitude % NANO_PER_USD)
    .toString()
    .padStart(9, '0')
    .replace(/0{1,7}$/, '');
  return `${sign}${magnitude / NANO_PER_USD}.${fraction}`;
}

/** Integer division rounded half up (away from zero for negatives). `divisor` > 0. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const doubled = 2n * (dividend < 0n ? -dividend : dividend) + divisor;
  const quotient = doubled / (2n * divisor);
  return dividend < 0n ? -quotient : quotient;
}
