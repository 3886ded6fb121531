import { encodeSampling } from '../claude/sampling.js';
import { encodeThinking } from '../claude/thinking.js';
import { type Traits, traitsOf } from '../claude/traits.js';
import type { Encoded, EncodeTarget } from '../dialect.js';
import { defined } from '../json/index.js';
import { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, JsonObject, Message } from '../neutral/index.js';
import { encodeMessages } from './encode-messages.js';
import { encodeTools } from './encode-tools.js';
import { type Structured, structure } from './structured-output.js';
import type { OutputConfig, RequestBody } from './types.js';

const OWN = 'anthropic-messages';
/** What the API has no field for. */
const UNKNOWN = ['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs', 'audio', 'metadata'] as const;

/** A body for `POST /v1/messages`, written for the model it goes to. A client of this very dialect keeps its unknown fields. */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded {
  const own = request.dialect === OWN;
  const traits = traitsOf(target.upstreamModel);
  const dropped = new Dropped(request.dialect);
  dropped.addSaid(request, UNKNOWN);
  if ((request.n ?? 1) > 1) dropped.add('n');
  dropped.addUnknown(OWN, request);

  const maxTokens = request.maxOutputTokens ?? target.maxOutputTokens;
  const structured = structure(request, traits);
  const { thinking, effort } = chosenThinking(request, traits, structured, maxTokens, dropped);
  const format = structured.by === 'format' ? structured.format : undefined;
  const thinks = thinking !== undefined && thinking.type !== 'disabled';
  const { tools, tool_choice } = encodeTools(request, traits, structured, thinks, dropped);
  const { temperature, topP, topK } = encodeSampling(request, traits, thinks, dropped);
  const body = defined<RequestBody>({
    model: target.upstreamModel,
    max_tokens: maxTokens,
    ...encodeMessages(request, dropped),
    stream: request.stream ? true : undefined,
    tools,
    tool_choice,
    thinking,
    output_config: effort || format ? defined<OutputConfig>({ effort, format }) : undefined,
    temperature,
    top_p: topP,
    top_k: topK,
    stop_sequences: encodeStop(request, dropped),
    metadata: request.endUser === undefined ? undefined : { user_id: request.endUser },
    service_tier: encodeTier(request, dropped),
  } as RequestBody);
  return {
    body: { ...(own ? request.rest : {}), ...body } as unknown as JsonObject,
    dropped: dropped.names,
    ...(structured.by === 'tool' ? { outputTool: structured.tool.name } : {}),
  };
}

/**
 * The API refuses a forced tool while thinking: a structured answer that needs one comes without thoughts. And models that
 * think by budget want a turn to go on as it began: not at all where the client has lost the thoughts before its tool calls.
 */
function chosenThinking(
  request: ChatRequest,
  traits: Traits,
  structured: Structured,
  maxTokens: number,
  dropped: Dropped,
): Pick<RequestBody, 'thinking'> & { effort?: NonNullable<OutputConfig['effort']> } {
  const { lost, ...encoded } = encodeThinking(request.reasoning, traits, maxTokens);
  const thinks = encoded.thinking !== undefined && encoded.thinking.type !== 'disabled';
  const forced = structured.by === 'tool' && thinks;
  const broken = encoded.thinking?.type === 'enabled' && goesOnWithoutThoughts(request.messages);
  if (lost || forced || broken) dropped.add('reasoning');
  return forced || broken ? {} : encoded;
}

/** Whether the results at the end belong to calls that no thought of this API comes before. */
function goesOnWithoutThoughts(messages: readonly Message[]): boolean {
  if (messages.at(-1)?.role !== 'tool') return false;
  const turn = messages.slice(messages.findLastIndex(({ role }) => role === 'user') + 1);
  const [first] = turn.find(({ role }) => role === 'assistant')?.parts ?? [];
  return first?.type !== 'reasoning' || first.dialect !== OWN;
}

/** The API refuses stop sequences of nothing but white space. */
function encodeStop({ stop }: ChatRequest, dropped: Dropped): string[] | undefined {
  if (!stop || stop.length === 0) return undefined;
  const kept = stop.filter((sequence) => sequence.trim() !== '');
  if (kept.length < stop.length) dropped.add('stop');
  return kept.length === 0 ? undefined : kept;
}

function encodeTier({ serviceTier }: ChatRequest, dropped: Dropped): 'auto' | 'standard_only' | undefined {
  switch (serviceTier) {
    case undefined:
      return undefined;
    case 'auto':
      return 'auto';
    case 'default':
    case 'standard':
    case 'standard_only':
      return 'standard_only';
    default:
      dropped.add('serviceTier');
      return undefined;
  }
}
