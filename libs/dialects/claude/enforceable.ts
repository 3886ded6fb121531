import { arrayOf, isObject, objectOf } from '../json/index.js';
import type { JsonObject } from '../neutral/index.js';

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
