import type { Model } from './model.js';

/** What routing may know about a call and about the moment. A value: strategies are pure functions of it. */
export interface RoutingFacts {
  readonly requestedModel: string;
  /** The caller's team and its ancestors. */
  readonly teamPath: readonly string[];
  readonly service: string;
  readonly agent: string | null;
  readonly user: string | null;
  /** What the client calls one conversation; for stickiness. */
  readonly session: string | null;
  readonly surface: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly needs: Needs;
  /** What is asked for, in words for a refusal: `embeddings`. */
  readonly operation: string;
  /** Whether the model's provider has that operation, in a dialect that the request can be said in. */
  readonly serves: (model: Model) => boolean;
  /** Names of the call's parameters that this model would not be told, as the client wrote them. Asked on strict routes only. */
  readonly droppedBy: (model: Model) => readonly string[];
  /** Estimated cost of this call on a model in nano-USD; null when its price is unknown. */
  readonly costOf: (model: Model) => bigint | null;
  /** Decaying average of the model's time to first token in milliseconds; null when it has not been seen. */
  readonly firstTokenMs: (model: Model) => number | null;
  /** Calls running on the model from this gateway. */
  readonly running: (model: Model) => number;
  /** Whether its provider has said that it will hardly take another call like this one right now. */
  readonly nearlyExhausted: (model: Model) => boolean;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Uniform in [0, 1). */
  readonly random: () => number;
}

/** What the call asks of a model. */
export interface Needs {
  readonly vision: boolean;
  readonly tools: boolean;
  readonly jsonSchema: boolean;
  readonly audio: boolean;
  readonly reasoning: boolean;
}

/** A model that a route could use for this call. */
export interface Candidate {
  readonly model: Model;
  /** The target's weight times that of the model's provider credential, ≥ 0. */
  readonly weight: number;
  readonly priority: number;
}

/** Why a model of the route is not a candidate. */
export interface Fallen {
  readonly model: string;
  readonly why:
    | 'missing'
    | 'operation'
    | 'residency'
    | 'context-window'
    | 'vision'
    | 'tools'
    | 'json-schema'
    | 'audio'
    | 'reasoning'
    | 'parameters';
  /** Of `parameters`: which ones, as the client wrote them. */
  readonly params?: readonly string[];
}
