import { SseParser, type WireEvent } from '#libs/dialects';
import { EventStreamParser } from '#libs/providers';

/** Makes events of a stream's bytes, cut anywhere. Both throw `upstream_error` on what they cannot read. */
export interface EventParser {
  push(chunk: Uint8Array): readonly WireEvent[];
  /** The upstream closed. */
  flush(): readonly WireEvent[];
}

/** The reader for a stream of this content type, null when it is none. */
export function eventParserFor(contentType: string | undefined): EventParser | null {
  if (contentType?.includes('text/event-stream')) return new SseParser();
  if (contentType?.includes('application/vnd.amazon.eventstream')) return new EventStreamParser();
  return null;
}
