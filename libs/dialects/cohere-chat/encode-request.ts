import type { Encoded, EncodeTarget } from '../dialect.js';
import { defined } from '../json/index.js';
import { Dropped } from '../neutral/dropped.js';
import { BUDGET_OF_EFFORT } from '../neutral/effort.js';
import type { ChatRequest, JsonObject, Tool } from '../neutral/index.js';
import { encodeMessages } from './encode-messages.js';
import type { RequestBody } from './types.js';

const OWN = 'cohere-chat';
/** What the API has no field for. */
const UNKNOWN = ['logprobs', 'audio', 'metadata', 'endUser', 'serviceTier'] as const;
/** docs.cohere.com/reference/chat: `stop_sequences`. */
const STOP_SEQUENCES_MAX = 5;

/** A body for `POST /v2/chat`. */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded {
  const own = request.dialect === OWN;
  const dropped = new Dropped(request.dialect);
  dropped.addUnknown(OWN, request);
  dropped.addSaid(request, UNKNOWN);
  if ((request.n ?? 1) > 1) dropped.add('n');
  if (request.parallelToolCalls === false) dropped.add('parallelToolCalls');
  if (request.stop && request.stop.length > STOP_SEQUENCES_MAX) dropped.add('stop');

  const outputTool = outputToolOf(request);
  const { tools, choice } = chosenTools(request, outputTool, dropped);
  const body = defined<RequestBody>({
    model: target.upstreamModel,
    messages: encodeMessages(request.messages, dropped),
    stream: request.stream ? true : undefined,
    tools: tools.length === 0 ? undefined : tools.map(encodeTool),
    tool_choice: tools.length === 0 ? undefined : choice,
    strict_tools: tools.some(({ strict }) => strict) ? true : undefined,
    response_format: outputTool ? undefined : encodeOutput(request),
    thinking: encodeThinking(request),
    max_tokens: request.maxOutputTokens,
    temperature: encodeTemperature(request, dropped),
    p: request.topP,
    k: request.topK,
    seed: request.seed,
    stop_sequences: request.stop && request.stop.length > 0 ? request.stop.slice(0, STOP_SEQUENCES_MAX) : undefined,
    presence_penalty: encodePenalty(request.presencePenalty, 'presencePenalty', dropped),
    frequency_penalty: encodePenalty(request.frequencyPenalty, 'frequencyPenalty', dropped),
  });
  return {
    body: { ...(own ? request.rest : {}), ...body } as unknown as JsonObject,
    dropped: dropped.names,
    ...(outputTool ? { outputTool: outputTool.name } : {}),
  };
}

/** The API takes no schema beside tools: there a tool stands in for it. */
function outputToolOf({ output, tools = [] }: ChatRequest): Tool | undefined {
  if (output?.kind !== 'json-schema' || tools.length === 0) return undefined;
  let { name } = output;
  while (tools.some((tool) => tool.name === name)) name += '_answer';
  const description = 'Gives the final answer to the user. Call it exactly once, with the whole answer.';
  return { name, description, parameters: output.schema };
}

interface ChosenTools {
  readonly tools: readonly Tool[];
  readonly choice: 'REQUIRED' | 'NONE' | undefined;
}

/** No one tool can be asked for by name; offering only that one and demanding a call comes to the same. */
function chosenTools(
  { tools = [], toolChoice }: ChatRequest,
  outputTool: Tool | undefined,
  dropped: Dropped,
): ChosenTools {
  if (outputTool) return { tools: [...tools, outputTool], choice: 'REQUIRED' };
  switch (toolChoice?.kind) {
    case 'required':
      return { tools, choice: 'REQUIRED' };
    case 'none':
      return { tools, choice: 'NONE' };
    case 'tool': {
      const named = tools.filter(({ name }) => name === toolChoice.name);
      if (named.length === 0) dropped.add('toolChoice');
      return named.length === 0 ? { tools, choice: undefined } : { tools: named, choice: 'REQUIRED' };
    }
    default:
      return { tools, choice: undefined };
  }
}

function encodeTool({ name, description, parameters }: Tool): object {
  const schema = parameters ?? { type: 'object', properties: {} };
  return {
    type: 'function',
    function: { name, ...(description === undefined ? {} : { description }), parameters: schema },
  };
}

function encodeOutput({ output }: ChatRequest): RequestBody['response_format'] {
  if (output === undefined || output.kind === 'text') return undefined;
  return output.kind === 'json' ? { type: 'json_object' } : { type: 'json_object', json_schema: output.schema };
}

/** Efforts become budgets by `BUDGET_OF_EFFORT`. */
function encodeThinking({ reasoning }: ChatRequest): RequestBody['thinking'] {
  if (!reasoning) return undefined;
  const { effort, budgetTokens } = reasoning;
  const budget = budgetTokens ?? (effort === undefined ? undefined : BUDGET_OF_EFFORT[effort]);
  if (budget === 0) return { type: 'disabled' };
  return { type: 'enabled', ...(budget === undefined || budget < 0 ? {} : { token_budget: budget }) };
}

/** From 0 to 1 here, to 2 elsewhere. */
function encodeTemperature({ temperature }: ChatRequest, dropped: Dropped): number | undefined {
  if (temperature !== undefined && temperature > 1) dropped.add('temperature');
  return temperature === undefined ? undefined : Math.min(temperature, 1);
}

/** From 0 to 1 here, from -2 to 2 elsewhere. */
function encodePenalty(
  penalty: number | undefined,
  what: 'presencePenalty' | 'frequencyPenalty',
  dropped: Dropped,
): number | undefined {
  if (penalty === undefined) return undefined;
  if (penalty < 0 || penalty > 1) dropped.add(what);
  return Math.min(Math.max(penalty, 0), 1);
}
