import { arrayOf, isObject, textOf } from '../json/index.js';
import type { DialectId, JsonObject, ReasoningPart } from '../neutral/index.js';
import type { ReasoningDetail, Thinking } from './types.js';

/** Whose thinking it is, in OpenRouter's words, so that it returns to where it came from. */
const FORMATS: Readonly<Record<DialectId, string>> = {
  'openai-chat': 'unknown',
  'openai-completions': 'unknown',
  'openai-responses': 'openai-responses-v1',
  'anthropic-messages': 'anthropic-claude-v1',
  gemini: 'google-gemini-v1',
  'bedrock-converse': 'bedrock-converse-v1',
  'cohere-chat': 'cohere-chat-v1',
};

function dialectOf(format: unknown): DialectId {
  const known = Object.entries(FORMATS).find(([, name]) => name === format && name !== 'unknown');
  return (known?.[0] as DialectId | undefined) ?? 'openai-chat';
}

/** The thinking in a message, whichever vendor's member it is in. Details win: the plain members repeat their text. */
export function decodeThinking(message: JsonObject): ReasoningPart[] {
  const details = decodeDetails(arrayOf(message['reasoning_details']));
  if (details.length > 0) return details;
  const text = plainText(message);
  return text === '' ? [] : [{ type: 'reasoning', dialect: 'openai-chat', text }];
}

/**
 * The same for a message that a client sends back. Clients that keep only the last piece of a stream's unknown members send
 * details that lack text: a proof of them would be refused, so there only the plain members count.
 */
export function decodeEarlierThinking(message: JsonObject): ReasoningPart[] {
  const parts = decodeThinking(message);
  const told = parts.map((part) => part.text).join('');
  return told.endsWith(plainText(message)) ? parts : decodeThinking({ ...message, reasoning_details: [] });
}

const plainText = (message: JsonObject): string =>
  textOf(message['reasoning_content']) ?? textOf(message['reasoning']) ?? '';

function decodeDetails(details: readonly unknown[]): ReasoningPart[] {
  const parts: ReasoningPart[] = [];
  let lastKey: unknown;
  for (const detail of details) {
    if (!isObject(detail)) continue;
    const piece = decodeDetail(detail);
    const before = parts.at(-1);
    const key = detail['index'];
    if (before && key !== undefined && key === lastKey)
      parts[parts.length - 1] = { ...before, ...piece, text: before.text + piece.text };
    else parts.push(piece);
    lastKey = key;
  }
  return parts;
}

/** One detail as a part; several with one index are pieces of one part. */
export function decodeDetail(detail: JsonObject): ReasoningPart {
  const id = textOf(detail['id']);
  const signature = textOf(detail['signature']);
  const encrypted = textOf(detail['data']);
  return {
    type: 'reasoning',
    dialect: dialectOf(detail['format']),
    text: textOf(detail['text']) ?? textOf(detail['summary']) ?? '',
    ...(id === undefined ? {} : { id }),
    ...(signature === undefined ? {} : { signature }),
    ...(encrypted === undefined ? {} : { encrypted }),
  };
}

/** The details that say one part: its text, and apart from it what was encrypted, under one index. */
export function encodeDetails(part: Omit<ReasoningPart, 'type'>, index: number): ReasoningDetail[] {
  const common = { format: FORMATS[part.dialect], index, ...(part.id === undefined ? {} : { id: part.id }) };
  const details: ReasoningDetail[] = [];
  if (part.text !== '' || part.signature !== undefined || part.encrypted === undefined) {
    const signature = part.signature === undefined ? {} : { signature: part.signature };
    details.push({ type: 'reasoning.text', text: part.text, ...signature, ...common });
  }
  if (part.encrypted !== undefined) details.push({ type: 'reasoning.encrypted', data: part.encrypted, ...common });
  return details;
}

/** Whether plain text says all of it. */
const isPlain = (part: ReasoningPart): boolean =>
  part.dialect === 'openai-chat' &&
  part.id === undefined &&
  part.signature === undefined &&
  part.encrypted === undefined;

/** Thinking as members of a message: the text for every client, the details where there is more to it than text. */
export function encodeThinking(parts: readonly ReasoningPart[]): Thinking {
  if (parts.length === 0) return {};
  const text = parts.map((part) => part.text).join('');
  return {
    ...(text === '' ? {} : { reasoning_content: text }),
    ...(parts.length === 1 && parts.every(isPlain)
      ? {}
      : { reasoning_details: parts.flatMap((part, index) => encodeDetails(part, index)) }),
  };
}
