/** A passage that only shows when decoded, and where its code stands. */
export interface Passage {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const BASE64 =
  /(?<![A-Za-z0-9+/])(?=[A-Za-z0-9+/]{0,40}[a-z])(?=[A-Za-z0-9+/]{0,40}[A-Z0-9])[A-Za-z0-9+/]{24,4000}={0,2}/g;
const HEX = /(?<![0-9A-Za-z])(?:[0-9a-fA-F]{2}[ :]?){16,2000}/g;
/** "ignore", "disregard", "forget", "instructions", "system prompt" and "pretend" in ROT13. */
const ROT13_WORDS = /vtaber|qvfertneq|sbetrg|vafgehpgvbaf|flfgrz cebzcg|cergraq/i;
/** Passages of one text that are decoded: more is not a message but a file. */
const PASSAGES_MAX = 8;

/** What a text says in base64, hexadecimal or ROT13, as far as it is readable. */
export function decodedPassages(text: string): readonly Passage[] {
  const passages: Passage[] = [];
  const add = (pattern: RegExp, decode: (code: string) => string): void => {
    for (const { 0: code, index } of text.matchAll(pattern)) {
      if (passages.length >= PASSAGES_MAX) return;
      const decoded = decode(code);
      if (isReadable(decoded)) passages.push({ text: decoded, start: index, end: index + code.length });
    }
  };
  add(BASE64, (code) => Buffer.from(code, 'base64').toString('utf8'));
  add(HEX, (code) => Buffer.from(code.replace(/[ :]/g, ''), 'hex').toString('utf8'));
  if (ROT13_WORDS.test(text)) passages.push({ text: rot13(text), start: 0, end: text.length });
  return passages;
}

const isReadable = (text: string): boolean => /^[\t\n\r -~]{12,}$/.test(text) && text.includes(' ');

const rot13 = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const first = letter <= 'Z' ? 65 : 97;
    return String.fromCharCode(((letter.charCodeAt(0) - first + 13) % 26) + first);
  });
