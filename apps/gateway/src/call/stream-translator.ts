import {
  type ChatEvent,
  type ChatResponse,
  Fold,
  type StreamDecoder,
  type StreamEncoder,
  type StreamMeter,
  type UpstreamError,
  type Usage,
  type WireEvent,
} from '#libs/dialects';
import type { OutputGuard } from './output-guard.js';
import type { OutputTally } from './output-tally.js';

/** What one upstream event (or the upstream's end) means for the client. */
export interface Translated {
  /** To write; empty when there is nothing to say yet. */
  readonly out: string | Uint8Array;
  /** It carries the answer: after the first such event failover is over. */
  readonly content: boolean;
  readonly error?: UpstreamError;
}

/** Turns an upstream's stream into the client's, and keeps count. */
export interface StreamTranslator {
  push(event: WireEvent): Translated;
  /** The upstream has closed. */
  finish(): Translated;
  /** The answer is complete, as its dialect says. */
  readonly ended: boolean;
  readonly usage: Usage | undefined;
  readonly answeredModel: string | undefined;
  /** The whole answer so far, where it was asked to be kept. */
  readonly response: ChatResponse | null;
}

const NOTHING: Translated = { out: '', content: false };

const GARBAGE: UpstreamError = { kind: 'server', message: 'The stream does not carry JSON.', status: 200 };

function isJson(data: string): boolean {
  if (data === '' || data === '[DONE]') return true;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}

/**
 * Same dialect on both sides: the upstream's own bytes. Until the first content they are checked to be JSON, so that a provider
 * that answers garbage is failed over; after it nothing could be done about garbage but to hand it on.
 */
export class PassThroughTranslator implements StreamTranslator {
  readonly response = null;
  private trusted = false;

  constructor(
    private readonly meter: StreamMeter,
    private readonly tally: OutputTally,
  ) {}

  push(event: WireEvent): Translated {
    if (!this.trusted && !isJson(event.data)) return { out: '', content: false, error: GARBAGE };
    const { forward, content, error } = this.meter.push(event);
    this.trusted ||= content;
    if (content) this.tally.addEvent(event);
    return { out: forward ? event.raw : '', content, ...(error && { error }) };
  }

  finish(): Translated {
    return NOTHING;
  }

  get ended(): boolean {
    return this.meter.ended;
  }

  get usage(): Usage | undefined {
    return this.meter.usage;
  }

  get answeredModel(): string | undefined {
    return this.meter.answeredModel;
  }
}

/** Different dialects, or an output guardrail that must see the text: upstream's events → neutral → guard → client's events. */
export class DialectTranslator implements StreamTranslator {
  ended = false;
  usage: Usage | undefined;
  answeredModel: string | undefined;

  constructor(
    private readonly decoder: StreamDecoder,
    private readonly guard: OutputGuard | null,
    private readonly encoder: StreamEncoder,
    private readonly tally: OutputTally,
    private readonly fold: Fold | null,
  ) {}

  get response(): ChatResponse | null {
    return this.fold?.response() ?? null;
  }

  push(event: WireEvent): Translated {
    return this.say(this.decoder.push(event));
  }

  finish(): Translated {
    return this.say(this.decoder.finish());
  }

  private say(events: readonly ChatEvent[]): Translated {
    let out = '';
    let content = false;
    for (const event of events) {
      if (event.type === 'error') return { out, content, error: event.error };
      content ||= event.type === 'part-start' || event.type === 'part-delta' || event.type === 'finish';
      this.note(event);
      for (const safe of this.guard?.pass(event) ?? [event]) out += this.encoder.push(safe);
    }
    return { out, content };
  }

  private note(event: ChatEvent): void {
    this.fold?.push(event);
    if (event.type === 'start') this.answeredModel ??= event.model;
    else if (event.type === 'usage') this.usage = event.usage;
    else if (event.type === 'end') this.ended = true;
    else if (event.type === 'part-delta') this.tally.addDelta(event.delta);
  }
}
