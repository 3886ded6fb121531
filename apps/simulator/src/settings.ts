/** What can be changed while the simulator runs. */
export interface Settings {
  /** Keep received calls. Switched off by benchmarks. */
  readonly record: boolean;
  /** Between the tokens of every stream, in milliseconds. */
  readonly tokenDelayMs: number;
}

export const DEFAULT_SETTINGS: Settings = { record: true, tokenDelayMs: 5 };
