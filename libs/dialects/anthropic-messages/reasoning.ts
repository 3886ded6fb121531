import { textOf } from '../json/index.js';
import type { JsonObject, Part, ReasoningPart } from '../neutral/index.js';
import { openProof, type Proof, sealProof } from '../neutral/proof.js';

const OWN = 'anthropic-messages';

interface SignedThinking {
  readonly type: 'thinking';
  readonly thinking: string;
  readonly signature: string;
}

export type ThinkingBlock = SignedThinking | { readonly type: 'redacted_thinking'; readonly data: string };

/** A thinking block. One whose signature is another provider's sealed proof is that provider's reasoning again. */
export function decodeReasoning(block: JsonObject): ReasoningPart {
  if (block['type'] === 'redacted_thinking') {
    return { type: 'reasoning', dialect: OWN, text: '', encrypted: textOf(block['data']) ?? '' };
  }
  const text = textOf(block['thinking']) ?? '';
  const signature = textOf(block['signature']);
  const proof = openProof(signature);
  if (!proof) return { type: 'reasoning', dialect: OWN, text, ...(signature ? { signature } : {}) };
  const { dialect, callId: _, ...rest } = proof;
  return { type: 'reasoning', dialect, text, ...rest };
}

/** Reasoning as this surface shows it: own blocks as they were, another provider's as thinking with its proof sealed in. */
export function encodeReasoning({ dialect, text, signature, encrypted, id }: ReasoningPart): ThinkingBlock {
  if (dialect === OWN && encrypted !== undefined) return { type: 'redacted_thinking', data: encrypted };
  if (dialect === OWN) return { type: 'thinking', thinking: text, signature: signature ?? '' };
  const proof: Proof = {
    dialect,
    ...(signature === undefined ? {} : { signature }),
    ...(encrypted === undefined ? {} : { encrypted }),
    ...(id === undefined ? {} : { id }),
  };
  return { type: 'thinking', thinking: text, signature: sealProof(proof) };
}

/**
 * A thinking block without words that carries the proof of the tool call after it, which has no field of its own here.
 * Only Gemini signs its calls.
 */
export function encodeCallProof(callId: string, signature: string): SignedThinking {
  return { type: 'thinking', thinking: '', signature: sealProof({ dialect: 'gemini', callId, signature }) };
}

/** Gives tool calls the proofs that came back in blocks of `encodeCallProof`, and takes those blocks out. */
export function attachCallProofs(content: unknown, parts: readonly Part[]): readonly Part[] {
  if (!Array.isArray(content)) return parts;
  const proofs = content.map((block: JsonObject) =>
    block['type'] === 'thinking' ? openProof(textOf(block['signature'])) : undefined,
  );
  const ofCall = new Map(
    proofs.flatMap((proof) => (proof?.callId && proof.signature ? [[proof.callId, proof.signature]] : [])),
  );
  if (ofCall.size === 0) return parts;
  return parts
    .filter((_, index) => proofs[index]?.callId === undefined)
    .map((part) => {
      const signature = part.type === 'tool-call' ? ofCall.get(part.id) : undefined;
      return signature === undefined ? part : { ...part, signature };
    });
}
