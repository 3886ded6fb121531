/**
 * Prices per token kind, every amount an integer: nano-USD per million tokens. A kind without a price of its own is charged
 * as its base kind: cache read, cache write and audio input as input, one-hour cache write as cache write; reasoning and
 * audio output as output.
 */
export interface TokenPrices {
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead?: bigint;
  readonly cacheWrite?: bigint;
  readonly cacheWrite1h?: bigint;
  readonly reasoning?: bigint;
  readonly audioInput?: bigint;
  readonly audioOutput?: bigint;
}

/** Prices of a whole call whose input, of all kinds together, is larger than `aboveInputTokens`. */
export interface LongContextPrices extends TokenPrices {
  readonly aboveInputTokens: number;
}

/** What a provider bills at other prices than its standard ones: cheaper and later, or dearer and sooner. */
export const SERVICE_TIERS = ['batch', 'flex', 'priority'] as const;

export type ServiceTier = (typeof SERVICE_TIERS)[number];

/** Prices of one model. */
export interface ModelPrices extends TokenPrices {
  /** Names these prices in every record: `catalogue:<package version>:<provider>/<model>` or `override:<hash>`. */
  readonly version: string;
  /** Nano-USD for each call. */
  readonly perRequest?: bigint;
  /** Tiers by context length, ascending; the last one that the input exceeds prices the whole call. */
  readonly longContext?: readonly LongContextPrices[];
  /** Of a whole call in that service tier, whatever its length. A tier without prices costs the standard ones. */
  readonly serviceTiers?: Readonly<Partial<Record<ServiceTier, TokenPrices>>>;
  /** Nano-USD for each call of one of the provider's own tools, by its name: `web_search`, `file_search`. */
  readonly perTool?: Readonly<Record<string, bigint>>;
}
