import { createHash } from 'node:crypto';

/**
 * A unit vector for a text, always the same for the same text. Texts that share words point in similar directions, so
 * that a semantic cache can be tested: each word adds to four dimensions that its hash picks.
 */
export function embed(text: string, dimensions: number): readonly number[] {
  const vector = new Array<number>(dimensions).fill(0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    const hash = createHash('sha256').update(word).digest();
    for (let i = 0; i < 4; i++) {
      const at = hash.readUInt32LE(i * 8) % dimensions;
      vector[at] = (vector[at] ?? 0) + (hash.readUInt8(i * 8 + 4) < 128 ? 1 : -1);
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

/** How alike two texts are, from 0 to 1: the cosine of their vectors, negative ones counted as 0. */
export function similarity(a: string, b: string): number {
  const [left, right] = [embed(a, 512), embed(b, 512)];
  return Math.max(
    0,
    left.reduce((sum, value, i) => sum + value * (right[i] ?? 0), 0),
  );
}
