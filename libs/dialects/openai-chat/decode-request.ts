import type { Envelope } from '../dialect.js';
import {
  defined,
  invalid,
  isObject,
  optional,
  readArray,
  readBoolean,
  readCount,
  readInteger,
  readName,
  readNumber,
  readObject,
  readPositive,
  readString,
  restOf,
} from '../json/index.js';
import type { ChatRequest, JsonObject, OutputFormat, Reasoning, ToolChoice } from '../neutral/index.js';
import { decodeMessages } from './decode-messages.js';
import { decodeToolChoice, decodeTools } from './tools.js';

/** Members with a place in the neutral form; everything else goes to `rest`. */
const KNOWN = new Set([
  'model',
  'messages',
  'stream',
  'stream_options',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'reasoning_effort',
  'reasoning',
  'max_completion_tokens',
  'max_tokens',
  'temperature',
  'top_p',
  'top_k',
  'stop',
  'seed',
  'random_seed',
  'presence_penalty',
  'frequency_penalty',
  'n',
  'logprobs',
  'top_logprobs',
  'audio',
  'modalities',
  'user',
  'metadata',
  'service_tier',
]);

/** Throws `invalid_request` with `param` on anything malformed. https://platform.openai.com/docs/api-reference/chat/create */
export function decodeRequest(body: JsonObject, envelope: Envelope): ChatRequest {
  const stream = optional(body['stream'], 'stream', readBoolean) ?? envelope.stream ?? false;
  const streamOptions = optional(body['stream_options'], 'stream_options', readObject);
  const tools = optional(body['tools'], 'tools', decodeTools);
  const toolChoice = optional(body['tool_choice'], 'tool_choice', decodeToolChoice);
  const output = optional(body['response_format'], 'response_format', decodeOutput);
  const reasoning = decodeReasoning(body);
  const read = <T>(key: string, reader: (value: unknown, param: string) => T) => optional(body[key], key, reader);
  return defined<ChatRequest>({
    dialect: 'openai-chat',
    model: readName(body['model'] ?? envelope.model, 'model'),
    stream,
    streamUsage: optional(streamOptions?.['include_usage'], 'stream_options.include_usage', readBoolean) ?? false,
    messages: decodeMessages(body['messages']),
    tools: tools && tools.tools.length > 0 ? tools.tools : undefined,
    serverTools: tools && tools.serverTools.length > 0 ? tools.serverTools : undefined,
    toolChoice,
    parallelToolCalls: read('parallel_tool_calls', readBoolean),
    output,
    reasoning,
    maxOutputTokens: read('max_completion_tokens', readPositive) ?? read('max_tokens', readPositive),
    temperature: read('temperature', readNumber),
    topP: read('top_p', readNumber),
    topK: read('top_k', readInteger),
    stop: read('stop', readStop),
    seed: read('seed', readInteger) ?? read('random_seed', readInteger),
    presencePenalty: read('presence_penalty', readNumber),
    frequencyPenalty: read('frequency_penalty', readNumber),
    n: read('n', readPositive),
    logprobs: read('logprobs', readBoolean) === true ? { top: read('top_logprobs', readCount) ?? 0 } : undefined,
    audio: read('audio', readAudio),
    endUser: read('user', readString),
    metadata: read('metadata', readMetadata),
    serviceTier: read('service_tier', readString),
    rest: { ...restOf(body, KNOWN), ...leftOver(body, { toolChoice, output, reasoning, streamOptions }) },
  });
}

/** Known members that hold a value only this dialect's vendors understand: kept as they are. */
function leftOver(
  body: JsonObject,
  read: {
    readonly toolChoice: ToolChoice | undefined;
    readonly output: OutputFormat | undefined;
    readonly reasoning: Reasoning | undefined;
    readonly streamOptions: JsonObject | undefined;
  },
): JsonObject {
  const rest: Record<string, unknown> = {};
  const keep = (key: string, understood: unknown) => {
    if (body[key] !== undefined && body[key] !== null && understood === undefined) rest[key] = body[key];
  };
  keep('tool_choice', read.toolChoice);
  keep('response_format', read.output);
  if (read.reasoning?.effort === undefined) keep('reasoning_effort', undefined);
  if (read.reasoning === undefined) keep('reasoning', undefined);
  const { include_usage: _, ...options } = read.streamOptions ?? {};
  if (Object.keys(options).length > 0) rest['stream_options'] = options;
  const spoken = body['audio'] === undefined || body['audio'] === null ? ['text'] : ['text', 'audio'];
  const modalities = body['modalities'];
  if (Array.isArray(modalities) && !modalities.every((kind) => spoken.includes(kind))) rest['modalities'] = modalities;
  return rest;
}

function readStop(value: unknown, param: string): readonly string[] {
  return typeof value === 'string' ? [value] : readArray(readString)(value, param);
}

function readAudio(value: unknown, param: string): { voice: string; format: string } {
  const audio = readObject(value, param);
  const voice = isObject(audio['voice']) ? audio['voice']['id'] : audio['voice'];
  return { voice: readName(voice, `${param}.voice`), format: readName(audio['format'], `${param}.format`) };
}

function readMetadata(value: unknown, param: string): Readonly<Record<string, string>> {
  const entries = Object.entries(readObject(value, param));
  return Object.fromEntries(entries.map(([key, text]) => [key, readString(text, `${param}.${key}`)]));
}

/** Undefined for formats of one vendor (a grammar, say). */
function decodeOutput(value: unknown, param: string): OutputFormat | undefined {
  const format = readObject(value, param);
  switch (readString(format['type'], `${param}.type`)) {
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return format['schema'] === undefined ? { kind: 'json' } : undefined;
    case 'json_schema': {
      const inner = readObject(format['json_schema'], `${param}.json_schema`);
      const description = optional(inner['description'], `${param}.json_schema.description`, readString);
      return {
        kind: 'json-schema',
        name: readName(inner['name'], `${param}.json_schema.name`),
        schema: optional(inner['schema'], `${param}.json_schema.schema`, readObject) ?? {},
        strict: optional(inner['strict'], `${param}.json_schema.strict`, readBoolean) ?? false,
        ...(description === undefined ? {} : { description }),
      };
    }
    default:
      return undefined;
  }
}

const EFFORTS: ReadonlySet<unknown> = new Set(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);

/** OpenAI's `reasoning_effort`, or OpenRouter's `reasoning: { effort | max_tokens, exclude }`. */
function decodeReasoning(body: JsonObject): Reasoning | undefined {
  const details = optional(body['reasoning'], 'reasoning', readObject) ?? {};
  const effort = optional(body['reasoning_effort'], 'reasoning_effort', readString) ?? details['effort'];
  const budgetTokens = optional(details['max_tokens'], 'reasoning.max_tokens', readPositive);
  const exclude = optional(details['exclude'], 'reasoning.exclude', readBoolean);
  const reasoning = defined<Reasoning>({
    effort: EFFORTS.has(effort) ? (effort as Reasoning['effort']) : undefined,
    budgetTokens,
    visible: exclude === undefined ? undefined : !exclude,
  });
  if (reasoning.effort !== undefined && reasoning.budgetTokens !== undefined) {
    throw invalid('reasoning', 'must not set both an effort and max_tokens');
  }
  return Object.keys(reasoning).length === 0 ? undefined : reasoning;
}
