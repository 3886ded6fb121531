import { foldCase } from './fold-case.js';

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** A phrase of the list, by its index, and where it stands. */
export interface Occurrence {
  readonly phrase: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds phrases of a list as whole words, in any case, whatever stands between their words. One pass over the words of a text,
 * however long the list is.
 */
export class WordList {
  private readonly byFirstWord = new Map<string, { readonly words: readonly string[]; readonly phrase: number }[]>();
  /** Characters of the longest phrase. */
  readonly longestChars: number;

  constructor(phrases: readonly string[]) {
    for (const [phrase, text] of phrases.entries()) {
      const words = foldCase(text).match(WORD) ?? [];
      const [first] = words;
      if (first === undefined) continue;
      const others = this.byFirstWord.get(first);
      if (others) others.push({ words, phrase });
      else this.byFirstWord.set(first, [{ words, phrase }]);
    }
    this.longestChars = Math.max(0, ...phrases.map(({ length }) => length));
  }

  findIn(text: string): readonly Occurrence[] {
    const found: Occurrence[] = [];
    const words = [...foldCase(text).matchAll(WORD)];
    for (const [at, { 0: word, index: start }] of words.entries()) {
      for (const { words: wanted, phrase } of this.byFirstWord.get(word) ?? NONE) {
        const last = words[at + wanted.length - 1];
        if (last && wanted.every((each, offset) => words[at + offset]?.[0] === each))
          found.push({ phrase, start, end: last.index + last[0].length });
      }
    }
    return found;
  }
}

const NONE: readonly never[] = [];
