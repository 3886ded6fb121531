import { readFileSync } from 'node:fs';
import { type BlockVisitor, FEATURE_BITS, visitBlocks } from './blocks.js';

/** How a block of a text is worded. Places are in the folded text. */
export interface Worded {
  readonly start: number;
  readonly end: number;
  /** The log-odds that it tries to take over a model, as far as its words tell; above 0: rather yes. */
  readonly logOdds: number;
}

/** A linear classifier: what each word and pair of words says for (above 0) or against. */
export interface Model {
  readonly bias: number;
  readonly weights: Int8Array;
  /** What a weight of 1 stands for. */
  readonly scale: number;
}

const HEADER_BYTES = 8;

/** A model as it is kept: bias and scale as 32-bit floats, little-endian, and a byte for each weight. */
export function modelFrom(bytes: Buffer): Model {
  if (bytes.length !== HEADER_BYTES + (1 << FEATURE_BITS)) throw new RangeError('not a model of this version');
  const weights = new Int8Array(bytes.buffer, bytes.byteOffset + HEADER_BYTES, 1 << FEATURE_BITS);
  return { bias: bytes.readFloatLE(0), scale: bytes.readFloatLE(4), weights };
}

export function bytesOf({ bias, scale, weights }: Model): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  header.writeFloatLE(bias, 0);
  header.writeFloatLE(scale, 4);
  return Buffer.concat([header, Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength)]);
}

/** The model that comes with the code; wording/README.md says what it was trained on, and how. */
export const MODEL: Model = modelFrom(readFileSync(new URL('./model.bin', import.meta.url)));

/** Judges the wording of a folded text, block by block, in one pass. */
export function wordingOf(text: string, { bias, scale, weights }: Model = MODEL): readonly Worded[] {
  const blocks: Worded[] = [];
  let sum = 0;
  let features = 0;
  const visitor: BlockVisitor = {
    feature: (index) => {
      sum += weights[index] as number;
      features++;
    },
    block: (start, end) => {
      blocks.push({ start, end, logOdds: bias + (scale * sum) / Math.sqrt(features) });
      sum = 0;
      features = 0;
    },
  };
  visitBlocks(text, visitor);
  return blocks;
}
