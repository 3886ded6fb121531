import type { Used } from '#libs/cache';
import type { OperationAnswer, OperationDialect, OperationRequest, UpstreamError } from '#libs/dialects';
import type { Operation } from '#libs/providers';
import type { Door, Read } from '../call.types.js';
import type { Original } from './original.js';

/** A client-facing API for something other than chat. */
export interface OperationSurface extends Door {
  readonly operation: Operation;
  readonly dialect: OperationDialect;
  readonly body: 'json' | 'form';
  /** Answers in the gateway itself, for a model whose provider does not have the operation in this surface's dialect. */
  locally?(request: OperationRequest): Promise<OperationAnswer>;
}

/** A request of an operation, read by its dialect. */
export interface ParsedOperation extends Read {
  readonly original: Original;
  readonly request: OperationRequest;
}

/** An answer that is there as a whole. */
export interface WholeAnswer {
  readonly kind: 'whole';
  readonly contentType: string;
  /** The provider's own body where it can go to the client as it is; null: `answer` must be written in the surface's dialect. */
  readonly verbatim: string | null;
  readonly answer: OperationAnswer;
  readonly dropped: readonly string[];
}

/** Sound or events, passed on as they come. The first of it is there, so nothing can fail over any more. */
export interface FlowingAnswer {
  readonly kind: 'flow';
  readonly contentType: string;
  readonly flow: AsyncGenerator<Uint8Array, void, void>;
  /** Aborted when the call's time is up: then nobody waits any more for a client that takes nothing. */
  readonly until: AbortSignal;
  readonly meter: FlowMeter;
}

/** What is known of a flow by what has passed of it. */
export interface FlowMeter {
  readonly usage: OperationAnswer['usage'];
  /** What went wrong inside a stream whose status was 200. */
  readonly failure: UpstreamError | undefined;
  /** Whether any of the answer itself has passed. */
  readonly begun: boolean;
  /** Whether an end of the stream now is its proper end. */
  readonly complete: boolean;
  push(chunk: Uint8Array): void;
  /** The provider closed. */
  finish(): void;
}

/** An answer from the cache, as it was handed to a client before. */
export interface KeptAnswer {
  readonly kind: 'kept';
  readonly body: KeptBody;
  readonly used: Used;
}

export interface KeptBody {
  readonly contentType: string;
  readonly text: string;
  readonly answeredModel: string | null;
}

export type AnswerToOperation = WholeAnswer | FlowingAnswer | KeptAnswer;
