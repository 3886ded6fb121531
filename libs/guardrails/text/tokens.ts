import { lowBytes } from './bytes.js';

const isTokenChar = (code: number): boolean => code > 0x20 && code < 0x7f;

/**
 * Where the run of printable ASCII characters begins that reaches to the end of the text: a word that may still grow. Looks back
 * at most `charsMax` characters. No such run: the length of the text.
 */
export function unfinishedToken(text: string, charsMax: number): number {
  const least = Math.max(0, text.length - charsMax);
  let start = text.length;
  while (start > least && isTokenChar(text.charCodeAt(start - 1))) start--;
  return start;
}

/** Whether a character is an ASCII letter or digit, or an underscore. */
export const isWordChar = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f;

/**
 * Whether a word may begin here: not in the middle of another one. What JSON and source code write for a line break or a tab is
 * no part of a word, although it ends in a letter.
 */
export function beginsWord(text: string, at: number): boolean {
  if (at === 0 || !isWordChar(text.charCodeAt(at - 1))) return true;
  return at >= 2 && text[at - 2] === '\\' && 'nrt'.includes(text[at - 1] ?? ' ');
}

/** Whether a word may end here. */
export const endsWord = (text: string, at: number): boolean => at >= text.length || !isWordChar(text.charCodeAt(at));

/** A stretch of a text. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

const isBase64 = new Uint8Array(256);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=')
  isBase64[character.charCodeAt(0)] = 1;

/** The shortest run that anybody asks for. */
const RUN_CHARS_MIN = 24;

let scanned: Uint8Array | null = null;
let itsRuns: readonly Stretch[] = [];

/**
 * Stretches of at least `charsMin` (24 or more) letters, digits, `+`, `/` and `=` without anything between. Those of the last text
 * are kept, as several checks ask for them one after the other.
 */
export function longRuns(text: string, charsMin: number): readonly Stretch[] {
  const bytes = lowBytes(text);
  if (bytes !== scanned) [scanned, itsRuns] = [bytes, runsIn(bytes)];
  return charsMin <= RUN_CHARS_MIN ? itsRuns : itsRuns.filter(({ start, end }) => end - start >= charsMin);
}

function runsIn(bytes: Uint8Array): readonly Stretch[] {
  const runs: Stretch[] = [];
  let start = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (isBase64[bytes[at] as number] === 1) continue;
    if (at - start >= RUN_CHARS_MIN) runs.push({ start, end: at });
    start = at + 1;
  }
  if (bytes.length - start >= RUN_CHARS_MIN) runs.push({ start, end: bytes.length });
  return runs;
}
