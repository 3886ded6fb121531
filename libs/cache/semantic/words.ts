/** A word of a text: as it stands there, and the form by which words are compared. */
export interface Word {
  readonly raw: string;
  /** Lower case, without accents' variants of writing, its ending taken off: `Batteries` → `batteri`. */
  readonly stem: string;
  /** It opens a sentence, so that a capital says nothing. */
  readonly opens: boolean;
}

/** Written together or apart, they are the same words. */
const CONTRACTIONS: readonly (readonly [RegExp, string])[] = [
  [/\b(can)(?:'t|not)\b/gi, '$1 not'],
  [/\bwon't\b/gi, 'will not'],
  [/\bshan't\b/gi, 'shall not'],
  [/(\w)n't\b/gi, '$1 not'],
  [/\b(i)'m\b/gi, '$1 am'],
  [/(\w)'re\b/gi, '$1 are'],
  [/(\w)'ve\b/gi, '$1 have'],
  [/(\w)'ll\b/gi, '$1 will'],
  [/(\w)'d\b/gi, '$1 would'],
  [/\b(what|who|how|where|when|why|it|that|there|here|he|she)'s\b/gi, '$1 is'],
];

const TOKEN = /[\p{L}\p{M}\d]+(?:['.,:/_@-](?=[\p{L}\p{M}\d])[\p{L}\p{M}\d]+)*|[$€£¥%+*=<>^&|#~]/gu;
const SENTENCE_END = /[.!?\n:]\s*$/;

/** The words of a text in their order, signs that carry meaning (`%`, `$`, `<`) among them. */
export function wordsOf(text: string): readonly Word[] {
  let plain = text.normalize('NFKC').replace(/[’‘`´]/g, "'");
  for (const [pattern, whole] of CONTRACTIONS) plain = plain.replace(pattern, whole);
  const words: Word[] = [];
  for (const { 0: raw, index } of plain.matchAll(TOKEN)) {
    const before = plain.slice(Math.max(0, index - 3), index).replace(/["'([]+$/, '');
    words.push({
      raw,
      stem: stemOf(raw.toLowerCase()),
      opens: index === 0 || SENTENCE_END.test(before) || words.length === 0,
    });
  }
  return words;
}

/** Longest first. What is left must still be a word: three letters at least. */
const ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/'s$/, ''],
  [/(ss|us|is)$/, '$1'],
  [/ies$/, 'i'],
  [/(ch|sh|x|z|s)es$/, '$1'],
  [/s$/, ''],
];
const VERB_ENDINGS: readonly (readonly [RegExp, string])[] = [
  [/([bdfglmnprt])\1(?:ing|ed)$/, '$1'],
  [/([^aeiou])ied$/, '$1i'],
  [/(?:ing|ed)$/, ''],
  [/e$/, ''],
  [/y$/, 'i'],
];

/** One form for a word's numbers and tenses. Rough on purpose: two words that fall together wrongly are still told by the rest. */
export function stemOf(word: string): string {
  if (!/^[a-z']{4,}$/.test(word)) return word;
  return ended(ended(word, ENDINGS), VERB_ENDINGS);
}

function ended(word: string, endings: readonly (readonly [RegExp, string])[]): string {
  for (const [pattern, kept] of endings) {
    if (!pattern.test(word)) continue;
    const shorter = word.replace(pattern, kept);
    return shorter.length >= 3 ? shorter : word;
  }
  return word;
}
