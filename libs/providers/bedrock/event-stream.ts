import { EventStreamCodec } from '@smithy/core/event-streams';
import { TollgateError } from '#libs/core';
import type { WireEvent } from '#libs/dialects';

/** A frame begins with its length. */
const LENGTH_BYTES = 4;
/** Two lengths and two checksums: the smallest frame there can be. */
const FRAME_BYTES_MIN = 16;
/** The largest frame accepted, as for server-sent events. The vendor's own reader would allocate whatever a frame claims. */
const FRAME_BYTES_MAX = 16 * 1024 * 1024;

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text),
);

/**
 * AWS's binary event stream (`application/vnd.amazon.eventstream`;
 * smithy.io/2.0/aws/amazon-eventstream.html) from bytes cut anywhere. An event is named by its `:event-type`, an exception by
 * its `:exception-type`, and its data is the payload. Throws `upstream_error` on a frame that is damaged, too large or cut off.
 */
export class EventStreamParser {
  private pieces: Uint8Array[] = [];
  private size = 0;
  /** Bytes that must be there before anything more can be said. */
  private wanted = LENGTH_BYTES;

  /** The events that `chunk` completes. */
  push(chunk: Uint8Array): WireEvent[] {
    this.pieces.push(chunk);
    this.size += chunk.length;
    if (this.size < this.wanted) return [];
    const bytes = Buffer.concat(this.pieces, this.size);
    const events: WireEvent[] = [];
    let at = 0;
    this.wanted = LENGTH_BYTES;
    while (bytes.length - at >= LENGTH_BYTES) {
      const length = bytes.readUInt32BE(at);
      if (length < FRAME_BYTES_MIN || length > FRAME_BYTES_MAX) throw unreadable(`a frame of ${length} bytes`);
      if (bytes.length - at < length) {
        this.wanted = length;
        break;
      }
      events.push(eventOf(bytes.subarray(at, at + length)));
      at += length;
    }
    this.size = bytes.length - at;
    this.pieces = this.size === 0 ? [] : [bytes.subarray(at)];
    return events;
  }

  /** The upstream closed. */
  flush(): WireEvent[] {
    if (this.size > 0) throw unreadable('the stream ended within a frame');
    return [];
  }
}

function eventOf(frame: Buffer): WireEvent {
  const { headers, body } = decode(frame);
  const header = (name: string): string | null => {
    const value = headers[name]?.value;
    return typeof value === 'string' ? value : null;
  };
  const data = Buffer.from(body).toString('utf8');
  switch (header(':message-type')) {
    case 'exception':
      return { event: header(':exception-type'), data, raw: frame };
    case 'error': {
      // An error outside the service's model says what it is in headers alone.
      const message = header(':error-message') ?? header(':error-code') ?? '';
      return { event: 'internalServerException', data: JSON.stringify({ message }), raw: frame };
    }
    default:
      return { event: header(':event-type'), data, raw: frame };
  }
}

function decode(frame: Buffer): ReturnType<EventStreamCodec['decode']> {
  try {
    return codec.decode(frame);
  } catch (cause) {
    throw unreadable(cause instanceof Error ? cause.message : String(cause));
  }
}

const unreadable = (detail: string): TollgateError =>
  new TollgateError('upstream_error', 'The provider sent a stream that cannot be read.', {
    detail: `event stream: ${detail}`,
  });
