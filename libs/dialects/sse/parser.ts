import { TollgateError } from '#libs/core';
import type { WireEvent } from '../dialect.js';

const LF = 10;
const CR = 13;
const SPACE = 32;
/** The largest event accepted: far above any real one (an inline image is a few MB), far below what hurts. */
const EVENT_BYTES_MAX = 16 * 1024 * 1024;

/**
 * Server-sent events (WHATWG HTML §9.2) from bytes cut anywhere. Each byte that comes in goes out in the `raw` of exactly one
 * event, in order, so forwarding every `raw` forwards the stream. What carries no data (comments, keep-alives, stray blank
 * lines) is an event with `data: ''`. Own code because the parsers on npm take text and give no bytes back.
 *
 * Throws `upstream_error` when one event grows over `eventBytesMax` bytes.
 */
export class SseParser {
  /** Chunks of the event that has begun and not ended. */
  #pending: Buffer[] = [];
  #pendingBytes = 0;
  /** Whether the next byte begins a line. */
  #atLineStart = true;
  /** Whether the last byte was a CR, which a following LF only completes. */
  #afterCr = false;
  #first = true;
  /** Of the event that just ended: how many lines it has, and where in its last chunk the first of them ends. */
  #lines = 0;
  #firstLineEnd = 0;

  constructor(private readonly eventBytesMax: number = EVENT_BYTES_MAX) {}

  /** The events that `chunk` completes. `raw` may share memory with `chunk`. */
  push(chunk: Uint8Array): WireEvent[] {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const events: WireEvent[] = [];
    let from = 0;
    for (let end = this.#nextEnd(bytes, 0); end !== -1; end = this.#nextEnd(bytes, from)) {
      events.push(this.#take(bytes.subarray(from, end)));
      from = end;
    }
    if (from < bytes.length) this.#keep(from === 0 ? bytes : bytes.subarray(from));
    return events;
  }

  /** The upstream closed: what it sent after the last blank line, if anything, is the last event. */
  flush(): WireEvent[] {
    return this.#pendingBytes === 0 ? [] : [this.#take(Buffer.alloc(0))];
  }

  /** Index after the blank line that ends the current event, or -1; remembers where in a line the chunk stopped. */
  #nextEnd(bytes: Buffer, from: number): number {
    let at = from;
    let cr = bytes.indexOf(CR, at);
    while (at < bytes.length) {
      if (this.#afterCr) {
        this.#afterCr = false;
        if (bytes[at] === LF) {
          at += 1;
          continue;
        }
      }
      if (cr !== -1 && cr < at) cr = bytes.indexOf(CR, at);
      const lf = bytes[at] === LF ? at : bytes.indexOf(LF, at);
      const lineEnd = cr !== -1 && (lf === -1 || cr < lf) ? cr : lf;
      if (lineEnd === -1) {
        this.#atLineStart = false;
        return -1;
      }
      const blank = this.#atLineStart && lineEnd === at;
      this.#atLineStart = true;
      if (this.#lines === 0) this.#firstLineEnd = lineEnd - from;
      if (!blank) this.#lines += 1;
      at = lineEnd + 1;
      if (lineEnd === cr) {
        if (bytes[at] === LF) at += 1;
        else this.#afterCr = at === bytes.length;
      }
      if (blank) return at;
    }
    return -1;
  }

  #keep(part: Buffer): void {
    this.#pendingBytes += part.length;
    if (this.#pendingBytes > this.eventBytesMax) {
      throw new TollgateError('upstream_error', 'The provider sent an event that is too large.', {
        detail: `a server-sent event of more than ${this.eventBytesMax} bytes`,
      });
    }
    this.#pending.push(part);
  }

  #take(tail: Buffer): WireEvent {
    const whole = this.#pendingBytes === 0;
    const raw = whole ? tail : this.#join(tail);
    const oneLine = whole && this.#lines === 1 && startsWithData(raw);
    this.#lines = 0;
    if (oneLine) {
      this.#first = false;
      return { event: null, data: raw.toString('utf8', raw[5] === SPACE ? 6 : 5, this.#firstLineEnd), raw };
    }
    const text = raw.toString('utf8');
    const { event, data } = fieldsOf(this.#first && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
    this.#first = false;
    return { event, data, raw };
  }

  #join(tail: Buffer): Buffer {
    this.#keep(tail);
    const raw = Buffer.concat(this.#pending, this.#pendingBytes);
    this.#pending = [];
    this.#pendingBytes = 0;
    return raw;
  }
}

/** `data:` in bytes: the usual event is one such line and is read without splitting. */
const startsWithData = (raw: Buffer): boolean =>
  raw[0] === 100 && raw[1] === 97 && raw[2] === 116 && raw[3] === 97 && raw[4] === 58;

function fieldsOf(text: string): { readonly event: string | null; readonly data: string } {
  let event: string | null = null;
  const data: string[] = [];
  for (const line of text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n')) {
    if (line === '') continue;
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line.charAt(colon + 1) === ' ' ? colon + 2 : colon + 1);
    if (name === 'data') data.push(value);
    else if (name === 'event') event = value;
  }
  return { event, data: data.join('\n') };
}
