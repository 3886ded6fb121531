import type { TokenCounts } from '#libs/core';
import type { JsonObject, Part } from './request.js';

/** Why an answer ended. `raw` is the provider's own word, for a surface of the same dialect. */
export interface Finish {
  readonly reason: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'pause' | 'error' | 'other';
  readonly raw: string | null;
  readonly stopSequence?: string;
}

export interface Usage {
  readonly tokens: TokenCounts;
  /** The service tier that was billed, where the usage itself says so; see also ChatResponse.serviceTier. */
  readonly serviceTier?: string;
  /** Billed calls of the provider's own tools, by name: `web_search`. */
  readonly toolCalls?: Readonly<Record<string, number>>;
  /** The provider's own usage object. */
  readonly raw: JsonObject;
}

export interface Choice {
  readonly index: number;
  readonly parts: readonly Part[];
  readonly finish: Finish;
  /** Log-probabilities in OpenAI's shape; other dialects have none. */
  readonly logprobs?: unknown;
}

/** A whole answer of a chat model, in no vendor's words. */
export interface ChatResponse {
  readonly id: string;
  /** What the provider says answered. */
  readonly model: string;
  /** Seconds since the epoch, absent where the dialect does not say. */
  readonly createdSec?: number;
  readonly choices: readonly Choice[];
  readonly usage?: Usage;
  readonly serviceTier?: string;
}
