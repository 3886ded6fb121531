import type { Check } from '../../check.js';

/** Limits the length of a single text. `maxChars`: integer ≥ 1. What is beyond is the finding. */
export const size: Check = {
  type: 'size',
  problemWith: ({ maxChars }) =>
    Number.isInteger(maxChars) && (maxChars as number) > 0 ? null : 'maxChars must be an integer of at least 1',
  windowChars: () => 0,
  inspect: (text, { maxChars }) =>
    text.length > (maxChars as number)
      ? [{ rule: 'max-chars', start: maxChars as number, end: text.length, confidence: 1 }]
      : [],
};
