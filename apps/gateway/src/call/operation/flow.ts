import { type OperationDialect, SseParser, type UpstreamError } from '#libs/dialects';
import type { FlowMeter } from './operation.types.js';

/** Sound tells nothing of what it cost, and is complete when the provider says that it is. */
export class SoundMeter implements FlowMeter {
  readonly usage = undefined;
  readonly failure = undefined;
  readonly complete = true;
  begun = false;

  push(): void {
    this.begun = true;
  }

  finish(): void {}
}

/** `speech.audio.done`, `transcript.text.done`, `image_generation.completed`. */
const LAST = /\.(done|completed)$/;

/** Looks into events as they pass: for usage, for an error, and for the event that ends the answer. */
export class EventMeter implements FlowMeter {
  usage: FlowMeter['usage'];
  failure: UpstreamError | undefined;
  complete = false;
  begun = false;
  private readonly parser = new SseParser();

  constructor(private readonly dialect: OperationDialect) {}

  push(chunk: Uint8Array): void {
    for (const { data } of this.parser.push(chunk)) if (data !== '') this.note(data);
  }

  finish(): void {
    for (const { data } of this.parser.flush()) if (data !== '') this.note(data);
  }

  private note(data: string): void {
    this.begun = true;
    if (data === '[DONE]') {
      this.complete = true;
      return;
    }
    const event = objectIn(data);
    if (event === undefined || event['type'] === 'error' || event['error'] != null)
      this.failure ??= this.failureIn(data);
    else {
      this.usage = this.dialect.usageOfEvent?.(event) ?? this.usage;
      this.complete ||= LAST.test(String(event['type']));
    }
  }

  /** An event with an error is what the dialect answers with a status of its own elsewhere. */
  private failureIn(data: string): UpstreamError {
    return { ...this.dialect.decodeError({ status: 500, headers: {}, body: data, nowMs: 0 }), status: null };
  }
}

function objectIn(data: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
