import type { Envelope } from '../dialect.js';
import {
  defined,
  optional,
  readBoolean,
  readCount,
  readName,
  readNumber,
  readObject,
  readPositive,
  readString,
  restOf,
} from '../json/index.js';
import type { ChatRequest, JsonObject, Message, OutputFormat, Reasoning } from '../neutral/index.js';
import { decodeInput } from './decode-input.js';
import { decodeToolChoice, decodeTools } from './tools.js';

const KNOWN = new Set([
  'model',
  'input',
  'instructions',
  'stream',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'text',
  'reasoning',
  'max_output_tokens',
  'temperature',
  'top_p',
  'top_logprobs',
  'user',
  'metadata',
  'service_tier',
]);

const EFFORTS: ReadonlySet<unknown> = new Set(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']);

/** Throws `invalid_request` with `param` on anything malformed. https://platform.openai.com/docs/api-reference/responses/create */
export function decodeRequest(body: JsonObject, envelope: Envelope): ChatRequest {
  const read = <T>(key: string, reader: (value: unknown, param: string) => T) => optional(body[key], key, reader);
  const text = read('text', readObject) ?? {};
  const { format, ...textRest } = text;
  const tools = read('tools', decodeTools);
  const toolChoice = read('tool_choice', decodeToolChoice);
  const reasoning = read('reasoning', readObject);
  const logprobs = read('top_logprobs', readCount);
  return defined<ChatRequest>({
    dialect: 'openai-responses',
    model: readName(body['model'] ?? envelope.model, 'model'),
    stream: read('stream', readBoolean) ?? envelope.stream ?? false,
    streamUsage: true,
    messages: [...instructions(body), ...(body['input'] === undefined ? [] : decodeInput(body['input']))],
    tools: tools && tools.tools.length > 0 ? tools.tools : undefined,
    serverTools: tools && tools.serverTools.length > 0 ? tools.serverTools : undefined,
    toolChoice,
    parallelToolCalls: read('parallel_tool_calls', readBoolean),
    output: optional(format, 'text.format', decodeFormat),
    reasoning: reasoning && decodeReasoning(reasoning),
    maxOutputTokens: read('max_output_tokens', readPositive),
    temperature: read('temperature', readNumber),
    topP: read('top_p', readNumber),
    logprobs: logprobs === undefined ? undefined : { top: logprobs },
    endUser: read('user', readString),
    metadata: read('metadata', readMetadata),
    serviceTier: read('service_tier', readString),
    boundBy: boundBy(body),
    rest: {
      ...restOf(body, KNOWN),
      ...(toolChoice === undefined && body['tool_choice'] ? { tool_choice: body['tool_choice'] } : {}),
      ...(Object.keys(textRest).length === 0 ? {} : { text: textRest }),
    },
  });
}

const instructions = (body: JsonObject): Message[] => {
  const text = optional(body['instructions'], 'instructions', readString);
  return text === undefined ? [] : [{ role: 'system', parts: [{ type: 'text', text }] }];
};

/** What only has meaning where the conversation, the prompt or the item is stored. */
function boundBy(body: JsonObject): string | undefined {
  const field = ['previous_response_id', 'conversation', 'prompt'].find(
    (name) => body[name] !== undefined && body[name] !== null,
  );
  if (field !== undefined) return field;
  const items = Array.isArray(body['input']) ? (body['input'] as readonly JsonObject[]) : [];
  const index = items.findIndex((item) => item['type'] === 'item_reference');
  return index === -1 ? undefined : `input.${index}`;
}

function decodeFormat(value: unknown, param: string): OutputFormat | undefined {
  const format = readObject(value, param);
  switch (readString(format['type'], `${param}.type`)) {
    case 'text':
      return { kind: 'text' };
    case 'json_object':
      return { kind: 'json' };
    case 'json_schema': {
      const description = optional(format['description'], `${param}.description`, readString);
      return {
        kind: 'json-schema',
        name: readName(format['name'], `${param}.name`),
        schema: readObject(format['schema'], `${param}.schema`),
        strict: optional(format['strict'], `${param}.strict`, readBoolean) ?? false,
        ...(description === undefined ? {} : { description }),
      };
    }
    default:
      return undefined;
  }
}

function decodeReasoning(reasoning: JsonObject): Reasoning | undefined {
  const effort = optional(reasoning['effort'], 'reasoning.effort', readString);
  const summary = reasoning['summary'] ?? reasoning['generate_summary'];
  const decoded = defined<Reasoning>({
    effort: EFFORTS.has(effort) ? (effort as Reasoning['effort']) : undefined,
    visible: optional(summary, 'reasoning.summary', readString) === undefined ? undefined : true,
  });
  return Object.keys(decoded).length === 0 ? undefined : decoded;
}

function readMetadata(value: unknown, param: string): Readonly<Record<string, string>> {
  const entries = Object.entries(readObject(value, param));
  return Object.fromEntries(entries.map(([key, text]) => [key, readString(text, `${param}.${key}`)]));
}
