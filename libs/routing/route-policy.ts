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

/** The name applications put in `model`, and the policy behind it. */
export interface Route {
  readonly id: string;
  readonly slug: string;
  readonly strategy: StrategyName;
  readonly targets: readonly Target[];
  /** Declarative conditions and the targets they lead to; compiled by routing/rules. */
  readonly rules: readonly { readonly when: unknown; readonly targets: readonly Target[] }[];
  readonly retry: { readonly attempts?: number };
  /** The whole call, milliseconds. */
  readonly timeoutMs: number | null;
  readonly timeouts?: RouteTimeouts;
  readonly cache: { readonly ttlSeconds: number } | null;
  /** Regions the route may not leave; empty = anywhere. */
  readonly residency: readonly string[];
}
