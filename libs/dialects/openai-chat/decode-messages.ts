import {
  arrayOf,
  defined,
  invalid,
  isObject,
  objectOf,
  optional,
  readArray,
  readName,
  readObject,
  readOneOf,
  readString,
  restOf,
  textOf,
} from '../json/index.js';
import type { JsonObject, Message, Part, ToolCallPart } from '../neutral/index.js';
import { decodeContent } from './decode-content.js';
import { decodeEarlierThinking } from './thinking.js';

const KNOWN = new Set([
  'role',
  'content',
  'name',
  'refusal',
  'audio',
  'tool_calls',
  'tool_call_id',
  'function_call',
  'reasoning_content',
  'reasoning',
  'reasoning_details',
  'annotations',
]);

const readRole = readOneOf('system', 'developer', 'user', 'assistant', 'tool', 'function');

/** Throws `invalid_request` with the path of what is malformed. */
export function decodeMessages(value: unknown): Message[] {
  const messages = readArray(readObject)(value, 'messages');
  if (messages.length === 0) throw invalid('messages', 'must not be empty');
  return messages.map((message, index) => decodeMessage(message, `messages.${index}`));
}

function decodeMessage(message: JsonObject, param: string): Message {
  const role = readRole(message['role'], `${param}.role`);
  const rest = restOf(message, KNOWN);
  return defined<Message>({
    role: role === 'function' ? 'tool' : role,
    parts: partsOf(role, message, param),
    name: role === 'function' ? undefined : optional(message['name'], `${param}.name`, readString),
    rest: Object.keys(rest).length === 0 ? undefined : rest,
  });
}

function partsOf(role: ReturnType<typeof readRole>, message: JsonObject, param: string): Part[] {
  switch (role) {
    case 'assistant':
      return assistantParts(message, param);
    case 'tool':
      return [toolResult(readName(message['tool_call_id'], `${param}.tool_call_id`), message, param)];
    case 'function': {
      const name = readName(message['name'], `${param}.name`);
      return [toolResult(legacyCallId(name), message, param, name)];
    }
    default:
      return decodeContent(message['content'], `${param}.content`);
  }
}

function toolResult(callId: string, message: JsonObject, param: string, name?: string): Part {
  const content = message['content'] === null ? [] : decodeContent(message['content'], `${param}.content`);
  return {
    type: 'tool-result',
    callId,
    ...(name === undefined ? {} : { name }),
    content: content.filter((part) => part.type === 'text' || part.type === 'image' || part.type === 'file'),
  };
}

function assistantParts(message: JsonObject, param: string): Part[] {
  const parts: Part[] = decodeEarlierThinking(message);
  const content = message['content'];
  if (content !== undefined && content !== null && content !== '')
    parts.push(...decodeContent(content, `${param}.content`));
  const refusal = optional(message['refusal'], `${param}.refusal`, readString);
  if (refusal) parts.push({ type: 'refusal', text: refusal });
  const audio = optional(message['audio'], `${param}.audio`, readObject);
  if (audio) {
    const id = readName(audio['id'], `${param}.audio.id`);
    parts.push({ type: 'audio', id, source: { kind: 'id', id, dialect: 'openai-chat' } });
  }
  const calls = optional(message['tool_calls'], `${param}.tool_calls`, readArray(readObject)) ?? [];
  calls.forEach((call, index) => {
    parts.push(decodeCall(call, `${param}.tool_calls.${index}`));
  });
  const legacy = optional(message['function_call'], `${param}.function_call`, readObject);
  if (legacy) parts.push(legacyCall(legacy, `${param}.function_call`));
  return parts;
}

function decodeCall(call: JsonObject, param: string): Part {
  if (call['type'] === 'custom') return { type: 'opaque', dialect: 'openai-chat', value: call };
  const fn = readObject(call['function'], `${param}.function`);
  const signature = signatureOf(call);
  return {
    type: 'tool-call',
    id: readName(call['id'], `${param}.id`),
    name: readName(fn['name'], `${param}.function.name`),
    arguments: optional(fn['arguments'], `${param}.function.arguments`, readString) || '{}',
    ...(signature === undefined ? {} : { signature }),
  };
}

/** Before tools there was one nameless call at a time; its result names the function. */
const legacyCallId = (name: string): string => `call_${name}`;

function legacyCall(call: JsonObject, param: string): ToolCallPart {
  const name = readName(call['name'], `${param}.name`);
  const json = optional(call['arguments'], `${param}.arguments`, readString) || '{}';
  return { type: 'tool-call', id: legacyCallId(name), name, arguments: json };
}

/** Google's proof of thinking, where it stands in this dialect. */
export function signatureOf(call: JsonObject): string | undefined {
  return textOf(objectOf(objectOf(call['extra_content'])['google'])['thought_signature']);
}

/** Calls in an answer, where a vendor may leave out what a client may not. */
export function lenientCalls(value: unknown): ToolCallPart[] {
  return arrayOf(value)
    .filter(isObject)
    .map((call, index) => {
      const fn = objectOf(call['function']);
      const signature = signatureOf(call);
      return {
        type: 'tool-call' as const,
        id: textOf(call['id']) || `call_${index}`,
        name: textOf(fn['name']) ?? '',
        arguments: argumentsOf(fn['arguments']),
        ...(signature === undefined ? {} : { signature }),
      };
    });
}

/** JSON text; some servers send the object itself, or nothing for a call without arguments. */
export function argumentsOf(value: unknown): string {
  if (isObject(value)) return JSON.stringify(value);
  return textOf(value) || '{}';
}
