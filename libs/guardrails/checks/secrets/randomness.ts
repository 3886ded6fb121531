/** Shannon entropy of a text's characters, in bits per character (0–7). */
export function entropyOf(text: string): number {
  const counts = new Map<number, number>();
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy;
}

const PLACEHOLDER =
  /example|sample|dummy|placeholder|redacted|change.?me|replace|insert|^your|[_-]your|<|>|\$\{|\{\{|\$\(|\*{3}|\.{3}|…|x{5}|X{5}|0{8}|1234567890(?!\d*[a-z]{3})|^(.)\1+$/i;

/** Whether a value says of itself that it stands for another one. */
export const isPlaceholder = (value: string): boolean => PLACEHOLDER.test(value);

enum Class {
  lower,
  upper,
  digit,
  other,
}

function classOf(code: number): Class {
  if (code >= 0x61 && code <= 0x7a) return Class.lower;
  if (code >= 0x41 && code <= 0x5a) return Class.upper;
  return code >= 0x30 && code <= 0x39 ? Class.digit : Class.other;
}

/**
 * Whether a value of at least 10 characters looks as if a machine had drawn it: letters and digits mixed all over, unlike words,
 * names in source code, versions, dates and paths, where they keep to themselves.
 */
export function looksDrawn(value: string): boolean {
  let digits = 0;
  let letters = 0;
  let changes = 0;
  let longestWord = 0;
  let word = 0;
  let before: Class | undefined;
  for (let at = 0; at < value.length; at++) {
    const now = classOf(value.charCodeAt(at));
    if (now === Class.digit) digits++;
    else if (now !== Class.other) letters++;
    word = now === Class.lower ? word + 1 : 0;
    longestWord = Math.max(longestWord, word);
    if (before !== undefined && now !== before) changes++;
    before = now;
  }
  if (digits < (value.length >= 32 ? 1 : 2) || letters < 2 || longestWord > 16) return false;
  return changes / value.length >= (value.length >= 24 ? 0.14 : 0.2) && entropyOf(value) >= (isHex(value) ? 2.6 : 3);
}

const isHex = (value: string): boolean => /^[0-9a-f-]+$/i.test(value);
