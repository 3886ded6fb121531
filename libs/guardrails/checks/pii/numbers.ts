import type { DigitRow } from './digit-rows.js';

/** A number of some kind, to be judged by its digits. */
export interface NumberKind {
  readonly name: string;
  readonly about: string;
  readonly digitsMin: number;
  readonly digitsMax: number;
  /** Confidence that it is one, 0–1; 0 = it is none. `raw` has its separators, and stands at `start` of the text. */
  readonly judge: (digits: string, raw: string, text: string, start: number) => number;
}

export interface NumberClaim {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
}

/**
 * Stretches of whole neighbouring groups that a kind takes for its own, kinds in the order of their strength. One pass over the
 * groups for all kinds. A number that stands in a word or a decimal fraction is none.
 */
export function numbersIn(
  text: string,
  rows: readonly DigitRow[],
  kinds: readonly NumberKind[],
): readonly NumberClaim[] {
  const digitsMax = Math.max(0, ...kinds.map((kind) => kind.digitsMax));
  const claims: NumberClaim[] = [];
  for (const { groups } of rows) {
    for (let first = 0; first < groups.length; first++) {
      let digits = '';
      let claim: NumberClaim | undefined;
      for (let last = first; last < groups.length && !claim; last++) {
        digits += groups[last]?.digits;
        if (digits.length > digitsMax) break;
        const start = groups[first]?.start ?? 0;
        const end = groups[last]?.end ?? 0;
        claim = claimOf(digits, text, start, end, kinds);
        if (claim) first = last;
      }
      if (claim) claims.push(claim);
    }
  }
  return claims;
}

function claimOf(
  digits: string,
  text: string,
  start: number,
  end: number,
  kinds: readonly NumberKind[],
): NumberClaim | undefined {
  for (const { name, digitsMin, digitsMax, judge } of kinds) {
    if (digits.length < digitsMin || digits.length > digitsMax) continue;
    const confidence = judge(digits, text.slice(start, end), text, start);
    if (confidence > 0 && standsAlone(text, start, end)) return { name, start, end, confidence };
  }
  return undefined;
}

const standsAlone = (text: string, start: number, end: number): boolean =>
  !/[\w$€£#]$/.test(text.slice(Math.max(0, start - 1), start)) && !/^[A-Za-z_]|^[.,]\d/.test(text.slice(end, end + 2));
