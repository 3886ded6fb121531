/** A stretch of a text that a kind of personal data claims. */
export interface Claim {
  readonly start: number;
  readonly end: number;
  /** 0–1. */
  readonly confidence: number;
}

/** A kind of personal data. */
export interface Kind {
  readonly name: string;
  readonly about: string;
  /** Every stretch of the text that looks so and passes its check. Linear in the text. */
  readonly findIn: (text: string) => readonly Claim[];
}

/** Characters before a value in which words tell what it is. */
const CONTEXT_CHARS = 44;

/** Whether words that match stand shortly before a place. */
export const announced = (text: string, start: number, words: RegExp): boolean =>
  words.test(text.slice(Math.max(0, start - CONTEXT_CHARS), start));

/** All matches of a global pattern that pass a test, which gives their confidence, or 0. */
export function matching(
  text: string,
  pattern: RegExp,
  confidence: (match: string, start: number) => number,
): readonly Claim[] {
  let claims: Claim[] | undefined;
  pattern.lastIndex = 0;
  // Not matchAll, which makes an expression of its own for each text: most texts have no match at all.
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [match] = found;
    const { index } = found;
    const sure = confidence(match, index);
    if (sure > 0) {
      claims ??= [];
      claims.push({ start: index, end: index + match.length, confidence: sure });
    }
  }
  return claims ?? NOTHING;
}

const NOTHING: readonly Claim[] = [];
