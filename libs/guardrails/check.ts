import type { CheckConfig } from './guardrail.js';

/** Where in a text a check found something. Positions are UTF-16 offsets; the text itself is never kept. */
export interface Finding {
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  /** 0–1. */
  readonly confidence: number;
}

/** One kind of test. A value, so that the admin API can list and validate what exists; what is not listed cannot be configured. */
export interface Check {
  readonly type: string;
  /** What is wrong with a configuration, or null. */
  readonly problemWith: (config: CheckConfig) => string | null;
  /** Longest text in characters that one finding can span under this configuration: what a stream must hold back. */
  readonly windowChars: (config: CheckConfig) => number;
  readonly inspect: (text: string, config: CheckConfig) => readonly Finding[];
}
