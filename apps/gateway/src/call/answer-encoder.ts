import type { ChatEvent, ChatResponse, Fold, StreamEncoder, UpstreamError, Usage } from '#libs/dialects';
import type { OutputGuard } from './output-guard.js';
import type { OutputTally } from './output-tally.js';
import type { Continuation } from './resume/continuation.js';
import type { TextSoFar } from './resume/text-so-far.js';
import type { Translated } from './translated.js';

/** What one client's stream has from its first event to its last, whichever upstream streams it is made of. */
export interface ClientStream {
  readonly guard: OutputGuard | null;
  readonly encoder: StreamEncoder;
  /** Where the answer is to be kept whole. */
  readonly fold: Fold | null;
  /** Where it could be resumed. */
  readonly soFar: TextSoFar | null;
}

/** Neutral events of one upstream stream → guardrails → the client's events, with counts of what this upstream used. */
export class AnswerEncoder {
  ended = false;
  usage: Usage | undefined;
  answeredModel: string | undefined;

  constructor(
    readonly client: ClientStream,
    private readonly tally: OutputTally,
    /** Set when these events continue another upstream's. */
    private readonly continuation: Continuation | null = null,
  ) {}

  /** The whole answer so far, where it is kept. */
  get response(): ChatResponse | null {
    return this.client.fold?.response() ?? null;
  }

  /** The whole answer so far, where all of it waits for a verdict. */
  get withheld(): ChatResponse | null {
    return this.client.guard?.withheld ?? null;
  }

  say(events: readonly ChatEvent[]): Translated {
    let out = '';
    let content = false;
    let error: UpstreamError | undefined;
    for (const event of events) {
      if (event.type === 'error') {
        error = event.error;
        break;
      }
      this.note(event);
      for (const own of this.continuation?.push(event) ?? [event]) {
        content ||= own.type === 'part-start' || own.type === 'part-delta' || own.type === 'finish';
        out += this.encode(own);
      }
    }
    return { out, content, ...(error && { error }) };
  }

  private encode(event: ChatEvent): string {
    const { guard, encoder, fold, soFar } = this.client;
    fold?.push(event);
    soFar?.see(event);
    let out = '';
    for (const safe of guard?.pass(event) ?? [event]) out += encoder.push(safe);
    return out;
  }

  private note(event: ChatEvent): void {
    if (event.type === 'start') this.answeredModel ??= event.model;
    else if (event.type === 'usage') this.usage = event.usage;
    else if (event.type === 'end') this.ended = true;
    else if (event.type === 'part-delta') this.tally.addDelta(event.delta);
  }
}
