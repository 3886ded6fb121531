import { arrayOf, isObject, objectOf } from '../json/index.js';
import type { ChatRequest, JsonObject, OutputFormat, Tool } from '../neutral/index.js';
import type { Traits } from './traits.js';
import type { OutputConfig, WireTool } from './types.js';

/** Keywords of JSON Schema that the API enforces (platform.claude.com/docs/en/build-with-claude/structured-outputs). */
const ENFORCED: ReadonlySet<string> = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
  'allOf',
  '$ref',
  '$defs',
  'definitions',
  'description',
  'title',
  'default',
  'format',
]);
/** Say nothing about the value. */
const IDLE: ReadonlySet<string> = new Set(['$schema', '$id', '$comment', 'examples']);

/**
 * The schema as the API takes it: every object closed, what it cannot enforce said in the description. Undefined where closing
 * would forbid what the schema allows, or a reference leads back to where it came from.
 */
export function enforceable(schema: JsonObject): JsonObject | undefined {
  return isRecursive(schema) ? undefined : closed(schema);
}

function closed(schema: JsonObject): JsonObject | undefined {
  const out: Record<string, unknown> = {};
  const said: string[] = [];
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' || key === '$defs' || key === 'definitions') {
      const members = Object.entries(objectOf(value)).map(
        ([name, member]) => [name, closed(objectOf(member))] as const,
      );
      if (members.some(([, member]) => member === undefined)) return undefined;
      out[key] = Object.fromEntries(members);
    } else if (key === 'items') {
      const item = closed(objectOf(value));
      if (!item) return undefined;
      out[key] = item;
    } else if (key === 'anyOf' || key === 'allOf' || key === 'oneOf') {
      const variants = arrayOf(value).map((variant) => closed(objectOf(variant)));
      if (variants.includes(undefined)) return undefined;
      out[key === 'oneOf' ? 'anyOf' : key] = variants;
    } else if (ENFORCED.has(key) || (key === 'minItems' && (value === 0 || value === 1))) out[key] = value;
    else if (!IDLE.has(key)) said.push(`${key}: ${JSON.stringify(value)}`);
  }
  if (schema['properties'] !== undefined || schema['type'] === 'object') {
    const open = schema['additionalProperties'];
    if (open === true || isObject(open) || schema['properties'] === undefined) return undefined;
    out['additionalProperties'] = false;
  }
  if (said.length > 0) out['description'] = [schema['description'], `(${said.join(', ')})`].filter(Boolean).join(' ');
  return out;
}

/** Whether a definition reaches itself through references. */
function isRecursive(schema: JsonObject): boolean {
  const definitions = { ...objectOf(schema['definitions']), ...objectOf(schema['$defs']) };
  const reaches = (value: unknown, path: readonly string[]): boolean => {
    if (Array.isArray(value)) return value.some((item) => reaches(item, path));
    if (!isObject(value)) return false;
    const reference = value['$ref'];
    if (typeof reference === 'string') {
      const name = reference.split('/').at(-1) ?? '';
      return reference === '#' || path.includes(name) || reaches(definitions[name], [...path, name]);
    }
    return Object.values(value).some((member) => reaches(member, path));
  };
  return (
    reaches({ ...schema, $defs: undefined, definitions: undefined }, []) ||
    Object.keys(definitions).some((name) => reaches(definitions[name], [name]))
  );
}

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
