import { enforceable } from '../claude/enforceable.js';
import { encodeSampling } from '../claude/sampling.js';
import { type EncodedThinking, encodeThinking } from '../claude/thinking.js';
import { type Traits, traitsOf } from '../claude/traits.js';
import type { Encoded, EncodeTarget } from '../dialect.js';
import { defined, objectOf } from '../json/index.js';
import { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, JsonObject, Tool } from '../neutral/index.js';
import { encodeCachePoint } from './encode-content.js';
import { encodeMessages } from './encode-messages.js';
import type { RequestBody, ToolEntry } from './types.js';

const OWN = 'bedrock-converse';
/** What the API has no field for. */
const UNKNOWN = ['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs', 'audio', 'endUser'] as const;
/** Another maker's model behind the API: it takes the plain fields only. */
const PLAIN: Traits = { thinking: 'none', sampling: 'all', structuredOutput: false, prefill: false, efforts: [] };

/** A body for `Converse`, written for the model it goes to; model and streaming are in the URL. */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded {
  const claude = target.upstreamModel.includes('claude');
  const traits = claude ? traitsOf(target.upstreamModel) : PLAIN;
  const dropped = new Dropped(request.dialect);
  dropped.addUnknown(OWN, request);
  dropped.addSaid(request, UNKNOWN);
  if ((request.n ?? 1) > 1) dropped.add('n');
  if (request.parallelToolCalls === false) dropped.add('parallelToolCalls');
  if (request.topK !== undefined && !claude) dropped.add('topK');

  const { format, outputTool } = structure(request, traits);
  const thinking = chosenThinking(request, traits, target, outputTool !== undefined, dropped);
  const thinks = thinking.thinking !== undefined && thinking.thinking.type !== 'disabled';
  const { temperature, topP, topK } = encodeSampling(request, traits, thinks, dropped);
  const fields = defined<JsonObject>({
    thinking: thinking.thinking,
    output_config: thinking.effort && { effort: thinking.effort },
    top_k: claude ? topK : undefined,
    ...objectOf(request.dialect === OWN ? request.rest['additionalModelRequestFields'] : {}),
  });
  const inferenceConfig = defined<NonNullable<RequestBody['inferenceConfig']>>({
    maxTokens: request.maxOutputTokens,
    temperature,
    topP,
    stopSequences: request.stop && request.stop.length > 0 ? request.stop : undefined,
  });
  const body = defined<RequestBody>({
    ...encodeMessages(request, dropped),
    inferenceConfig: nonEmpty(inferenceConfig),
    toolConfig: encodeTools(request, traits, outputTool, thinks, dropped),
    outputConfig: format && { textFormat: format },
    requestMetadata: request.metadata,
    serviceTier: encodeTier(request, dropped),
    additionalModelRequestFields: nonEmpty(fields),
  } as RequestBody);
  return {
    body: { ...(request.dialect === OWN ? request.rest : {}), ...body } as unknown as JsonObject,
    dropped: dropped.names,
    ...(outputTool ? { outputTool: outputTool.name } : {}),
  };
}

const nonEmpty = <T extends object>(value: T): T | undefined => (Object.keys(value).length === 0 ? undefined : value);

/** The API refuses a forced tool while thinking: a structured answer that needs one comes without thoughts. */
function chosenThinking(
  request: ChatRequest,
  traits: Traits,
  target: EncodeTarget,
  forced: boolean,
  dropped: Dropped,
): Pick<EncodedThinking, 'thinking' | 'effort'> {
  const encoded = encodeThinking(request.reasoning, traits, request.maxOutputTokens ?? target.maxOutputTokens);
  const given = encoded.thinking !== undefined && encoded.thinking.type !== 'disabled';
  if (encoded.lost || (forced && given)) dropped.add('reasoning');
  return forced && given ? {} : encoded;
}

