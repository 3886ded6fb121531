import type { Reply } from '../dialect.js';
import { arrayOf, objectOf } from '../json/index.js';
import type { JsonObject, Part, ReasoningPart, TextPart, ToolCallPart } from '../neutral/index.js';
import { sealProof } from '../neutral/proof.js';
import { encodeCitation } from './citations.js';
import { encryptedOf } from './reasoning.js';

/** Ids of items: the API has them, the neutral form has not. */
export const itemId = (prefix: 'msg' | 'rs' | 'fc', reply: Reply, ordinal: number): string =>
  `${prefix}_${reply.callId.replaceAll('-', '')}${ordinal}`;

/** Parts as items of the output. Texts that follow one another are the content of one message. */
export function encodeItems(parts: readonly Part[], reply: Reply, logprobs: unknown): JsonObject[] {
  const items: JsonObject[] = [];
  let content: JsonObject[] = [];
  let unsaidLogprobs = arrayOf(objectOf(logprobs)['content']);
  const flush = () => {
    if (content.length > 0) items.push(messageItem(itemId('msg', reply, items.length), content, 'completed'));
    content = [];
  };
  for (const part of parts) {
    const piece = encodePiece(part, unsaidLogprobs);
    if (piece) {
      content.push(piece);
      unsaidLogprobs = [];
      continue;
    }
    flush();
    items.push(...encodeItem(part, reply, items.length));
  }
  flush();
  return items;
}

export const messageItem = (id: string, content: readonly JsonObject[], status: string): JsonObject => ({
  id,
  type: 'message',
  status,
  role: 'assistant',
  content,
});

/** A part that is a piece of a message; audio is told by its transcript, since this API has no audio. */
function encodePiece(part: Part, logprobs: readonly unknown[]): JsonObject | undefined {
  switch (part.type) {
    case 'text':
      return textPiece(part, logprobs);
    case 'refusal':
      return { type: 'refusal', refusal: part.text };
    case 'audio':
      return textPiece({ type: 'text', text: part.transcript ?? '' }, []);
    default:
      return undefined;
  }
}

export function textPiece({ text, citations = [] }: TextPart, logprobs: readonly unknown[]): JsonObject {
  const annotations = citations.map((citation) => encodeCitation(citation, text.length)).filter(Boolean);
  return { type: 'output_text', annotations, logprobs, text };
}

function encodeItem(part: Part, reply: Reply, ordinal: number): JsonObject[] {
  switch (part.type) {
    case 'reasoning':
      return [reasoningItem(part, itemId('rs', reply, ordinal))];
    case 'tool-call':
      return part.signature === undefined
        ? [callItem(part, itemId('fc', reply, ordinal), 'completed')]
        : [
            proofItem(part.id, part.signature, itemId('rs', reply, ordinal)),
            callItem(part, itemId('fc', reply, ordinal + 1), 'completed'),
          ];
    case 'opaque':
      return part.dialect === 'openai-responses' ? [part.value as JsonObject] : [];
    default:
      return [];
  }
}

export function reasoningItem(part: Omit<ReasoningPart, 'type'>, fallbackId: string): JsonObject {
  const encrypted = encryptedOf(part);
  return {
    id: part.dialect === 'openai-responses' ? (part.id ?? fallbackId) : fallbackId,
    type: 'reasoning',
    summary: part.text === '' ? [] : [{ type: 'summary_text', text: part.text }],
    ...(encrypted === undefined ? {} : { encrypted_content: encrypted }),
  };
}

export const callItem = (call: Omit<ToolCallPart, 'type'>, id: string, status: string): JsonObject => ({
  id,
  type: 'function_call',
  status,
  call_id: call.id,
  name: call.name,
  arguments: call.arguments,
});

/** An item before a call that brings the call's proof back on the next turn. */
export const proofItem = (callId: string, signature: string, id: string): JsonObject => ({
  id,
  type: 'reasoning',
  summary: [],
  encrypted_content: sealProof({ dialect: 'gemini', callId, signature }),
});
