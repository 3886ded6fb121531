import type { Envelope } from '../dialect.js';
import {
  defined,
  invalid,
  isObject,
  objectOf,
  optional,
  type Read,
  readArray,
  readBoolean,
  readInteger,
  readName,
  readNumber,
  readObject,
  readOneOf,
  readPositive,
  readString,
  restOf,
  textOf,
} from '../json/index.js';
import type {
  ChatRequest,
  JsonObject,
  Message,
  OutputFormat,
  Part,
  Reasoning,
  Source,
  TextPart,
  Tool,
} from '../neutral/index.js';
import { isStrictSchema } from '../neutral/strict-schema.js';
import { planPart, thinkingPart } from './reasoning.js';

const OWN = 'cohere-chat';

const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'stream',
  'tools',
  'tool_choice',
  'strict_tools',
  'response_format',
  'thinking',
  'max_tokens',
  'temperature',
  'p',
  'k',
  'seed',
  'stop_sequences',
  'presence_penalty',
  'frequency_penalty',
]);

/** A body of `POST /v2/chat`. Throws `invalid_request` naming the field. */
export function decodeRequest(body: JsonObject, _envelope: Envelope): ChatRequest {
  const number = (name: string): number | undefined => optional(body[name], name, readNumber);
  const strict = optional(body['strict_tools'], 'strict_tools', readBoolean);
  const tools = optional(body['tools'], 'tools', readArray(readObject));
  const choice = optional(body['tool_choice'], 'tool_choice', readOneOf('REQUIRED', 'NONE'));
  return defined<ChatRequest>({
    dialect: OWN,
    model: readName(body['model'], 'model'),
    stream: optional(body['stream'], 'stream', readBoolean) ?? false,
    streamUsage: true,
    messages: decodeMessages(body['messages']),
    tools: tools?.map((tool, index) => decodeTool(tool, `tools.${index}`, strict)),
    toolChoice: choice && { kind: choice === 'REQUIRED' ? 'required' : 'none' },
    output: decodeOutput(objectOf(body['response_format'])),
    reasoning: decodeThinking(optional(body['thinking'], 'thinking', readObject)),
    maxOutputTokens: optional(body['max_tokens'], 'max_tokens', readPositive),
    temperature: number('temperature'),
    topP: number('p'),
    topK: number('k'),
    seed: optional(body['seed'], 'seed', readInteger),
    stop: optional(body['stop_sequences'], 'stop_sequences', readArray(readString)),
    presencePenalty: number('presence_penalty'),
    frequencyPenalty: number('frequency_penalty'),
    rest: restOf(body, KNOWN),
  });
}

function decodeMessages(value: unknown): readonly Message[] {
  const messages = readArray(decodeMessage)(value, 'messages');
  if (messages.length === 0) throw invalid('messages', 'must hold at least one message');
  return messages;
}

const decodeMessage: Read<Message> = (value, param) => {
  const message = readObject(value, param);
  const role = readOneOf('system', 'user', 'assistant', 'tool')(message['role'], `${param}.role`);
  const content = decodeContent(message['content'], `${param}.content`);
  if (role === 'assistant') return { role, parts: decodeAssistant(message, content, param) };
  if (role !== 'tool') return { role, parts: content };
  const texts = content.filter((part): part is TextPart => part.type === 'text');
  const callId = readName(message['tool_call_id'], `${param}.tool_call_id`);
  return { role, parts: [{ type: 'tool-result', callId, content: texts }] };
};

function decodeAssistant(message: JsonObject, content: readonly Part[], param: string): readonly Part[] {
  const plan = textOf(message['tool_plan']);
  const calls = optional(message['tool_calls'], `${param}.tool_calls`, readArray(readObject)) ?? [];
  return [
    ...(plan ? [planPart(plan)] : []),
    ...content,
    ...calls.map((call, index): Part => {
      const fn = readObject(call['function'], `${param}.tool_calls.${index}.function`);
      return {
        type: 'tool-call',
        id: readName(call['id'], `${param}.tool_calls.${index}.id`),
        name: readName(fn['name'], `${param}.tool_calls.${index}.function.name`),
        arguments: textOf(fn['arguments']) || '{}',
      };
    }),
  ];
}

function decodeContent(value: unknown, param: string): readonly Part[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [{ type: 'text', text: value }];
  return readArray((item, at) => decodePart(readObject(item, at), at))(value, param);
}

function decodePart(part: JsonObject, param: string): Part {
  switch (part['type']) {
    case 'text':
      return { type: 'text', text: readString(part['text'], `${param}.text`) };
    case 'thinking':
      return thinkingPart(readString(part['thinking'], `${param}.thinking`));
    case 'image_url': {
      const image = readObject(part['image_url'], `${param}.image_url`);
      const detail = textOf(image['detail']);
      const source = sourceOf(readName(image['url'], `${param}.image_url.url`));
      return { type: 'image', source, ...(detail === undefined ? {} : { detail }) };
    }
    case 'document': {
      // What a tool found; its text is what others can read.
      const data = objectOf(part['document'])['data'];
      return { type: 'text', text: isObject(data) ? JSON.stringify(data) : (textOf(data) ?? '') };
    }
    default:
      return { type: 'opaque', dialect: OWN, value: part };
  }
}

function sourceOf(url: string): Source {
  const [, mediaType, data] = /^data:([^;,]+);base64,(.*)$/s.exec(url) ?? [];
  return mediaType !== undefined && data !== undefined ? { kind: 'base64', mediaType, data } : { kind: 'url', url };
}

function decodeTool(tool: JsonObject, param: string, strict: boolean | undefined): Tool {
  const fn = readObject(tool['function'], `${param}.function`);
  return defined<Tool>({
    name: readName(fn['name'], `${param}.function.name`),
    description: optional(fn['description'], `${param}.function.description`, readString),
    parameters: optional(fn['parameters'], `${param}.function.parameters`, readObject),
    strict: strict || undefined,
  });
}

function decodeOutput(format: JsonObject): OutputFormat | undefined {
  if (format['type'] !== 'json_object') return undefined;
  const schema = format['json_schema'] ?? format['schema'];
  if (!isObject(schema)) return { kind: 'json' };
  return { kind: 'json-schema', name: 'output', schema, strict: isStrictSchema(schema) };
}

function decodeThinking(thinking: JsonObject | undefined): Reasoning | undefined {
  if (!thinking) return undefined;
  if (thinking['type'] === 'disabled') return { effort: 'none' };
  const budget = optional(thinking['token_budget'], 'thinking.token_budget', readPositive);
  return { ...(budget === undefined ? {} : { budgetTokens: budget }), visible: true };
}
