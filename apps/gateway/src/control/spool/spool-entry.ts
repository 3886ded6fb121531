import type { UsageEvent } from '#libs/messages';
import type { Settlement, Ticket } from '#libs/quota';

/** What Redis must still be told. Plain JSON, one line each. */
export type SpoolEntry =
  /** A call that was answered: its cost and its event. */
  | { readonly kind: 'settle'; readonly ticket: Ticket; readonly settlement: Settlement }
  /** A call that came to nothing: what it may have reserved goes back. */
  | { readonly kind: 'release'; readonly ticket: Ticket }
  /** The event of a call that reserved nothing. */
  | { readonly kind: 'event'; readonly event: UsageEvent };

/** The entry of a line, or null where the line is not whole: then its writing was never confirmed to anyone. */
export function parseEntry(line: string): SpoolEntry | null {
  try {
    return JSON.parse(line) as SpoolEntry;
  } catch {
    return null;
  }
}
