import { TollgateError } from '#libs/core';
import type { DecodeContext, Reply } from '../dialect.js';
import { arrayOf, defined, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatResponse, Choice, JsonObject, Part, TextPart } from '../neutral/index.js';
import { decodeCitation, encodeCitation, isAbout } from './citations.js';
import { decodeFinish, encodeFinish } from './finish.js';
import { isPlan, planPart, thinkingPart } from './reasoning.js';
import { encodeUsage, usageOf } from './usage.js';

const OWN = 'cohere-chat';

/** A whole answer of `POST /v2/chat`, which does not name its model. Throws `upstream_error` on anything else. */
export function decodeResponse(body: JsonObject, { outputTool }: DecodeContext): ChatResponse {
  const { message } = body;
  if (!isObject(message)) {
    throw new TollgateError('upstream_error', 'The provider answered in an unexpected form.', {
      detail: `no message: ${JSON.stringify(body).slice(0, 200)}`,
    });
  }
  const plan = textOf(message['tool_plan']);
  const citations = arrayOf(message['citations']).filter(isObject);
  const parts: Part[] = [
    ...(plan ? [planPart(plan)] : []),
    ...arrayOf(message['content'])
      .filter(isObject)
      .map((part, index) => decodePart(part, index, citations)),
    ...arrayOf(message['tool_calls'])
      .filter(isObject)
      .map((call) => decodeCall(call, outputTool)),
  ];
  return defined<ChatResponse>({
    id: textOf(body['id']) ?? '',
    model: '',
    choices: [
      { index: 0, parts, finish: decodeFinish(body['finish_reason'], !parts.some(({ type }) => type === 'tool-call')) },
    ],
    usage: usageOf(body),
  });
}

function decodePart(part: JsonObject, index: number, citations: readonly JsonObject[]): Part {
  if (part['type'] === 'thinking') return thinkingPart(textOf(part['thinking']) ?? '');
  if (part['type'] !== 'text') return { type: 'opaque', dialect: OWN, value: part };
  const own = citations.filter((citation) => isAbout(citation, index)).map(decodeCitation);
  return { type: 'text', text: textOf(part['text']) ?? '', ...(own.length === 0 ? {} : { citations: own }) };
}

function decodeCall(call: JsonObject, outputTool: string | undefined): Part {
  const fn = objectOf(call['function']);
  const name = textOf(fn['name']) ?? '';
  const json = textOf(fn['arguments']) || '{}';
  return name === outputTool
    ? { type: 'text', text: json }
    : { type: 'tool-call', id: textOf(call['id']) ?? '', name, arguments: json };
}

/** An answer for a client of `POST /v2/chat`. It has room for one choice: the first. */
export function encodeResponse(response: ChatResponse, reply: Reply): JsonObject {
  const choice = response.choices[0];
  return {
    id: response.id || reply.callId,
    finish_reason: choice ? encodeFinish(choice.finish) : 'COMPLETE',
    message: { role: 'assistant', ...(choice ? encodeMessage(choice) : { content: [] }) },
    ...(response.usage ? { usage: encodeUsage(response.usage.tokens) } : {}),
  };
}

function encodeMessage({ parts }: Choice): JsonObject {
  const plan = parts.flatMap((part) => (part.type === 'reasoning' && isPlan(part) ? part.text : [])).join('');
  const calls = parts.flatMap((part) =>
    part.type === 'tool-call'
      ? [{ id: part.id, type: 'function', function: { name: part.name, arguments: part.arguments } }]
      : [],
  );
  const citations = parts
    .filter((part): part is TextPart => part.type === 'text')
    .flatMap(({ text, citations: cited = [] }) => cited.map((citation) => encodeCitation(citation, text)))
    .filter((citation) => citation !== undefined);
  return {
    content: parts.flatMap(encodePart),
    ...(plan === '' ? {} : { tool_plan: plan }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...(citations.length === 0 ? {} : { citations }),
  };
}

/** The API has no field for a proof: another provider's thinking is shown and cannot come back. */
function encodePart(part: Part): readonly object[] {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return [{ type: 'text', text: part.text }];
    case 'audio':
      return part.transcript === undefined ? [] : [{ type: 'text', text: part.transcript }];
    case 'reasoning':
      return isPlan(part) || part.text === '' ? [] : [{ type: 'thinking', thinking: part.text }];
    case 'opaque':
      return part.dialect === OWN ? [part.value as object] : [];
    default:
      return [];
  }
}
