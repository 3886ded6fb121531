import type { Envelope } from '../dialect.js';
import {
  arrayOf,
  defined,
  invalid,
  isObject,
  objectOf,
  optional,
  parseObject,
  readArray,
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
  Tool,
  ToolChoice,
} from '../neutral/index.js';
import { isStrictSchema } from '../neutral/strict-schema.js';
import { decodeBlocks, decodeCachePoint } from './decode-content.js';

const OWN = 'bedrock-converse';

const KNOWN: ReadonlySet<string> = new Set([
  'modelId',
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'outputConfig',
  'requestMetadata',
  'serviceTier',
  'additionalModelRequestFields',
]);

/** A body of `Converse` or `ConverseStream`; the URL says model and stream. Throws `invalid_request` naming the field. */
export function decodeRequest(body: JsonObject, envelope: Envelope): ChatRequest {
  const inference = objectOf(optional(body['inferenceConfig'], 'inferenceConfig', readObject));
  const toolConfig = objectOf(optional(body['toolConfig'], 'toolConfig', readObject));
  const { thinking, top_k, output_config, ...fields } = objectOf(body['additionalModelRequestFields']);
  const entries = arrayOf(toolConfig['tools']).filter(isObject);
  const tools = decodeTools(entries);
  const serverTools = entries.filter((entry) => !isObject(entry['toolSpec']) && !decodeCachePoint(entry));
  return defined<ChatRequest>({
    dialect: OWN,
    model: readName(envelope.model ?? body['modelId'], 'modelId'),
    stream: envelope.stream ?? false,
    streamUsage: true,
    messages: [...decodeSystem(body['system']), ...decodeMessages(body['messages'])],
    tools: tools.length === 0 ? undefined : tools,
    serverTools: serverTools.length === 0 ? undefined : serverTools.map((value) => ({ dialect: OWN, value })),
    toolChoice: decodeToolChoice(objectOf(toolConfig['toolChoice'])),
    output: decodeOutput(objectOf(objectOf(body['outputConfig'])['textFormat'])),
    reasoning: decodeThinking(objectOf(thinking), textOf(objectOf(output_config)['effort'])),
    maxOutputTokens: optional(inference['maxTokens'], 'inferenceConfig.maxTokens', readPositive),
    temperature: optional(inference['temperature'], 'inferenceConfig.temperature', readNumber),
    topP: optional(inference['topP'], 'inferenceConfig.topP', readNumber),
    topK: optional(top_k, 'additionalModelRequestFields.top_k', readNumber),
    stop: optional(inference['stopSequences'], 'inferenceConfig.stopSequences', readArray(readString)),
    metadata: optional(body['requestMetadata'], 'requestMetadata', readObject) as ChatRequest['metadata'],
    serviceTier: textOf(objectOf(body['serviceTier'])['type']),
    rest: {
      ...restOf(body, KNOWN),
      ...(Object.keys(fields).length === 0 ? {} : { additionalModelRequestFields: fields }),
    },
  });
}

function decodeSystem(system: unknown): readonly Message[] {
  const parts = decodeBlocks(optional(system, 'system', readArray(readObject)));
  return parts.length === 0 ? [] : [{ role: 'system', parts }];
}

function decodeMessages(value: unknown): readonly Message[] {
  const messages = readArray(readObject)(value, 'messages');
  if (messages.length === 0) throw invalid('messages', 'must hold at least one message');
  return messages.flatMap((message, index): readonly Message[] => {
    const role = readOneOf('user', 'assistant')(message['role'], `messages.${index}.role`);
    const parts = decodeBlocks(readArray(readObject)(message['content'], `messages.${index}.content`));
    return role === 'user' ? splitResults(parts) : [{ role, parts }];
  });
}

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

function decodeTools(entries: readonly JsonObject[]): readonly Tool[] {
  const tools: Tool[] = [];
  for (const entry of entries) {
    const cache = decodeCachePoint(entry);
    const last = tools.at(-1);
    if (cache && last) tools[tools.length - 1] = { ...last, cache };
    if (isObject(entry['toolSpec'])) tools.push(decodeTool(entry['toolSpec']));
  }
  return tools;
}

function decodeTool(spec: JsonObject): Tool {
  return defined<Tool>({
    name: readName(spec['name'], 'toolConfig.tools.toolSpec.name'),
    description: textOf(spec['description']),
    parameters: optional(
      objectOf(spec['inputSchema'])['json'],
      'toolConfig.tools.toolSpec.inputSchema.json',
      readObject,
    ),
    strict: typeof spec['strict'] === 'boolean' ? spec['strict'] : undefined,
  });
}

function decodeToolChoice(choice: JsonObject): ToolChoice | undefined {
  if (isObject(choice['tool']))
    return { kind: 'tool', name: readName(choice['tool']['name'], 'toolConfig.toolChoice.tool.name') };
  if (choice['any'] !== undefined) return { kind: 'required' };
  return choice['auto'] === undefined ? undefined : { kind: 'auto' };
}

/** The schema comes as JSON text. */
function decodeOutput(format: JsonObject): OutputFormat | undefined {
  const wire = objectOf(objectOf(format['structure'])['jsonSchema']);
  const schema = parseObject(textOf(wire['schema']) ?? '');
  if (!schema) return undefined;
  const description = textOf(wire['description']);
  return {
    kind: 'json-schema',
    name: textOf(wire['name']) ?? 'output',
    schema,
    strict: isStrictSchema(schema),
    ...(description === undefined ? {} : { description }),
  };
}

/** Claude's own fields, which the API hands on. */
function decodeThinking(thinking: JsonObject, effort: string | undefined): Reasoning | undefined {
  const said = effort === undefined ? {} : { effort: effort as NonNullable<Reasoning['effort']> };
  switch (thinking['type']) {
    case 'disabled':
      return { effort: 'none' };
    case 'enabled':
      return {
        budgetTokens: readPositive(thinking['budget_tokens'], 'additionalModelRequestFields.thinking.budget_tokens'),
        visible: true,
      };
    case 'adaptive':
      return { ...said, visible: thinking['display'] !== 'omitted' };
    default:
      return effort === undefined ? undefined : said;
  }
}
