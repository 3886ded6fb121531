/** Whether `name` fits `pattern`, in which each `*` stands for any run of characters, also none. Linear time, no RegExp. */
export function fits(pattern: string, name: string): boolean {
  const pieces = pattern.split('*');
  const first = pieces[0] ?? '';
  const last = pieces.at(-1) ?? '';
  if (pieces.length === 1) return name === pattern;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  const end = name.length - last.length;
  for (const piece of pieces.slice(1, -1)) {
    const found = name.indexOf(piece, at);
    if (found < 0 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}

export const fitsAny = (patterns: readonly string[], name: string): boolean =>
  patterns.some((pattern) => fits(pattern, name));

/** As `fitsAny`, prepared once for many names: what has no wildcard is looked up. */
export function matcherOf(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')));
  const wild = patterns.filter((pattern) => pattern.includes('*'));
  if (wild.includes('*')) return () => true;
  return (name) => exact.has(name) || fitsAny(wild, name);
}

/**
 * Patterns for what two lists of patterns both allow: those of either list that the other covers as a whole. What two
 * patterns only share in part (`a*` and `*b`) is left out: rather too little than too much.
 */
export function withinBoth(some: readonly string[], others: readonly string[]): string[] {
  return [
    ...new Set([...some.filter((each) => fitsAny(others, each)), ...others.filter((each) => fitsAny(some, each))]),
  ];
}
