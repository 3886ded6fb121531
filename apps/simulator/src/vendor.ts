import type { IncomingHttpHeaders } from 'node:http';
import type { Usage } from './answering/reply.js';
import type { Fault } from './faults/fault.js';
import type { Memory } from './memory.js';

export type Headers = Readonly<Record<string, string>>;

/** What a vendor answers instead of what was asked. */
export interface WireError {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Headers;
}

/** Thrown by an endpoint that does not accept a request. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(readonly answer: WireError) {
    super(`refused with ${answer.status}`);
  }
}

/** One event of a stream, its data serialised. */
export interface StreamEvent {
  /** The event's name or type, for vendors that send one. */
  readonly name?: string;
  readonly data: string;
  /** Carries a token, so the stream's pace applies before it. */
  readonly paced: boolean;
  /** Closes the stream: what `noDone` leaves out. */
  readonly closing?: boolean;
}

/** How a stream's events are told apart: server-sent events, a JSON array that grows, AWS's binary frames. */
export type Framing = 'sse' | 'json-array' | 'aws-event-stream';

export type Answer =
  | { readonly kind: 'json'; readonly body: unknown; readonly usage?: Usage }
  | { readonly kind: 'bytes'; readonly contentType: string; readonly body: Buffer; readonly usage?: Usage }
  | {
      readonly kind: 'stream';
      readonly framing: Framing;
      readonly events: Iterable<StreamEvent>;
      /** What the vendor sends when it fails in the middle. */
      readonly failure: readonly StreamEvent[];
      readonly usage?: Usage;
    };

/** A request that reached an endpoint. */
export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  /** What the path's pattern captured, decoded. */
  readonly captured: readonly string[];
  /** The parsed body of a `json` endpoint; undefined otherwise. */
  readonly json: unknown;
  /** The parsed body of a `form` endpoint; undefined otherwise. */
  readonly form: FormData | undefined;
  /** The model's name without its fault suffix; empty where the endpoint has none. */
  readonly model: string;
  readonly fault: Fault;
  readonly memory: Memory;
}

export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Matched against the path behind the vendor's prefix. */
  readonly path: RegExp;
  readonly body: 'json' | 'form' | 'none';
  /** The model as requested, suffix and all; undefined when the request names none. */
  readonly modelOf: (asked: Pick<Asked, 'json' | 'form' | 'captured'>) => string | undefined;
  /** Throws Refusal. */
  readonly answer: (asked: Asked) => Answer | Promise<Answer>;
}

/** A request as it came in, before anybody looked into its body: what a credential is checked against. */
export interface Received {
  readonly method: string;
  /** Path and query as they were sent, the vendor's prefix included. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  readonly body: Buffer;
  readonly memory: Memory;
}

export interface Vendor {
  readonly name: string;
  /** What its base URL's path starts with; endpoints match what follows. */
  readonly prefix: string;
  readonly endpoints: readonly Endpoint[];
  /** Null when the credential is accepted. */
  readonly refuseCredential: (received: Received) => WireError | null;
  /** The vendor's error for a status, with its own types and wording. */
  readonly error: (status: number, options?: ErrorOptions) => WireError;
  /** Headers on every answer. */
  readonly headers: () => Headers;
}

export interface ErrorOptions {
  readonly message?: string;
  readonly code?: string;
  readonly retryAfter?: number;
}

/** Every secret is accepted but those that say that they are not. */
export function rejects(secret: string): boolean {
  return secret.includes('invalid');
}

/** The secret of `Authorization: Bearer …`; empty when there is none. */
export function bearerOf(headers: IncomingHttpHeaders): string {
  return /^bearer +(.*)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
}
