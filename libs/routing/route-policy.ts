export type StrategyName = 'priority' | 'weighted' | 'cost' | 'latency' | 'least-busy';

export interface Target {
  /** Slug of a model. */
  readonly model: string;
  /** Share under `weighted`, ≥ 0. */
  readonly weight: number;
  /** Lower goes first. */
  readonly priority: number;
}

/** All in milliseconds; absent = the default of the call path. */
export interface RouteTimeouts {
  /** To connect. */
  readonly connectMs?: number;
  /** To the first content of a stream. */
  readonly firstTokenMs?: number;
  /** Between two pieces of an answer. */
  readonly silenceMs?: number;
}

export interface RouteRetry {
  /** Most attempts for one call, over all candidates. */
  readonly attempts?: number;
  /** Whether a provider's refusal by content policy is told to the client (the default) or another candidate is asked. */
  readonly afterContentPolicy?: 'tell' | 'next';
}

/** A second attempt on the next candidate when the first content is late; the loser is cancelled. */
export interface Hedge {
  /** Milliseconds; absent = the model's 95th percentile of the time to first token. */
  readonly afterMs?: number;
}

/** Copies of calls to a second model, whose answers nobody gets. */
export interface Shadow {
  /** Slug of a model. */
  readonly model: string;
  /** Share of calls, above 0 to 1. */
  readonly share: number;
}

/** Whose calls may share answers. Never wider than the organization. */
export type CacheScope = 'organization' | 'team' | 'service' | 'agent' | 'user';

/** When the answer of another question will do. */
export interface SemanticCache {
  /** Least cosine of the vectors of the last user turns, 0.5 to 1. */
  readonly threshold?: number;
  /** Slug of the route that is asked for embeddings; absent = vectors of the words, made in the gateway. */
  readonly embeddings?: string;
}

/** How a route keeps answers. */
export interface RouteCache {
  readonly ttlSeconds: number;
  /** Absent = service. */
  readonly scope?: CacheScope;
  /** How long a call waits for the answer to the same question that another call is getting, milliseconds; 0 = not at all. */
  readonly waitMs?: number;
  /** Larger answers (compressed, bytes) are not kept. */
  readonly maxBytes?: number;
  /** Who asks for a higher temperature wants variety: such answers are neither looked for nor kept. */
  readonly temperatureMax?: number;
  /** Answers of questions that say the same in other words; absent = none. */
  readonly semantic?: SemanticCache | null;
  /** What an answer from the cache is booked at: percent of what the model would cost, 0 to 100. Absent = 0. */
  readonly pricePercent?: number;
}

/** What becomes of a call to a model of which nobody knows a price: refused, or booked at zero and flagged. */
export type UnknownPrices = 'refuse' | 'book-zero';

/** The name applications put in `model`, and the policy behind it. */
export interface Route {
  readonly id: string;
  readonly slug: string;
  readonly strategy: StrategyName;
  readonly targets: readonly Target[];
  /** Declarative conditions and the targets they lead to; compiled by routing/rules. */
  readonly rules: readonly { readonly when: unknown; readonly targets: readonly Target[] }[];
  readonly retry: RouteRetry;
  /** The whole call, milliseconds. */
  readonly timeoutMs: number | null;
  readonly timeouts?: RouteTimeouts;
  readonly cache: RouteCache | null;
  /** Regions the route may not leave; empty = anywhere. */
  readonly residency: readonly string[];
  /**
   * When a stream breaks after content has gone out: `error` (the default) tells the client so, `resume` asks the next
   * candidate to continue the text.
   */
  readonly midStream?: 'error' | 'resume';
  readonly hedge?: Hedge | null;
  /**
   * When a call's worst case does not fit a hard budget: `refuse` (the default), or `clamp`: lower its limit on output tokens
   * to what fits.
   */
  readonly onBudget?: 'refuse' | 'clamp';
  /** Whether only models that can be told every parameter of a call may take it; else what is left out is named in the answer. */
  readonly strict?: boolean;
  /** What keeps its calls at one model, so that the provider's prompt cache stays warm. */
  readonly stickiness?: 'session' | 'user' | null;
  readonly shadow?: Shadow | null;
  /** Null or absent: as the organization's settings say. */
  readonly unknownPrices?: UnknownPrices | null;
}
