import { EventEmitter, once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import type { Usage } from '../answering/reply.js';
import type { Fault } from '../faults/fault.js';

const CALLS_MAX = 10_000;

/** How a call ended. `open`: it has not yet. `aborted`: the client left first. */
export type Outcome = 'open' | 'answered' | 'refused' | 'failed' | 'cut' | 'reset' | 'aborted';

/** One call that the simulator received, credentials and all: it is a test's witness. */
export interface ReceivedCall {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly provider: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** As requested, with the fault suffix. */
  model: string | null;
  fault: Fault | null;
  outcome: Outcome;
  /** Null until the head was sent. */
  status: number | null;
  /** What the answer billed, whether or not it reached the client. */
  usage: Usage | null;
  /** Events of a stream that were sent. */
  events: number;
  aborted: boolean;
  abortedAt: string | null;
}

/** The calls received last. */
export class CallLog {
  private calls: ReceivedCall[] = [];
  private readonly changes = new EventEmitter().setMaxListeners(0);
  private version = 0;
  private nextId = 1;

  open(call: Pick<ReceivedCall, 'provider' | 'method' | 'path' | 'headers' | 'body'>): ReceivedCall {
    const opened: ReceivedCall = {
      id: this.nextId++,
      at: new Date().toISOString(),
      ...call,
      model: null,
      fault: null,
      outcome: 'open',
      status: null,
      usage: null,
      events: 0,
      aborted: false,
      abortedAt: null,
    };
    this.calls.push(opened);
    if (this.calls.length > CALLS_MAX * 2) this.calls = this.calls.slice(-CALLS_MAX);
    this.changed();
    return opened;
  }

  list(): readonly ReceivedCall[] {
    return this.calls.slice(-CALLS_MAX);
  }

  clear(): void {
    this.calls = [];
    this.changed();
  }

  /** To be called after a recorded call was written to. */
  changed(): void {
    this.version += 1;
    this.changes.emit('change');
  }

  /** Resolves with the log's version as soon as it is not the one the caller knows. Rejects when the signal aborts. */
  async changedSince(known: number, signal: AbortSignal): Promise<number> {
    while (this.version === known) await once(this.changes, 'change', { signal });
    return this.version;
  }
}
