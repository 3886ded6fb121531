/** A token is up to eight letters or digits, or one other character, with the white space before it. */
const TOKEN = /\s*[\p{L}\p{N}_]{1,8}|\s*[^\s\p{L}\p{N}_]|\s+/gu;

/** Splits a text into the simulator's tokens; joined they give the text back. */
export function tokenize(text: string): readonly string[] {
  return text.match(TOKEN) ?? [];
}

/** How many tokens the simulator bills for a text: a pure function of it, so that a test can compute the exact cost. */
export function countTokens(text: string): number {
  return tokenize(text).length;
}
