/**
 * Prices of one model, every amount an integer. Per token kind: nano-USD per million tokens. A kind without a price of its
 * own is charged as its base kind (cache read, cache write and audio input as input; reasoning and audio output as output).
 */
export interface ModelPrices {
  /** Names these prices in every record: `catalogue:<package version>:<model>` or `override:<model id>:<hash>`. */
  readonly version: string;
  readonly input: bigint;
  readonly output: bigint;
  readonly cacheRead?: bigint;
  readonly cacheWrite?: bigint;
  readonly cacheWrite1h?: bigint;
  readonly reasoning?: bigint;
  readonly audioInput?: bigint;
  readonly audioOutput?: bigint;
  /** Nano-USD for each call. */
  readonly perRequest?: bigint;
}
