import { enforceable } from '../claude/enforceable.js';
import type { Traits } from '../claude/traits.js';
import type { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, Tool } from '../neutral/index.js';
import { encodeCache } from './encode-content.js';
import type { Structured } from './structured-output.js';
import type { ToolUnion, WireTool, WireToolChoice } from './types.js';

const OWN = 'anthropic-messages';

export interface EncodedTools {
  readonly tools: ToolUnion[] | undefined;
  readonly tool_choice: WireToolChoice | undefined;
}

/** Tools and the choice among them; a structured answer that needs a tool adds one and forces it. */
export function encodeTools(
  request: ChatRequest,
  traits: Traits,
  structured: Structured,
  thinks: boolean,
  dropped: Dropped,
): EncodedTools {
  const strictly = request.dialect === OWN ? (tool: Tool) => tool.parameters : enforcedBy(traits);
  const tools: ToolUnion[] = (request.tools ?? []).map((tool) => encodeTool(tool, strictly, dropped));
  for (const tool of request.serverTools ?? []) {
    if (tool.dialect === OWN) tools.push(tool.value as unknown as ToolUnion);
  }
  if (structured.by === 'tool') {
    // With tools of its own the model may still call those first: it must call some tool, and the answer is one.
    const choice: WireToolChoice =
      tools.length === 0 || request.toolChoice?.kind === 'none'
        ? { type: 'tool', name: structured.tool.name }
        : { type: 'any' };
    return { tools: [...tools, structured.tool], tool_choice: withParallel(choice, request) };
  }
  const choice = encodeChoice(request, thinks, dropped);
  if (tools.length > 0) return { tools, tool_choice: choice };
  const called = calledTools(request);
  if (called.length > 0) return { tools: called, tool_choice: { type: 'none' } };
  return { tools: undefined, tool_choice: undefined };
}

/** The parameters in the form that the model can be held to; undefined where it cannot be. */
const enforcedBy =
  (traits: Traits) =>
  ({ parameters }: Tool): Tool['parameters'] =>
    traits.structuredOutput && parameters ? enforceable(parameters) : undefined;

function encodeTool(tool: Tool, strictly: (tool: Tool) => Tool['parameters'], dropped: Dropped): WireTool {
  const enforced = tool.strict ? strictly(tool) : undefined;
  if (tool.strict && !enforced) dropped.add('strict');
  return {
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    input_schema: { properties: {}, ...(enforced ?? tool.parameters), type: 'object' },
    ...(enforced ? { strict: true } : tool.strict === false ? { strict: false } : {}),
    ...encodeCache(tool.cache),
  };
}

function encodeChoice(request: ChatRequest, thinks: boolean, dropped: Dropped): WireToolChoice | undefined {
  const { toolChoice } = request;
  if (toolChoice?.kind === 'none') return { type: 'none' };
  const forced = toolChoice !== undefined && toolChoice.kind !== 'auto';
  // Refused by the API while thinking.
  if (forced && thinks) dropped.add('toolChoice');
  if (!forced || thinks) {
    return toolChoice || request.parallelToolCalls === false ? withParallel({ type: 'auto' }, request) : undefined;
  }
  return withParallel(toolChoice.kind === 'tool' ? { type: 'tool', name: toolChoice.name } : { type: 'any' }, request);
}

const withParallel = <C extends WireToolChoice>(choice: C, { parallelToolCalls }: ChatRequest): C =>
  parallelToolCalls === undefined ? choice : { ...choice, disable_parallel_tool_use: !parallelToolCalls };

/** The API wants the tools of earlier calls defined even where no tool may be called any more. */
function calledTools({ messages }: ChatRequest): WireTool[] {
  const names = messages.flatMap(({ parts }) => parts.flatMap((part) => (part.type === 'tool-call' ? part.name : [])));
  return [...new Set(names)].map((name) => ({ name, input_schema: { type: 'object' } }));
}
