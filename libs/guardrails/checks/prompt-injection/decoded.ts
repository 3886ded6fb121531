import { longRuns } from '../../text/tokens.js';

/** A passage that only shows when decoded, and where its code stands. */
export interface Passage {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const CODE_CHARS_MIN = 24;
const CODE_CHARS_MAX = 4_000;
const HEX = /^(?:[0-9a-fA-F]{2})+$/;
/** "ignore" and "instruction" in ROT13: one of them is in whatever is worth hiding. */
export const ROT13_WORDS: readonly string[] = ['vtaber', 'vafgehpgvba'];
/** Passages of one text that are decoded: more is not a message but a file. */
const PASSAGES_MAX = 8;

/** What a text says in base64 or hexadecimal, as far as it is readable. */
export function decodedPassages(text: string): Passage[] {
  const passages: Passage[] = [];
  for (const { start, end } of longRuns(text, CODE_CHARS_MIN)) {
    if (passages.length >= PASSAGES_MAX) break;
    const code = text.slice(start, Math.min(end, start + CODE_CHARS_MAX));
    const decoded = Buffer.from(code, HEX.test(code) ? 'hex' : 'base64').toString('utf8');
    if (isReadable(decoded)) passages.push({ text: decoded, start, end });
  }
  return passages;
}

const isReadable = (text: string): boolean => /^[\t\n\r -~]{12,}$/.test(text) && text.includes(' ');

/** A text in ROT13, decoded. */
export const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
