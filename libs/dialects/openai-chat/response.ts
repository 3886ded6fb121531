import { TollgateError } from '#libs/core';
import type { DecodeContext, Reply } from '../dialect.js';
import { arrayOf, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatResponse, Choice, JsonObject, Part, TextPart } from '../neutral/index.js';
import { decodeAnnotations, decodeSources, encodeAnnotations } from './citations.js';
import { decodeThinkingPart } from './decode-content.js';
import { argumentsOf, lenientCalls } from './decode-messages.js';
import { decodeFinish, encodeFinish } from './finish.js';
import { mediaTypeOfAudio } from './media.js';
import { decodeThinking, encodeThinking } from './thinking.js';
import type { ChatCompletion, Message, ToolCall } from './types.js';
import { encodeUsage, usageOf } from './usage.js';

/** Throws `upstream_error` when there are no choices in it. Otherwise as lenient as the many servers of this dialect need. */
export function decodeResponse(body: JsonObject, context: DecodeContext): ChatResponse {
  const choices = arrayOf(body['choices']).filter(isObject);
  if (choices.length === 0) {
    throw new TollgateError('upstream_error', 'The provider sent an answer that is no chat completion.', {
      detail: `members: ${Object.keys(body).slice(0, 20).join(', ')}`,
    });
  }
  const sources = decodeSources(body);
  const usage = usageOf(body);
  const serviceTier = textOf(body['service_tier']);
  return {
    id: textOf(body['id']) ?? '',
    model: textOf(body['model']) ?? '',
    ...(typeof body['created'] === 'number' ? { createdSec: Math.floor(body['created']) } : {}),
    choices: choices.map((choice, at) => decodeChoice(choice, at, context, sources)),
    ...(usage === undefined ? {} : { usage }),
    ...(serviceTier === undefined ? {} : { serviceTier }),
  };
}

function decodeChoice(
  choice: JsonObject,
  at: number,
  context: DecodeContext,
  sources: ReturnType<typeof decodeSources>,
): Choice {
  const message = objectOf(choice['message']);
  const parts = decodeParts(message, context, [...sources, ...decodeAnnotations(message['annotations'])]);
  const kinds = new Set(parts.map((part) => part.type));
  return {
    index: typeof choice['index'] === 'number' ? choice['index'] : at,
    parts,
    finish: decodeFinish(textOf(choice['finish_reason']) ?? null, kinds),
    ...(isObject(choice['logprobs']) ? { logprobs: choice['logprobs'] } : {}),
  };
}

function decodeParts(
  message: JsonObject,
  { outputTool }: DecodeContext,
  citations: ReturnType<typeof decodeSources>,
): Part[] {
  const parts: Part[] = decodeThinking(message);
  const content =
    typeof message['content'] === 'string' ? [{ type: 'text', text: message['content'] }] : message['content'];
  for (const part of arrayOf(content).filter(isObject)) {
    if (part['type'] === 'thinking') parts.push(decodeThinkingPart(part));
    else if (textOf(part['text'])) parts.push({ type: 'text', text: textOf(part['text']) ?? '' });
  }
  const cited = parts.findLastIndex((part) => part.type === 'text');
  const text = parts[cited];
  if (text?.type === 'text' && citations.length > 0) parts[cited] = { ...text, citations };
  const refusal = textOf(message['refusal']);
  if (refusal) parts.push({ type: 'refusal', text: refusal });
  if (isObject(message['audio'])) parts.push(decodeAudio(message['audio']));
  for (const call of lenientCalls(
    arrayOf(message['tool_calls']).filter((call) => objectOf(call)['type'] !== 'custom'),
  )) {
    parts.push(call.name === outputTool ? { type: 'text', text: call.arguments } : call);
  }
  for (const call of arrayOf(message['tool_calls'])) {
    if (objectOf(call)['type'] === 'custom') parts.push({ type: 'opaque', dialect: 'openai-chat', value: call });
  }
  if (isObject(message['function_call'])) {
    const { name, arguments: json } = message['function_call'];
    parts.push({
      type: 'tool-call',
      id: `call_${textOf(name)}`,
      name: textOf(name) ?? '',
      arguments: argumentsOf(json),
    });
  }
  return parts;
}

