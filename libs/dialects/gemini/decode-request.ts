import type { Envelope } from '../dialect.js';
import {
  arrayOf,
  defined,
  invalid,
  objectOf,
  optional,
  readArray,
  readCount,
  readInteger,
  readName,
  readNumber,
  readObject,
  readPositive,
  readString,
  restOf,
  textOf,
} from '../json/index.js';
import type {
  ChatRequest,
  JsonObject,
  OutputFormat,
  Reasoning,
  ServerTool,
  Tool,
  ToolChoice,
} from '../neutral/index.js';
import { isStrictSchema } from '../neutral/strict-schema.js';
import { decodeContent, decodeInstruction, joinTurns } from './decode-contents.js';
import { HistoryIds } from './ids.js';
import { member, spellings } from './member.js';
import { jsonSchemaOf } from './schema.js';

const OWN = 'gemini';
export const GENERATION = 'generationConfig.';

const KNOWN = spellings(
  'contents',
  'systemInstruction',
  'generationConfig',
  'tools',
  'toolConfig',
  'labels',
  'serviceTier',
  'model',
);
const KNOWN_GENERATION = spellings(
  'temperature',
  'topP',
  'topK',
  'candidateCount',
  'maxOutputTokens',
  'stopSequences',
  'seed',
  'presencePenalty',
  'frequencyPenalty',
  'responseLogprobs',
  'logprobs',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'responseModalities',
  'speechConfig',
  'thinkingConfig',
);

/**
 * A body of `generateContent` or `streamGenerateContent` (ai.google.dev/api/generate-content); the URL says model and
 * stream. Throws `invalid_request` naming the field.
 */
export function decodeRequest(body: JsonObject, envelope: Envelope): ChatRequest {
  const config = objectOf(optional(member(body, 'generationConfig'), 'generationConfig', readObject));
  const read = (name: string): unknown => member(config, name);
  const param = (name: string): string => GENERATION + name;
  const number = (name: string): number | undefined => optional(read(name), param(name), readNumber);
  const tools = optional(body['tools'], 'tools', readArray(readObject)) ?? [];
  const declared = tools.flatMap((tool) => arrayOf(member(tool, 'functionDeclarations')));
  const serverTools = tools.flatMap(decodeServerTools);
  const calling = objectOf(member(objectOf(member(body, 'toolConfig')), 'functionCallingConfig'));
  return defined<ChatRequest>({
    dialect: OWN,
    model: readName(envelope.model ?? body['model'], 'model'),
    stream: envelope.stream ?? false,
    streamUsage: true,
    messages: [...decodeInstruction(member(body, 'systemInstruction')), ...decodeContents(body['contents'])],
    tools: declared.length === 0 ? undefined : declared.map(decodeTool),
    serverTools: serverTools.length === 0 ? undefined : serverTools,
    toolChoice: decodeToolChoice(calling),
    output: decodeOutput(config),
    reasoning: decodeThinking(objectOf(read('thinkingConfig'))),
    maxOutputTokens: optional(read('maxOutputTokens'), param('maxOutputTokens'), readPositive),
    temperature: number('temperature'),
    topP: number('topP'),
    topK: number('topK'),
    stop: optional(read('stopSequences'), param('stopSequences'), readArray(readString)),
    seed: optional(read('seed'), param('seed'), readInteger),
    presencePenalty: number('presencePenalty'),
    frequencyPenalty: number('frequencyPenalty'),
    n: optional(read('candidateCount'), param('candidateCount'), readPositive),
    logprobs:
      read('responseLogprobs') === true
        ? { top: optional(read('logprobs'), param('logprobs'), readCount) ?? 0 }
        : undefined,
    audio: decodeAudio(config),
    metadata: optional(body['labels'], 'labels', readObject) as Readonly<Record<string, string>> | undefined,
    serviceTier: optional(member(body, 'serviceTier'), 'serviceTier', readString),
    rest: { ...restOf(body, KNOWN), ...restOfConfig(config) },
  });
}