/** Natively where the model has it, else by a tool that stands in for it. The API wants the schema as JSON text. */
function structure(request: ChatRequest, traits: Traits): { readonly format?: object; readonly outputTool?: Tool } {
  const { output, tools = [], dialect } = request;
  if (output === undefined || output.kind === 'text') return {};
  const wanted = output.kind === 'json' ? undefined : output;
  const schema =
    wanted && (dialect === OWN ? wanted.schema : traits.structuredOutput ? enforceable(wanted.schema) : undefined);
  if (wanted && schema) {
    const jsonSchema = defined<JsonObject>({
      name: wanted.name,
      description: wanted.description,
      schema: JSON.stringify(schema),
    });
    return { format: { type: 'json_schema', structure: { jsonSchema } } };
  }
  let name = wanted?.name ?? 'json';
  while (tools.some((tool) => tool.name === name)) name += '_answer';
  const description = 'Gives the final answer to the user. Call it exactly once, with the whole answer.';
  return { outputTool: { name, description, parameters: wanted?.schema ?? { type: 'object' } } };
}

function encodeTools(
  request: ChatRequest,
  traits: Traits,
  outputTool: Tool | undefined,
  thinks: boolean,
  dropped: Dropped,
): RequestBody['toolConfig'] {
  const called = calledTools(request);
  // There is no choice of none; without earlier calls no tools are as good.
  const none = request.toolChoice?.kind === 'none' && !outputTool;
  if (none && called.length === 0) return undefined;
  if (none) dropped.add('toolChoice');
  const own = request.tools ?? [];
  const defaults = own.length === 0 && !outputTool ? called : [];
  const tools = [...own, ...defaults, ...(outputTool ? [outputTool] : [])].flatMap((tool) =>
    encodeTool(tool, traits, dropped),
  );
  const server = (request.serverTools ?? []).filter(({ dialect }) => dialect === OWN).map(({ value }) => value);
  if (tools.length + server.length === 0) return undefined;
  const choice = outputTool ? outputChoice(own, outputTool) : none ? undefined : encodeChoice(request, thinks, dropped);
  return { tools: [...tools, ...server], ...(choice ? { toolChoice: choice } : {}) };
}

type Choice = NonNullable<NonNullable<RequestBody['toolConfig']>['toolChoice']>;

const outputChoice = (own: readonly Tool[], { name }: Tool): Choice =>
  own.length === 0 ? { tool: { name } } : { any: {} };

function encodeChoice({ toolChoice }: ChatRequest, thinks: boolean, dropped: Dropped): Choice | undefined {
  const forced = toolChoice?.kind === 'required' || toolChoice?.kind === 'tool';
  if (forced && thinks) dropped.add('toolChoice');
  if (toolChoice?.kind === 'tool' && !thinks) return { tool: { name: toolChoice.name } };
  if (forced && !thinks) return { any: {} };
  return toolChoice && { auto: {} };
}

function encodeTool(tool: Tool, traits: Traits, dropped: Dropped): readonly ToolEntry[] {
  const enforced = tool.strict && traits.structuredOutput && tool.parameters ? enforceable(tool.parameters) : undefined;
  if (tool.strict && !enforced) dropped.add('strict');
  const toolSpec = {
    name: tool.name,
    ...(tool.description ? { description: tool.description } : {}),
    inputSchema: { json: { properties: {}, ...(enforced ?? tool.parameters), type: 'object' } },
    ...(enforced ? { strict: true } : {}),
  };
  return [{ toolSpec }, ...(tool.cache ? [encodeCachePoint(tool.cache)] : [])];
}

/** The API wants the tools of earlier calls defined even where none may be called any more. */
function calledTools({ messages }: ChatRequest): readonly Tool[] {
  const names = messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'tool-call' ? part.name : [])));
  return [...new Set(names)].map((name) => ({ name }));
}

const TIERS: ReadonlySet<string> = new Set(['default', 'flex', 'priority', 'reserved']);

function encodeTier({ serviceTier }: ChatRequest, dropped: Dropped): RequestBody['serviceTier'] {
  if (serviceTier === undefined || serviceTier === 'auto') return undefined;
  const type = serviceTier.startsWith('standard') ? 'default' : serviceTier;
  if (TIERS.has(type)) return { type };
  return dropped.none('serviceTier');
}