function decodeAudio(audio: JsonObject): Part {
  const id = textOf(audio['id']);
  const transcript = textOf(audio['transcript']);
  return {
    type: 'audio',
    source: { kind: 'base64', mediaType: mediaTypeOfAudio('wav'), data: textOf(audio['data']) ?? '' },
    ...(id === undefined ? {} : { id }),
    ...(transcript === undefined ? {} : { transcript }),
    ...(typeof audio['expires_at'] === 'number' ? { expiresAtSec: audio['expires_at'] } : {}),
  };
}

/** A `chat.completion` with every member that OpenAI's API description requires. */
export function encodeResponse(response: ChatResponse, reply: Reply): JsonObject {
  const completion: ChatCompletion = {
    id: idOf(response.id, reply),
    object: 'chat.completion',
    created: response.createdSec ?? reply.createdSec,
    model: reply.model,
    choices: response.choices.map((choice) => encodeChoice(choice, reply)),
    ...(response.usage === undefined ? {} : { usage: encodeUsage(response.usage) }),
    ...(isTier(response.serviceTier) ? { service_tier: response.serviceTier } : {}),
  };
  return completion as unknown as JsonObject;
}

/** The provider's id where it looks like ours, else one made of the call's. */
export const idOf = (id: string, { callId }: Reply): string =>
  id.startsWith('chatcmpl-') ? id : `chatcmpl-${callId.replaceAll('-', '')}`;

type ServiceTier = NonNullable<ChatCompletion['service_tier']>;
const TIERS: ReadonlySet<string | undefined> = new Set<ServiceTier>(['auto', 'default', 'flex', 'scale', 'priority']);
/** Whether OpenAI's clients know the tier. */
export const isTier = (tier: string | undefined): tier is ServiceTier => TIERS.has(tier);

function encodeChoice({ index, parts, finish, logprobs }: Choice, reply: Reply): ChatCompletion.Choice {
  return {
    index,
    message: encodeMessage(parts, reply),
    logprobs: isObject(logprobs) ? encodeLogprobs(logprobs) : null,
    finish_reason: encodeFinish(finish, new Set(parts.map((part) => part.type))),
  };
}

/** Both lists are required; some vendors leave one out. */
export const encodeLogprobs = (logprobs: JsonObject) =>
  ({
    ...logprobs,
    content: logprobs['content'] ?? null,
    refusal: logprobs['refusal'] ?? null,
  }) as ChatCompletion.Choice.Logprobs;

function encodeMessage(parts: readonly Part[], reply: Reply): Message {
  const texts = parts.filter((part) => part.type === 'text');
  const content = texts.map((part) => part.text).join('');
  const refusal = parts
    .filter((part) => part.type === 'refusal')
    .map((part) => part.text)
    .join('');
  const calls = parts.flatMap(encodeCall);
  const audio = parts.find((part) => part.type === 'audio');
  return {
    role: 'assistant',
    content: texts.length === 0 && (calls.length > 0 || refusal !== '' || audio !== undefined) ? null : content,
    refusal: refusal === '' ? null : refusal,
    ...encodeThinking(parts.filter((part) => part.type === 'reasoning')),
    annotations: annotationsOf(texts),
    ...(audio === undefined ? {} : { audio: encodeAudio(audio, reply) }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

/** Ranges are of each part; the message's content is all of them joined. */
function annotationsOf(texts: readonly TextPart[]): ReturnType<typeof encodeAnnotations> {
  let offset = 0;
  return texts.flatMap(({ text, citations = [] }) => {
    const from = offset;
    offset += text.length;
    return encodeAnnotations(citations, from, text.length);
  });
}

function encodeCall(part: Part): ToolCall[] {
  if (part.type === 'opaque' && part.dialect === 'openai-chat') return [part.value as ToolCall];
  if (part.type !== 'tool-call') return [];
  const { id, name, signature } = part;
  return [
    {
      id,
      type: 'function',
      function: { name, arguments: part.arguments },
      ...(signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } }),
    },
  ];
}

function encodeAudio(part: Extract<Part, { type: 'audio' }>, reply: Reply): NonNullable<Message['audio']> {
  return {
    id: part.id ?? `audio_${reply.callId.replaceAll('-', '')}`,
    data: part.source.kind === 'base64' ? part.source.data : '',
    transcript: part.transcript ?? '',
    expires_at: part.expiresAtSec ?? reply.createdSec,
  };
}
