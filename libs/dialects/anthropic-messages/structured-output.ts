import { enforceable } from '../claude/enforceable.js';
import type { Traits } from '../claude/traits.js';
import type { ChatRequest, JsonObject, OutputFormat, Tool } from '../neutral/index.js';
import type { OutputConfig, WireTool } from './types.js';

/** How a structured answer is got out of a model: by the API's own field, or by a tool that it must call. */
export type Structured =
  | { readonly by: 'text' }
  | { readonly by: 'format'; readonly format: NonNullable<OutputConfig['format']> }
  | { readonly by: 'tool'; readonly tool: WireTool };

const ANY_OBJECT: WireTool['input_schema'] = { type: 'object', additionalProperties: true };

/** `ownWords`: the client speaks this dialect, so its schema is sent as it is. */
export function structure(request: ChatRequest, traits: Traits): Structured {
  const { output, tools = [] } = request;
  if (output === undefined || output.kind === 'text') return { by: 'text' };
  if (output.kind === 'json') return { by: 'tool', tool: outputTool(output, ANY_OBJECT, tools) };
  if (request.dialect === 'anthropic-messages') {
    return { by: 'format', format: { type: 'json_schema', schema: { ...output.schema } } };
  }
  const schema = traits.structuredOutput ? enforceable(output.schema) : undefined;
  if (schema) return { by: 'format', format: { type: 'json_schema', schema: { ...schema } } };
  return { by: 'tool', tool: outputTool(output, asInput(output.schema), tools) };
}

/** A tool's input must be an object at its root. */
const asInput = (schema: JsonObject): WireTool['input_schema'] => ({ ...schema, type: 'object' });

function outputTool(
  output: Exclude<OutputFormat, { kind: 'text' }>,
  input_schema: WireTool['input_schema'],
  tools: readonly Tool[],
): WireTool {
  const taken = new Set(tools.map(({ name }) => name));
  let name = output.kind === 'json' ? 'json' : output.name.replaceAll(/[^a-zA-Z0-9_-]/g, '_').slice(0, 100) || 'output';
  while (taken.has(name)) name = `${name}_answer`;
  const what = output.kind === 'json' ? 'as a JSON object' : (output.description ?? 'in the form asked for');
  return {
    name,
    description: `Gives the final answer to the user: ${what}. Call it exactly once, with the whole answer.`,
    input_schema,
  };
}