/** One content is as good as a list of one. */
function decodeContents(value: unknown): ChatRequest['messages'] {
  const contents = Array.isArray(value) || value === undefined ? value : [value];
  const messages = joinTurns(readArray(decodeContent(new HistoryIds()))(contents, 'contents').flat());
  if (messages.length === 0) throw invalid('contents', 'must hold at least one content with a part');
  return messages;
}

function restOfConfig(config: JsonObject): JsonObject {
  const modalities = arrayOf(member(config, 'responseModalities'));
  const beyond = modalities.includes('IMAGE') ? { responseModalities: modalities } : {};
  return Object.fromEntries(
    Object.entries({ ...restOf(config, KNOWN_GENERATION), ...beyond }).map(([key, value]) => [GENERATION + key, value]),
  );
}

/** Every member of a tool but its declarations is a tool that Google runs. */
function decodeServerTools(tool: JsonObject): readonly ServerTool[] {
  return Object.entries(restOf(tool, spellings('functionDeclarations'))).map(([key, value]) => ({
    dialect: OWN,
    value: { [key]: value },
  }));
}

function decodeTool(value: unknown, index: number): Tool {
  const at = `tools.functionDeclarations.${index}`;
  const tool = readObject(value, at);
  const json = optional(member(tool, 'parametersJsonSchema'), `${at}.parametersJsonSchema`, readObject);
  const own = optional(tool['parameters'], `${at}.parameters`, readObject);
  return defined<Tool>({
    name: readName(tool['name'], `${at}.name`),
    description: optional(tool['description'], `${at}.description`, readString),
    parameters: json ?? (own && jsonSchemaOf(own)),
  });
}

function decodeToolChoice(calling: JsonObject): ToolChoice | undefined {
  const [name, ...others] = arrayOf(member(calling, 'allowedFunctionNames')).map(textOf);
  switch (textOf(calling['mode'])?.toUpperCase()) {
    case 'ANY':
      return name !== undefined && others.length === 0 ? { kind: 'tool', name } : { kind: 'required' };
    case 'NONE':
      return { kind: 'none' };
    case 'AUTO':
    case 'VALIDATED':
      return { kind: 'auto' };
    default:
      return undefined;
  }
}

function decodeOutput(config: JsonObject): OutputFormat | undefined {
  if (member(config, 'responseMimeType') !== 'application/json') return undefined;
  const json = optional(member(config, 'responseJsonSchema'), `${GENERATION}responseJsonSchema`, readObject);
  const own = optional(member(config, 'responseSchema'), `${GENERATION}responseSchema`, readObject);
  const schema = json ?? (own && jsonSchemaOf(own));
  if (!schema) return { kind: 'json' };
  return { kind: 'json-schema', name: 'output', schema, strict: isStrictSchema(schema) };
}

const EFFORTS = { MINIMAL: 'minimal', LOW: 'low', MEDIUM: 'medium', HIGH: 'high' } as const;

/** A budget of 0 is off, of -1 the model's own choice. */
function decodeThinking(config: JsonObject): Reasoning | undefined {
  const level = textOf(member(config, 'thinkingLevel'))?.toUpperCase() as keyof typeof EFFORTS | undefined;
  const budget = optional(member(config, 'thinkingBudget'), `${GENERATION}thinkingConfig.thinkingBudget`, readInteger);
  const visible = member(config, 'includeThoughts');
  const shown = typeof visible === 'boolean' ? { visible } : {};
  const effort = level === undefined ? undefined : EFFORTS[level];
  if (effort !== undefined) return { effort, ...shown };
  if (budget === 0) return { effort: 'none', ...shown };
  if (budget !== undefined && budget > 0) return { budgetTokens: budget, ...shown };
  return budget === undefined && Object.keys(shown).length === 0 ? undefined : shown;
}

/** The API speaks 16-bit PCM of 24 kHz and nothing else. */
function decodeAudio(config: JsonObject): ChatRequest['audio'] {
  if (!arrayOf(member(config, 'responseModalities')).includes('AUDIO')) return undefined;
  const voice = objectOf(member(objectOf(member(config, 'speechConfig')), 'voiceConfig'));
  const prebuilt = objectOf(member(voice, 'prebuiltVoiceConfig'));
  return { voice: textOf(member(prebuilt, 'voiceName')) ?? 'Kore', format: 'pcm16' };
}
