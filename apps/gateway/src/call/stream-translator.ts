import type { ChatResponse, StreamDecoder, StreamMeter, UpstreamError, Usage, WireEvent } from '#libs/dialects';
import type { AnswerEncoder, ClientStream } from './answer-encoder.js';
import type { OutputTally } from './output-tally.js';
import type { Translated } from './translated.js';

/** Turns an upstream's stream into the client's, and keeps count. */
export interface StreamTranslator {
  push(event: WireEvent): Translated;
  /** The upstream has closed. */
  finish(): Translated;
  /** The dialect's terminal event has come: no more will. */
  readonly ended: boolean;
  /** The answer is whole, if the upstream closes now. */
  readonly complete: boolean;
  readonly usage: Usage | undefined;
  readonly answeredModel: string | undefined;
  /** The whole answer so far, where it was asked to be kept. */
  readonly response: ChatResponse | null;
  /** The whole answer so far, where none of it leaves before a verdict. */
  readonly withheld: ChatResponse | null;
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
  readonly withheld = null;
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
    if (error) return { out: '', content, error };
    return { out: forward ? event.raw : '', content };
  }

  finish(): Translated {
    return NOTHING;
  }

  get ended(): boolean {
    return this.meter.ended;
  }

  get complete(): boolean {
    return this.meter.complete;
  }

  get usage(): Usage | undefined {
    return this.meter.usage;
  }

  get answeredModel(): string | undefined {
    return this.meter.answeredModel;
  }
}

/** Different dialects, or something on our side that must see the text: upstream's events → neutral → client's events. */
export class DialectTranslator implements StreamTranslator {
  constructor(
    private readonly decoder: StreamDecoder,
    private readonly encoder: AnswerEncoder,
  ) {}

  get client(): ClientStream {
    return this.encoder.client;
  }

  get ended(): boolean {
    return this.encoder.ended;
  }

  get complete(): boolean {
    return this.encoder.ended;
  }

  get usage(): Usage | undefined {
    return this.encoder.usage;
  }

  get answeredModel(): string | undefined {
    return this.encoder.answeredModel;
  }

  get response(): ChatResponse | null {
    return this.encoder.response;
  }

  get withheld(): ChatResponse | null {
    return this.encoder.withheld;
  }

  push(event: WireEvent): Translated {
    return this.encoder.say(this.decoder.push(event));
  }

  finish(): Translated {
    return this.encoder.say(this.decoder.finish());
  }
}
