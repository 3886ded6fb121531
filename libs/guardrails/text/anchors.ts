/**
 * Finds many fixed pieces in one pass: what most texts do not contain must cost next to nothing. A piece is looked up by its
 * first three characters, five bits each, which folds the case of ASCII letters; the few places where they occur are compared
 * in full. Positions come in ascending order.
 */
export class Anchors {
  /** Hash of three characters → 1 + index into `buckets`; 0 = no piece begins so. */
  private readonly table = new Uint16Array(1 << 15);
  private readonly buckets: { readonly piece: string; readonly at: number }[][] = [];

  /** Pieces of at least three characters. `anyCase`: of ASCII letters, whose case does not count. */
  constructor(
    pieces: readonly string[],
    private readonly options: { readonly anyCase?: true } = {},
  ) {
    for (const [at, piece] of pieces.entries()) {
      if (piece.length < 3) throw new RangeError(`an anchor has at least three characters: '${piece}'`);
      const hash = (bits(piece, 0) << 10) | (bits(piece, 1) << 5) | bits(piece, 2);
      const bucket = this.table[hash] || this.buckets.push([]);
      this.table[hash] = bucket;
      this.buckets[bucket - 1]?.push({ piece, at });
    }
  }

  /** Calls `found` with the index of each piece and where it begins. */
  scan(text: string, found: (piece: number, start: number) => void): void {
    const { table, buckets } = this;
    const stands = this.options.anyCase ? standsInAnyCase : standsExactly;
    let hash = 0;
    for (let end = 0; end < text.length; end++) {
      hash = ((hash << 5) | (text.charCodeAt(end) & 31)) & 0x7fff;
      const bucket = table[hash];
      if (!bucket || end < 2) continue;
      for (const { piece, at } of buckets[bucket - 1] ?? []) {
        if (stands(text, piece, end - 2)) found(at, end - 2);
      }
    }
  }
}

const bits = (piece: string, at: number): number => piece.charCodeAt(at) & 31;

const standsExactly = (text: string, piece: string, start: number): boolean => text.startsWith(piece, start);

function standsInAnyCase(text: string, piece: string, start: number): boolean {
  for (let at = 0; at < piece.length; at++) {
    if ((text.charCodeAt(start + at) | 0x20) !== (piece.charCodeAt(at) | 0x20)) return false;
  }
  return true;
}
