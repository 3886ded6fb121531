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
  ServerTool,
  Tool,
  ToolChoice,
} from '../neutral/index.js';
import { isStrictSchema } from '../neutral/strict-schema.js';
import { decodeCache, decodeContent } from './decode-content.js';
import { attachCallProofs } from './reasoning.js';

const OWN = 'anthropic-messages';

/** Fields with a neutral place; the others are kept in `rest`. */
const KNOWN: ReadonlySet<string> = new Set([
  'model',
  'messages',
  'system',
  'stream',
  'max_tokens',
  'tools',
  'tool_choice',
  'output_config',
  'thinking',
  'temperature',
  'top_p',
  'top_k',
  'stop_sequences',
  'metadata',
  'service_tier',
]);

/** A body of `POST /v1/messages` (platform.claude.com/docs/en/api/messages). Throws `invalid_request` naming the field. */
export function decodeRequest(body: JsonObject, _envelope: Envelope): ChatRequest {
  const tools = optional(body['tools'], 'tools', readArray(readObject)) ?? [];
  const custom = tools.filter(isCustom);
  const serverTools = tools.filter((tool) => !isCustom(tool));
  const metadata = optional(body['metadata'], 'metadata', readObject);
  const toolChoice = optional(body['tool_choice'], 'tool_choice', readObject);
  return defined<ChatRequest>({
    dialect: OWN,
    model: readName(body['model'], 'model'),
    stream: optional(body['stream'], 'stream', readBoolean) ?? false,
    streamUsage: true,
    messages: [...decodeSystem(body['system']), ...decodeMessages(body['messages'])],
    tools: custom.length === 0 ? undefined : custom.map((tool) => decodeTool(tool, `tools.${tools.indexOf(tool)}`)),
    serverTools: serverTools.length === 0 ? undefined : serverTools.map(serverTool),
    toolChoice: toolChoice && decodeToolChoice(toolChoice),
    parallelToolCalls: decodeParallel(toolChoice),
    output: decodeOutput(body['output_config']),
    reasoning: decodeThinking(body['thinking'], objectOf(body['output_config'])['effort']),
    maxOutputTokens: readPositive(body['max_tokens'], 'max_tokens'),
    temperature: optional(body['temperature'], 'temperature', readNumber),
    topP: optional(body['top_p'], 'top_p', readNumber),
    topK: optional(body['top_k'], 'top_k', readNumber),
    stop: optional(body['stop_sequences'], 'stop_sequences', readArray(readString)),
    endUser: optional(metadata?.['user_id'], 'metadata.user_id', readString),
    serviceTier: optional(body['service_tier'], 'service_tier', readString),
    // A conversation that Anthropic keeps: another provider has only the newest turn of it.
    boundBy: isObject(body['thread']) ? 'thread' : undefined,
    rest: restOf(body, KNOWN),
  });
}

function decodeSystem(system: unknown): readonly Message[] {
  const parts = optional(system, 'system', decodeContent) ?? [];
  return parts.length === 0 ? [] : [{ role: 'system', parts }];
}

function decodeMessages(value: unknown): readonly Message[] {
  const messages = readArray(decodeMessage)(value, 'messages');
  if (messages.length === 0) throw invalid('messages', 'must hold at least one message');
  return messages.flat();
}

const decodeMessage: Read<readonly Message[]> = (value, param) => {
  const message = readObject(value, param);
  const role = readOneOf('user', 'assistant', 'system')(message['role'], `${param}.role`);
  const parts = attachCallProofs(message['content'], decodeContent(message['content'], `${param}.content`));
  return role === 'user' ? splitResults(parts) : [{ role, parts }];
};

/** Tool results come inside the user's message here; in the neutral form the tool speaks for itself. */
function splitResults(parts: readonly Part[]): readonly Message[] {
  const messages: { role: 'user' | 'tool'; parts: Part[] }[] = [];
  for (const part of parts) {
    const role = part.type === 'tool-result' ? 'tool' : 'user';
    const last = messages.at(-1);
    if (last?.role === role) last.parts.push(part);
    else messages.push({ role, parts: [part] });
  }
  return messages;
}

/** Tools without a type, or of type `custom`, are the client's; every other type is one that Anthropic defines. */
const isCustom = (tool: JsonObject): boolean =>
  tool['type'] === undefined || tool['type'] === null || tool['type'] === 'custom';

const serverTool = (value: JsonObject): ServerTool => ({ dialect: OWN, value });

function decodeTool(tool: JsonObject, param: string): Tool {
  return defined<Tool>({
    name: readName(tool['name'], `${param}.name`),
    description: optional(tool['description'], `${param}.description`, readString),
    parameters: optional(tool['input_schema'], `${param}.input_schema`, readObject),
    strict: optional(tool['strict'], `${param}.strict`, readBoolean),
    cache: decodeCache(tool).cache,
  });
}

function decodeToolChoice(choice: JsonObject): ToolChoice {
  const type = readOneOf('auto', 'any', 'tool', 'none')(choice['type'], 'tool_choice.type');
  if (type === 'tool') return { kind: 'tool', name: readName(choice['name'], 'tool_choice.name') };
  return { kind: type === 'any' ? 'required' : type };
}

function decodeParallel(choice: JsonObject | undefined): boolean | undefined {
  const disabled = optional(
    choice?.['disable_parallel_tool_use'],
    'tool_choice.disable_parallel_tool_use',
    readBoolean,
  );
  return disabled === undefined ? undefined : !disabled;
}

/** `output_config.format` is always enforced and has no name, which other dialects ask for. */
function decodeOutput(config: unknown): OutputFormat | undefined {
  const format = optional(
    optional(config, 'output_config', readObject)?.['format'],
    'output_config.format',
    readObject,
  );
  if (!format) return undefined;
  const schema = readObject(format['schema'], 'output_config.format.schema');
  return { kind: 'json-schema', name: 'output', schema, strict: isStrictSchema(schema) };
}

const readEffort = readOneOf('low', 'medium', 'high', 'xhigh', 'max');

/**
 * `thinking` and `output_config.effort`. A budget wins over an effort, adaptive thinking without an effort leaves it to the
 * model, and an effort alone says nothing about seeing the thinking.
 */
function decodeThinking(value: unknown, wireEffort: unknown): Reasoning | undefined {
  const thinking = optional(value, 'thinking', readObject);
  const effort = optional(wireEffort, 'output_config.effort', readEffort);
  const said = effort === undefined ? {} : { effort };
  if (!thinking) return effort === undefined ? undefined : said;
  const visible = thinking['display'] !== 'omitted';
  switch (textOf(thinking['type'])) {
    case 'disabled':
      return { effort: 'none' };
    case 'enabled':
      return { budgetTokens: readPositive(thinking['budget_tokens'], 'thinking.budget_tokens'), visible };
    case 'adaptive':
    case 'between_tools':
      return { ...said, visible };
    default:
      throw invalid('thinking.type', 'must be one of enabled, disabled, adaptive');
  }
}
