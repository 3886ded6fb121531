import { TollgateError } from '#libs/core';
import type { DecodeContext, Reply } from '../dialect.js';
import { defined, inputOf, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatResponse, Choice, JsonObject, Part } from '../neutral/index.js';
import { decodeCitations, encodeCitations } from './citations.js';
import { decodeFinish, encodeFinish, withoutOutputTool } from './finish.js';
import { decodeReasoning, encodeCallProof, encodeReasoning } from './reasoning.js';
import type { ContentBlock, Message, TextCitation } from './types.js';
import { encodeUsage, usageOf } from './usage.js';

const OWN = 'anthropic-messages';

/** A whole answer of the Messages API. Throws `upstream_error` on anything else. */
export function decodeResponse(body: JsonObject, context: DecodeContext): ChatResponse {
  if (body['type'] !== 'message' || !Array.isArray(body['content'])) {
    throw new TollgateError('upstream_error', 'The provider answered in an unexpected form.', {
      detail: `not a message: ${JSON.stringify(body).slice(0, 200)}`,
    });
  }
  const blocks = body['content'].filter(isObject);
  const parts = blocks.map((block) => decodeBlock(block, context));
  const explanation = textOf(objectOf(body['stop_details'])['explanation']);
  const finish = decodeFinish(body['stop_reason'], body['stop_sequence']);
  return defined<ChatResponse>({
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    choices: [
      {
        index: 0,
        parts: explanation === undefined ? parts : [...parts, { type: 'refusal', text: explanation }],
        finish: withoutOutputTool(finish, !parts.some(({ type }) => type === 'tool-call')),
      },
    ],
    usage: usageOf(body),
    serviceTier: textOf(objectOf(body['usage'])['service_tier']),
  });
}

/** One block of an answer; the call of the stand-in for structured output is the answer's text. */
function decodeBlock(block: JsonObject, { outputTool }: DecodeContext): Part {
  switch (block['type']) {
    case 'text': {
      const citations = decodeCitations(block['citations']);
      return { type: 'text', text: textOf(block['text']) ?? '', ...(citations.length === 0 ? {} : { citations }) };
    }
    case 'thinking':
    case 'redacted_thinking':
      return decodeReasoning(block);
    case 'tool_use': {
      const input = JSON.stringify(block['input'] ?? {});
      const name = textOf(block['name']) ?? '';
      if (name === outputTool) return { type: 'text', text: input };
      return { type: 'tool-call', id: textOf(block['id']) ?? '', name, arguments: input };
    }
    default:
      return { type: 'opaque', dialect: OWN, value: block };
  }
}

/** An answer for a client of the Messages API. It has room for one choice: the first. */
export function encodeResponse(response: ChatResponse, reply: Reply): JsonObject {
  const choice = response.choices[0];
  const message: Message = {
    id: messageId(response.id, reply),
    type: 'message',
    role: 'assistant',
    model: reply.model,
    content: choice ? encodeAnswer(choice) : [],
    ...(choice ? encodeFinish(choice.finish) : { stop_reason: null, stop_sequence: null }),
    stop_details: choice ? refusalDetails(choice) : null,
    container: null,
    diagnostics: null,
    usage: encodeUsage(response.usage?.tokens),
  };
  return message as unknown as JsonObject;
}

/** The provider's id if it is one of this dialect, else the call's. */
export function messageId(id: string, { callId }: Reply): string {
  return id.startsWith('msg_') ? id : `msg_${callId.replaceAll('-', '')}`;
}

/** Whether the words of a refusal were the provider's remark beside the content rather than the answer itself. */
const isRemark = ({ finish }: Choice): boolean => finish.raw === 'refusal';

function refusalDetails(choice: Choice): Message['stop_details'] {
  if (encodeFinish(choice.finish).stop_reason !== 'refusal') return null;
  const remarks = isRemark(choice) ? choice.parts : [];
  const words = remarks.flatMap((part) => (part.type === 'refusal' ? part.text : [])).join('');
  return { type: 'refusal', category: null, explanation: words === '' ? null : words };
}

function encodeAnswer(choice: Choice): ContentBlock[] {
  return choice.parts.flatMap((part): ContentBlock[] => {
    if (part.type === 'refusal') return isRemark(choice) ? [] : [textBlock(part.text)];
    return encodeBlocks(part);
  });
}

/** The API leaves `citations` out where there are none; clients refuse the `null` that its types allow. */
export const textBlock = (text: string, citations: TextCitation[] = []): ContentBlock =>
  ({ type: 'text', text, ...(citations.length === 0 ? {} : { citations }) }) as ContentBlock;

/** A part of an answer as blocks; parts that this dialect has no words for are none. */
function encodeBlocks(part: Part): ContentBlock[] {
  switch (part.type) {
    case 'text':
      return [textBlock(part.text, encodeCitations(part.citations))];
    case 'audio':
      return part.transcript === undefined ? [] : [textBlock(part.transcript)];
    case 'reasoning':
      return [encodeReasoning(part)];
    case 'tool-call': {
      const call = {
        type: 'tool_use',
        id: part.id,
        name: part.name,
        input: inputOf(part.arguments),
        caller: { type: 'direct' },
      } satisfies ContentBlock;
      return part.signature === undefined ? [call] : [encodeCallProof(part.id, part.signature), call];
    }
    case 'opaque':
      return part.dialect === OWN ? [part.value as ContentBlock] : [];
    default:
      return [];
  }
}
