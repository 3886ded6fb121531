/**
 * A text in lower case, every character of it at its own place: the few letters whose lower case is longer (İ) stay as they are,
 * and the final sigma is like any other.
 */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length && !text.includes('Σ')) return lower;
  return text.replace(/[^ -~]|[A-Z]+/gu, (piece) => {
    const folded = piece.toLowerCase();
    return folded.length === piece.length ? folded : piece;
  });
}
