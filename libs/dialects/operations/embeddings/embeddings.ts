import { NO_TOKENS } from '#libs/core';
import type { Load, OperationAnswer, OperationRequest } from '../operation.js';

/** One thing to embed: a text, or the ids of its tokens. */
export type EmbeddingInput = string | readonly number[];

/** A request for embeddings, in no vendor's words. */
export interface EmbeddingsRequest extends OperationRequest {
  readonly inputs: readonly EmbeddingInput[];
  readonly dimensions?: number;
  /** How the client wants its vectors written; base64 holds 32-bit floats, little endian. */
  readonly encoding: 'float' | 'base64';
  /** What the vectors are for and about (Gemini). */
  readonly taskType?: string;
  readonly title?: string;
  /** Fields that the decoder has no neutral place for, by their wire name. */
  readonly rest: readonly string[];
}

export interface Embeddings extends OperationAnswer {
  /** In the order of the inputs. */
  readonly vectors: readonly Vector[];
}

/** As it came: numbers, or base64 of 32-bit floats. */
export type Vector = readonly number[] | string;

export const asNumbers = (vector: Vector): readonly number[] => {
  if (typeof vector !== 'string') return vector;
  const bytes = Buffer.from(vector, 'base64');
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(index * 4));
};

export const asBase64 = (vector: Vector): string => {
  if (typeof vector === 'string') return vector;
  const bytes = Buffer.allocUnsafe(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
};

export function loadOf(inputs: readonly EmbeddingInput[]): Load {
  const texts = inputs.filter((input) => typeof input === 'string').map((text) => ({ text, times: 1 }));
  const ids = inputs.reduce((sum, input) => sum + (typeof input === 'string' ? 0 : input.length), 0);
  return {
    texts,
    beside: { ...NO_TOKENS, input: ids },
    most: { input: ids, output: 0 },
    units: 1,
    inTokens: true,
  };
}
