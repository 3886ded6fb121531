import { lowBytes } from '../../text/bytes.js';
import type { Stretch } from '../../text/tokens.js';

/** Digits that stand no farther apart than this belong together. */
const GAP_CHARS_MAX = 24;
/** Fewer digits than these are no number of a person's. */
const DIGITS_MIN = 4;
/** What may tell something of the digits, on either side. */
const AROUND_CHARS = 56;

/** The stretches of a text in which numbers can stand, with what is around them; most of an ordinary text is in none. */
export function digitWindows(text: string): readonly Stretch[] {
  const windows: { start: number; end: number }[] = [];
  let first = -1;
  let last = -1;
  let digits = 0;
  const close = (): void => {
    if (digits < DIGITS_MIN) return;
    const start = Math.max(0, first - AROUND_CHARS);
    const end = Math.min(text.length, last + 1 + AROUND_CHARS);
    const before = windows.at(-1);
    if (before && start <= before.end) before.end = end;
    else windows.push({ start, end });
  };
  const bytes = lowBytes(text);
  for (let at = 0; at < bytes.length; at++) {
    const code = bytes[at] as number;
    if (code > 0x39 || code < 0x30) continue;
    if (at - last > GAP_CHARS_MAX) {
      close();
      first = at;
      digits = 0;
    }
    if (first < 0) first = at;
    last = at;
    digits++;
  }
  close();
  return windows;
}
