import { arrayOf, defined, isObject, textOf } from '../json/index.js';
import type { JsonObject, ReasoningPart } from '../neutral/index.js';
import { openProof, type Proof, sealProof } from '../neutral/proof.js';

/** Signatures of calls that came sealed in a reasoning item before the call, by the call's id. */
export type SealedCalls = Map<string, string>;

/** Summaries are paragraphs of one text; open models give the thinking itself as content. */
const textsOf = (list: unknown): string =>
  arrayOf(list)
    .filter(isObject)
    .map((piece) => textOf(piece['text']) ?? '')
    .join('\n\n');

/** A reasoning item; null where it only carries a call's proof, which goes to `sealed`. */
export function decodeReasoning(item: JsonObject, sealed: SealedCalls): ReasoningPart | null {
  const encrypted = textOf(item['encrypted_content']);
  const text = textsOf(item['summary']) || textsOf(item['content']);
  const proof = openProof(encrypted);
  if (proof?.callId !== undefined) {
    if (proof.signature !== undefined) sealed.set(proof.callId, proof.signature);
    return null;
  }
  if (proof) {
    const { dialect, signature, encrypted: secret, id: own } = proof;
    return defined<ReasoningPart>({ type: 'reasoning', dialect, text, id: own, signature, encrypted: secret });
  }
  const id = textOf(item['id']);
  return {
    type: 'reasoning',
    dialect: 'openai-responses',
    text,
    ...(id ? { id } : {}),
    ...(encrypted === undefined ? {} : { encrypted }),
  };
}

/**
 * What goes into `encrypted_content`: the dialect's own, or another's proof sealed so that it comes back. There is one even where
 * the other has no proof to give, since clients do not send thinking back without.
 */
export function encryptedOf(part: Omit<ReasoningPart, 'type' | 'text'>): string | undefined {
  const { dialect, id, signature, encrypted } = part;
  if (dialect === 'openai-responses') return encrypted;
  return sealProof(defined<Proof>({ dialect, id, signature, encrypted }));
}
