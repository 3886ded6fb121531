import { beginsWord } from '../../text/tokens.js';
import { entropyOf } from './randomness.js';

/** A stretch of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A kind of secret that can be told by how it looks. */
export interface Format {
  readonly rule: string;
  /** Fixed pieces, one of which every match contains, of at least three characters. */
  readonly anchors: readonly string[];
  /** The match around an anchor that stands at `at`, or null. Bounded, whatever the text. */
  readonly matchAt: (text: string, at: number) => Span | null;
}

/** Least entropy in bits per character: below it, it is a row of x or a pattern that someone typed. */
const ENTROPY_MIN = 1.9;

/** A token that begins with one of `prefixes`, followed by what the pattern `body` (a source without anchors) says. */
export function prefixed(rule: string, prefixes: readonly string[], body: string): Format {
  const pattern = new RegExp(`(?:${body})(?![A-Za-z0-9])`, 'y');
  return {
    rule,
    anchors: prefixes,
    matchAt: (text, at) => {
      if (!beginsWord(text, at)) return null;
      const prefix = prefixes.find((each) => text.startsWith(each, at));
      if (prefix === undefined) return null;
      pattern.lastIndex = at + prefix.length;
      const match = pattern.exec(text);
      return match && looksReal(match[0]) ? { start: at, end: pattern.lastIndex } : null;
    },
  };
}

/** How many characters before an anchor are looked at. */
const BEFORE_CHARS = 96;

/** A token with an anchor in its middle: `before` says what stands directly before it, `from` what begins with it. */
export function around(rule: string, anchors: readonly string[], before: string, from: string): Format {
  const head = new RegExp(`(?:${before})$`);
  const tail = new RegExp(`(?:${from})(?![A-Za-z0-9])`, 'y');
  return {
    rule,
    anchors,
    matchAt: (text, at) => {
      const left = head.exec(text.slice(Math.max(0, at - BEFORE_CHARS), at));
      if (!left) return null;
      tail.lastIndex = at;
      const right = tail.exec(text);
      if (!right || !looksReal(left[0] + right[0])) return null;
      return { start: at - left[0].length, end: tail.lastIndex };
    },
  };
}

/** What documentation puts in a secret's place. */
const SAMPLE = /EXAMPLE$|_HERE\b|Here$|^[A-Z]{4,}STRINGHERE/;

const looksReal = (body: string): boolean => entropyOf(body) >= ENTROPY_MIN && !SAMPLE.test(body);
