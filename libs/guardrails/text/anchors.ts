import { lowBytes } from './bytes.js';

/**
 * Finds many fixed pieces in one pass: what most texts do not contain must cost next to nothing. A piece is looked up by its
 * first three or four characters, five bits of each, which folds the case of ASCII letters; the few places that begin like a
 * piece are compared in full. Positions come in ascending order; not so for those of `RareAnchors`.
 */
export class Anchors {
  private readonly short = new Beginnings();
  private readonly long = new Beginnings();

  /** Pieces of at least three characters; those in `anyCase` in lower case, and found in any. They are counted from `pieces` on. */
  constructor(pieces: readonly string[], anyCase: readonly string[] = []) {
    for (const [at, piece] of [...pieces, ...anyCase].entries()) {
      if (piece.length < 3) throw new RangeError(`an anchor has at least three characters: '${piece}'`);
      const stands = at < pieces.length ? standsExactly : standsInAnyCase;
      if (piece.length === 3) this.short.add(fold(piece, 3), { piece, at, stands, before: 0 });
      else {
        const before = this.markOf(piece);
        this.long.add(hashOf(fold(piece.slice(before), 4)), { piece, at, stands, before });
      }
    }
  }

  /** Where in a piece the four characters are by which it is looked up. */
  protected markOf(_piece: string): number {
    return 0;
  }

  /** Calls `found` with the index of each piece and where it begins. */
  scan(text: string, found: (piece: number, start: number) => void): void {
    const compare = (pieces: readonly Piece[], start: number): void => {
      for (const { piece, at, stands, before } of pieces) {
        if (start >= before && stands(text, piece, start - before)) found(at, start - before);
      }
    };
    const { short, long } = this;
    const shortBits = short.bits;
    const longBits = long.bits;
    const bytes = lowBytes(text);
    let four = 0;
    // One more than there are: a piece of three characters may be the last.
    for (let end = 0; end <= bytes.length; end++) {
      four = ((four << 5) | (end < bytes.length ? (bytes[end] as number) & 31 : 0)) & 0xfffff;
      const three = four >>> 5;
      const hash = Math.imul(four, MULTIPLIER) >>> SHIFT;
      const begins =
        (((shortBits[three >>> 5] as number) >>> (three & 31)) | ((longBits[hash >>> 5] as number) >>> (hash & 31))) &
        1;
      if (begins === 0 || end < 3) continue;
      compare(short.at(three), end - 3);
      compare(long.at(hash), end - 3);
    }
  }
}

/** Letters and the space, from the rarest in English to the most common. */
const BY_RARITY = 'zqxjkvbpygfwmucldrhsnioate ';

/**
 * Anchors that are words of every day: each is looked up by its four rarest characters in a row, as "your", "the " and the like
 * begin many of them and stand everywhere.
 */
export class RareAnchors extends Anchors {
  protected override markOf(piece: string): number {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let at = 0; at + 4 <= piece.length; at++) {
      let common = 0;
      for (let next = at; next < at + 4; next++) common += BY_RARITY.indexOf(piece[next] ?? ' ') + 1;
      if (common < least) [best, least] = [at, common];
    }
    return best;
  }
}

interface Piece {
  readonly piece: string;
  /** Characters of the piece before those by which it is looked up. */
  readonly before: number;
  readonly at: number;
  readonly stands: (text: string, piece: string, start: number) => boolean;
}

/** Pieces by 15 bits of how they begin. */
class Beginnings {
  /** One bit for each beginning that some piece has: small enough to stay in the first cache. */
  readonly bits = new Uint32Array(1 << 10);
  private readonly pieces: (Piece[] | undefined)[] = Array.from({ length: 1 << 15 });

  add(beginning: number, piece: Piece): void {
    this.bits[beginning >>> 5] = (this.bits[beginning >>> 5] as number) | (1 << (beginning & 31));
    const others = this.pieces[beginning];
    if (others) others.push(piece);
    else this.pieces[beginning] = [piece];
  }

  at(beginning: number): readonly Piece[] {
    return this.pieces[beginning] ?? NONE;
  }
}

const NONE: readonly Piece[] = [];

const SHIFT = 17;
/** The golden ratio's: neighbours are spread over all hashes. */
const MULTIPLIER = 0x9e3779b1;

const hashOf = (four: number): number => Math.imul(four, MULTIPLIER) >>> SHIFT;

function fold(piece: string, characters: number): number {
  let bits = 0;
  for (let at = 0; at < characters; at++) bits = (bits << 5) | (piece.charCodeAt(at) & 31);
  return bits;
}

const standsExactly = (text: string, piece: string, start: number): boolean => text.startsWith(piece, start);

function standsInAnyCase(text: string, piece: string, start: number): boolean {
  for (let at = 0; at < piece.length; at++) {
    if ((text.charCodeAt(start + at) | 0x20) !== (piece.charCodeAt(at) | 0x20)) return false;
  }
  return true;
}
