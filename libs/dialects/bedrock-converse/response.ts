import { TollgateError } from '#libs/core';
import type { DecodeContext, Reply } from '../dialect.js';
import { arrayOf, defined, inputOf, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatResponse, JsonObject, Part } from '../neutral/index.js';
import { decodeBlock } from './decode-content.js';
import { encodeReasoning } from './encode-content.js';
import { decodeFinish, encodeFinish } from './finish.js';
import { encodeUsage, usageOf } from './usage.js';

const OWN = 'bedrock-converse';

/** A whole answer of `Converse`, which names neither itself nor its model. Throws `upstream_error` on anything else. */
export function decodeResponse(body: JsonObject, { outputTool }: DecodeContext): ChatResponse {
  const message = objectOf(objectOf(body['output'])['message']);
  if (!Array.isArray(message['content'])) {
    throw new TollgateError('upstream_error', 'The provider answered in an unexpected form.', {
      detail: `no output message: ${JSON.stringify(body).slice(0, 200)}`,
    });
  }
  const parts = arrayOf(message['content'])
    .filter(isObject)
    .map(decodeBlock)
    .map((part) => asAnswer(part, outputTool));
  const called = parts.some(({ type }) => type === 'tool-call');
  const stopSequence = objectOf(body['additionalModelResponseFields'])['stop_sequence'];
  return defined<ChatResponse>({
    id: '',
    model: '',
    choices: [{ index: 0, parts, finish: decodeFinish(body['stopReason'], stopSequence, !called) }],
    usage: usageOf(body),
    serviceTier: textOf(objectOf(body['serviceTier'])['type']),
  });
}

const asAnswer = (part: Part, outputTool: string | undefined): Part =>
  part.type === 'tool-call' && part.name === outputTool ? { type: 'text', text: part.arguments } : part;

/** An answer for a client of `Converse`. It has room for one choice: the first. */
export function encodeResponse(response: ChatResponse, _reply: Reply): JsonObject {
  const choice = response.choices[0];
  return {
    output: { message: { role: 'assistant', content: (choice?.parts ?? []).flatMap(encodeAnswer) } },
    stopReason: choice ? encodeFinish(choice.finish) : 'end_turn',
    ...(response.usage ? { usage: encodeUsage(response.usage.tokens) } : {}),
    metrics: { latencyMs: 0 },
  };
}

/** A part of an answer as blocks; parts that this dialect has no words for are none. */
function encodeAnswer(part: Part): readonly object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ text: part.text }];
    case 'audio':
      return part.transcript === undefined ? [] : [{ text: part.transcript }];
    case 'reasoning':
      return [encodeReasoning(part)];
    case 'tool-call':
      return [{ toolUse: { toolUseId: part.id, name: part.name, input: inputOf(part.arguments) } }];
    case 'opaque':
      return part.dialect === OWN ? [part.value as object] : [];
    default:
      return [];
  }
}
