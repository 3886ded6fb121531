import { lowBytes } from '../../../text/bytes.js';

/** Words of one block: about what an order to a model takes, so that one inside a long document is not drowned. */
export const BLOCK_WORDS = 48;
/** A block at the end of a text has at least so many words; fewer belong to the one before. */
const LAST_BLOCK_WORDS = 16;
/** Features are told apart by so many bits of their hash. */
export const FEATURE_BITS = 17;

/** What a byte of folded text counts as in a word, or 0 where it ends one. All digits are one, and a number is no word. */
const DIGIT = 0x30;
const LETTERS = new Uint8Array(256);
for (let code = 0; code < 256; code++) {
  const character = String.fromCharCode(code);
  if (/[a-z']/.test(character) || code >= 128) LETTERS[code] = code;
  else if (/\d/.test(character)) LETTERS[code] = DIGIT;
}

const WORD_MULTIPLIER = 31;
const SPREAD = 0x9e3779b1;
const featureOf = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> (32 - FEATURE_BITS);

/** Told of every feature, by its hash, and of where each block begins and ends, after its features. */
export interface BlockVisitor {
  feature(index: number): void;
  block(start: number, end: number): void;
}

/** Goes through the words, and the pairs of neighbouring words, of a folded text, block by block. */
export function visitBlocks(text: string, visitor: BlockVisitor): void {
  const bytes = lowBytes(text);
  let words = 0;
  let word = 0;
  let lettered = false;
  let before = 0;
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const letter = at < bytes.length ? (LETTERS[bytes[at] as number] as number) : 0;
    if (letter !== 0) {
      word = (Math.imul(word, WORD_MULTIPLIER) + letter) | 0;
      lettered ||= letter !== DIGIT;
      continue;
    }
    if (word === 0) continue;
    if (!lettered) {
      word = 0;
      continue;
    }
    lettered = false;
    const hash = Math.imul(word, SPREAD);
    visitor.feature(featureOf(hash));
    if (before !== 0) visitor.feature(featureOf((Math.imul(before, 3) + hash) | 0));
    before = hash;
    word = 0;
    words++;
    if (words < BLOCK_WORDS) continue;
    visitor.block(start, at);
    start = at;
    words = 0;
    before = 0;
  }
  if (words >= LAST_BLOCK_WORDS || (start === 0 && words > 0)) visitor.block(start, bytes.length);
}
