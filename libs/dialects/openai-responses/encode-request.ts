import type { Encoded, EncodeTarget } from '../dialect.js';
import { defined, objectOf } from '../json/index.js';
import { Dropped } from '../neutral/dropped.js';
import { effortOfBudget } from '../neutral/effort.js';
import type { ChatRequest, JsonObject, Message, OutputFormat, Reasoning } from '../neutral/index.js';
import { encodeInput } from './encode-input.js';
import { encodeTool, encodeToolChoice } from './tools.js';

/** What chat completions has and this API has not. */
const ABSENT = ['topK', 'stop', 'seed', 'presencePenalty', 'frequencyPenalty', 'n', 'audio'] as const;

/** A request of another dialect brings its whole conversation, so nothing is stored for it and thinking comes back encrypted. */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded {
  const dropped = new Dropped(request.dialect);
  dropped.addUnknown('openai-responses', request);
  dropped.addSaid(request, ABSENT);
  const native = request.dialect === 'openai-responses';
  const { instructions, messages } = splitInstructions(request.messages);
  const own =
    request.serverTools?.filter((tool) => tool.dialect === 'openai-responses').map((tool) => tool.value) ?? [];
  const tools = [...(request.tools ?? []).map(encodeTool), ...own];
  const body = defined<JsonObject>({
    ...(native ? request.rest : { store: false }),
    model: target.upstreamModel,
    instructions,
    input: encodeInput(messages, { dropped, native }),
    stream: request.stream || undefined,
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: (request.toolChoice && encodeToolChoice(request.toolChoice)) ?? request.rest['tool_choice'],
    parallel_tool_calls: request.parallelToolCalls,
    text: encodeText(request, native),
    reasoning: encodeReasoning(request.reasoning),
    include: encodeInclude(request, native),
    max_output_tokens: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_logprobs: request.logprobs?.top,
    user: request.endUser,
    metadata: request.metadata,
    service_tier: request.serviceTier,
  });
  return { body, dropped: dropped.names };
}

/** A first system message of one text is what this API calls instructions. */
function splitInstructions(messages: readonly Message[]): { instructions?: string; messages: readonly Message[] } {
  const [first, ...others] = messages;
  const [text, second] = first?.parts ?? [];
  const fits = first?.role === 'system' && text?.type === 'text' && second === undefined && text.cache === undefined;
  return fits ? { instructions: text.text, messages: others } : { messages };
}

function encodeText({ output, rest }: ChatRequest, native: boolean): JsonObject | undefined {
  const text = {
    ...(native ? objectOf(rest['text']) : {}),
    ...(output === undefined ? {} : { format: encodeFormat(output) }),
  };
  return Object.keys(text).length === 0 ? undefined : text;
}

/** As the API takes it and as it says it back. */
export function encodeFormat(output: OutputFormat): JsonObject {
  switch (output.kind) {
    case 'text':
      return { type: 'text' };
    case 'json':
      return { type: 'json_object' };
    case 'json-schema': {
      const { name, schema, strict, description } = output;
      return defined<JsonObject>({ type: 'json_schema', name, description, schema, strict });
    }
  }
}

export function encodeReasoning(reasoning: Reasoning | undefined): JsonObject | undefined {
  if (!reasoning) return undefined;
  const { effort, budgetTokens, visible } = reasoning;
  return defined<JsonObject>({
    effort: effort ?? (budgetTokens === undefined ? undefined : effortOfBudget(budgetTokens)),
    summary: visible ? 'auto' : undefined,
  });
}

function encodeInclude({ rest, reasoning, logprobs }: ChatRequest, native: boolean): unknown {
  if (native) return rest['include'];
  const include = [
    ...(reasoning && reasoning.effort !== 'none' ? ['reasoning.encrypted_content'] : []),
    ...(logprobs ? ['message.output_text.logprobs'] : []),
  ];
  return include.length === 0 ? undefined : include;
}
