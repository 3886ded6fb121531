import type { Encoded, EncodeTarget } from '../dialect.js';
import { defined, objectOf } from '../json/index.js';
import { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, DialectId, JsonObject, Reasoning, Tool } from '../neutral/index.js';
import { GENERATION } from './decode-request.js';
import { encodeContents } from './encode-contents.js';
import { encodeThinking } from './thinking.js';
import { type Traits, traitsOf } from './traits.js';
import type { RequestBody, WireDeclaration, WireGeneration, WireToolConfig } from './types.js';

const OWN = 'gemini';
/** ai.google.dev/api/generate-content#generationconfig. */
const STOP_SEQUENCES_MAX = 5;

/** A body for `generateContent`, written for the model it goes to; model and streaming are in the URL. */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded {
  const own = request.dialect === OWN;
  const traits = traitsOf(target.upstreamModel);
  const dropped = new Dropped(request.dialect);
  dropped.addUnknown(OWN, request);
  dropped.addSaid(request, ['endUser']);
  if (request.parallelToolCalls === false) dropped.add('parallelToolCalls');
  const labels = target.provider.includes('vertex') || own ? request.metadata : undefined;
  if (request.metadata && !labels) dropped.add('metadata');

  const outputTool = outputToolOf(request, traits);
  const generationConfig = encodeGeneration(request, traits, outputTool !== undefined, dropped);
  const body = defined<RequestBody>({
    ...encodeContents(request, traits, dropped),
    ...encodeTools(request, outputTool),
    generationConfig: Object.keys(generationConfig).length === 0 ? undefined : generationConfig,
    labels,
    serviceTier: encodeTier(request, dropped),
  } as RequestBody);
  return {
    body: own ? withRest(body, request.rest) : (body as unknown as JsonObject),
    dropped: dropped.names,
    ...(outputTool === undefined ? {} : { outputTool: outputTool.name }),
  };
}

/** Puts the client's unknown fields back where they were. */
function withRest(body: RequestBody, rest: JsonObject): JsonObject {
  const members = Object.entries(rest);
  const inner = members
    .filter(([key]) => key.startsWith(GENERATION))
    .map(([key, value]) => [key.slice(GENERATION.length), value]);
  const outer = members.filter(([key]) => !key.startsWith(GENERATION));
  return {
    ...Object.fromEntries(outer),
    ...body,
    ...(inner.length === 0 ? {} : { generationConfig: { ...body.generationConfig, ...Object.fromEntries(inner) } }),
  };
}

/** Models before Gemini 3 take no schema beside tools: there a tool stands in for it. */
function outputToolOf(request: ChatRequest, traits: Traits): Tool | undefined {
  const { output, tools = [] } = request;
  if (traits.schemaWithTools || tools.length === 0 || output?.kind !== 'json-schema') return undefined;
  let { name } = output;
  while (tools.some((tool) => tool.name === name)) name += '_answer';
  return {
    name,
    description: 'Gives the final answer to the user. Call it exactly once, with the whole answer.',
    parameters: output.schema,
  };
}

function encodeTools(request: ChatRequest, outputTool: Tool | undefined): Pick<RequestBody, 'tools' | 'toolConfig'> {
  const declarations = [...(request.tools ?? []), ...(outputTool ? [outputTool] : [])].map(encodeTool);
  const own = (request.serverTools ?? []).filter(({ dialect }) => dialect === OWN).map(({ value }) => value);
  const tools = [...(declarations.length === 0 ? [] : [{ functionDeclarations: declarations }]), ...own];
  if (tools.length === 0) return {};
  const config = outputTool ? { mode: 'ANY' as const } : encodeChoice(request);
  return { tools, ...(config && declarations.length > 0 ? { toolConfig: { functionCallingConfig: config } } : {}) };
}

function encodeTool({ name, description, parameters }: Tool): WireDeclaration {
  const { $schema: _, ...schema } = parameters ?? {};
  return {
    name,
    ...(description === undefined ? {} : { description }),
    ...(hasArguments(schema) ? { parametersJsonSchema: schema } : {}),
  };
}

const EMPTY_ALLOWED: ReadonlySet<string> = new Set(['type', 'properties', 'required', 'additionalProperties']);

/** The API refuses an object schema without properties; a function without arguments has no schema. */
const hasArguments = (schema: JsonObject): boolean =>
  Object.keys(objectOf(schema['properties'])).length > 0 ||
  Boolean(schema['additionalProperties']) ||
  Object.keys(schema).some((key) => !EMPTY_ALLOWED.has(key));

/** `VALIDATED` holds the model to the schemas where it may choose; `ANY` does so by itself. */
function encodeChoice({ toolChoice, tools = [] }: ChatRequest): WireToolConfig['functionCallingConfig'] | undefined {
  switch (toolChoice?.kind) {
    case 'none':
      return { mode: 'NONE' };
    case 'required':
      return { mode: 'ANY' };
    case 'tool':
      return { mode: 'ANY', allowedFunctionNames: [toolChoice.name] };
    default:
      if (tools.some(({ strict }) => strict)) return { mode: 'VALIDATED' };
      return toolChoice && { mode: 'AUTO' };
  }
}

function encodeGeneration(request: ChatRequest, traits: Traits, byTool: boolean, dropped: Dropped): WireGeneration {
  const { config: thinkingConfig, lost } = encodeThinking(shown(request), traits);
  if (lost) dropped.add('reasoning');
  const { output, logprobs, audio, stop } = request;
  if (stop && stop.length > STOP_SEQUENCES_MAX) dropped.add('stop');
  if (audio && audio.format !== 'pcm16') dropped.add('audio');
  const json = !byTool && (output?.kind === 'json' || output?.kind === 'json-schema');
  const schema = json && output.kind === 'json-schema' ? output.schema : undefined;
  return defined<WireGeneration>({
    temperature: request.temperature,
    topP: request.topP,
    topK: request.topK,
    candidateCount: request.n,
    maxOutputTokens: request.maxOutputTokens,
    stopSequences: stop && stop.length > 0 ? stop.slice(0, STOP_SEQUENCES_MAX) : undefined,
    seed: request.seed,
    presencePenalty: request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty,
    responseLogprobs: logprobs ? true : undefined,
    logprobs: logprobs && logprobs.top > 0 ? logprobs.top : undefined,
    responseMimeType: json ? 'application/json' : undefined,
    responseJsonSchema: schema,
    responseModalities: audio ? ['AUDIO'] : undefined,
    speechConfig: audio && { voiceConfig: { prebuiltVoiceConfig: { voiceName: audio.voice } } },
    thinkingConfig: thinkingConfig && Object.keys(thinkingConfig).length > 0 ? thinkingConfig : undefined,
  } as WireGeneration);
}

/** Where thoughts are hidden until asked for; the other APIs show them, or have no word to ask. */
const HIDING: ReadonlySet<DialectId> = new Set([OWN, 'openai-responses']);

const shown = ({ reasoning, dialect }: ChatRequest): Reasoning | undefined =>
  reasoning && !HIDING.has(dialect) ? { visible: true, ...reasoning } : reasoning;

const TIERS: Readonly<Record<string, string>> = {
  default: 'standard',
  standard: 'standard',
  standard_only: 'standard',
  flex: 'flex',
  priority: 'priority',
};

function encodeTier({ serviceTier }: ChatRequest, dropped: Dropped): string | undefined {
  if (serviceTier === undefined || serviceTier === 'auto') return undefined;
  const tier = TIERS[serviceTier.toLowerCase()];
  if (tier === undefined) dropped.add('serviceTier');
  return tier;
}
