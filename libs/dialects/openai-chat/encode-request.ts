import type { Encoded, EncodeTarget } from '../dialect.js';
import { defined, isObject } from '../json/index.js';
import { Dropped } from '../neutral/dropped.js';
import { effortOfBudget } from '../neutral/effort.js';
import type { ChatRequest, Droppable, JsonObject, Reasoning } from '../neutral/index.js';
import type { Writing } from './encode-content.js';
import { encodeMessages } from './encode-messages.js';
import { encodeTool, encodeToolChoice } from './tools.js';
import { type Vendor, vendorOf } from './vendors.js';

/** The request in this dialect, as the target's vendor writes it. */
export function encodeRequest(request: ChatRequest, target: EncodeTarget): Encoded {
  const vendor = vendorOf(target.provider);
  const native = request.dialect === 'openai-chat';
  const dropped = new Dropped(request.dialect);
  dropped.addUnknown('openai-chat', request);
  const writing: Writing = { vendor, native, drop: (what) => dropped.add(what) };
  const output = encodeOutput(request, vendor);
  const body = {
    ...(native ? taken(request.rest, vendor, dropped) : {}),
    model: target.upstreamModel,
    messages: encodeMessages(request.messages, writing),
    ...encodeStream(request, vendor),
    ...encodeTools(request, output.tool),
    ...(output.format === undefined ? {} : { response_format: output.format }),
    ...encodeSampling(request, writing),
    ...encodeReasoning(request.reasoning, target.provider),
  };
  return {
    body,
    dropped: dropped.names,
    ...(output.tool === undefined ? {} : { outputTool: output.tool.name }),
  };
}

/** Of the members without a neutral place those that the vendor knows. */
function taken(rest: JsonObject, { ownWays }: Vendor, dropped: Dropped): JsonObject {
  if (!ownWays) return rest;
  const refused = Object.keys(rest).filter((name) => !ownWays.rest.has(name));
  for (const name of refused) dropped.addName(name);
  return Object.fromEntries(Object.entries(rest).filter(([name]) => ownWays.rest.has(name)));
}

/** Usage is always wanted: whoever pays must know. */
function encodeStream({ stream, rest, dialect }: ChatRequest, vendor: Vendor): JsonObject {
  if (!stream) return {};
  const own = dialect === 'openai-chat' && isObject(rest['stream_options']) ? rest['stream_options'] : {};
  const options = vendor.alwaysUsage ? own : { ...own, include_usage: true };
  return { stream: true, ...(Object.keys(options).length === 0 ? {} : { stream_options: options }) };
}

interface OutputTool {
  readonly name: string;
  readonly description: string;
  readonly parameters: JsonObject;
}

/** Structured output natively, or the tool that stands in for it. */
function encodeOutput(
  request: ChatRequest,
  vendor: Vendor,
): { readonly format?: JsonObject; readonly tool?: OutputTool } {
  const { output } = request;
  switch (output?.kind) {
    case undefined:
      return {};
    case 'text':
      return { format: { type: 'text' } };
    case 'json':
      return { format: { type: 'json_object' } };
    case 'json-schema': {
      const { name, schema, strict, description } = output;
      if (vendor.jsonSchema) {
        const schemaMember = defined<JsonObject>({ name, description, schema, strict });
        return { format: { type: 'json_schema', json_schema: schemaMember } };
      }
      return {
        tool: {
          name: freeName(name, request),
          description: description ?? 'Give the final answer in this form.',
          parameters: schema,
        },
      };
    }
  }
}

/** The schema's name, unless a tool of the client has it. */
function freeName(wanted: string, { tools = [] }: ChatRequest): string {
  let name = wanted;
  while (tools.some((tool) => tool.name === name)) name += '_output';
  return name;
}

function encodeTools(request: ChatRequest, output: OutputTool | undefined): JsonObject {
  const own = request.serverTools?.filter((tool) => tool.dialect === 'openai-chat').map((tool) => tool.value) ?? [];
  const tools = [...(request.tools ?? []).map(encodeTool), ...own, ...(output ? [encodeTool(output)] : [])];
  if (tools.length === 0) return {};
  const choice = output ? outputChoice(request, output) : request.toolChoice && encodeToolChoice(request.toolChoice);
  return {
    tools,
    ...(choice === undefined ? {} : { tool_choice: choice }),
    ...(request.parallelToolCalls === undefined ? {} : { parallel_tool_calls: request.parallelToolCalls }),
  };
}

/** With tools of the client about, the model may use one of them before it answers. */
function outputChoice({ tools = [], toolChoice }: ChatRequest, output: OutputTool): JsonObject | string {
  if (toolChoice?.kind === 'tool') return encodeToolChoice(toolChoice);
  return tools.length === 0 || toolChoice?.kind === 'none'
    ? encodeToolChoice({ kind: 'tool', name: output.name })
    : 'required';
}

function encodeSampling(request: ChatRequest, writing: Writing): JsonObject {
  const { vendor, native } = writing;
  const allowed = <T>(what: Droppable, value: T | undefined, isAllowed: boolean): T | undefined => {
    if (value !== undefined && !isAllowed) writing.drop(what);
    return isAllowed ? value : undefined;
  };
  const logprobs = allowed('logprobs', request.logprobs, vendor.logprobs || native);
  const tier = request.serviceTier;
  return defined<JsonObject>({
    [vendor.maxTokens]: request.maxOutputTokens,
    temperature: request.temperature,
    top_p: request.topP,
    top_k: allowed('topK', request.topK, vendor.topK || native),
    stop: request.stop,
    [vendor.seed]: request.seed,
    presence_penalty: request.presencePenalty,
    frequency_penalty: request.frequencyPenalty,
    n: request.n,
    logprobs: logprobs && true,
    top_logprobs: logprobs && logprobs.top > 0 ? logprobs.top : undefined,
    modalities: request.audio ? ['text', 'audio'] : undefined,
    audio: request.audio,
    user: allowed('endUser', request.endUser, vendor.endUser),
    metadata: allowed('metadata', request.metadata, vendor.metadata || native),
    service_tier: allowed('serviceTier', tier, native || (tier !== undefined && vendor.serviceTiers.includes(tier))),
  });
}

/** A budget becomes the effort that usually spends about as much. OpenRouter takes the budget itself. */
function encodeReasoning(reasoning: Reasoning | undefined, provider: string): JsonObject {
  if (!reasoning) return {};
  const { effort, budgetTokens, visible } = reasoning;
  if (provider === 'openrouter') {
    const exclude = visible === undefined ? undefined : !visible;
    return { reasoning: defined<JsonObject>({ effort, max_tokens: budgetTokens, exclude }) };
  }
  const level = effort ?? (budgetTokens === undefined ? undefined : effortOfBudget(budgetTokens));
  return level === undefined ? {} : { reasoning_effort: level };
}
