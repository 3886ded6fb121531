import { arrayOf, isObject } from '../json/index.js';
import type { JsonObject } from '../neutral/index.js';

/**
 * JSON Schema from the API's own schema object, a subset of OpenAPI 3.0 with types in capitals and `nullable`
 * (ai.google.dev/api/caching#Schema).
 */
export function jsonSchemaOf(schema: JsonObject): JsonObject {
  const { nullable, propertyOrdering: _1, property_ordering: _2, ...members } = schema;
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) out[key] = translated(key, value);
  if (nullable === true && typeof out['type'] === 'string') out['type'] = [out['type'], 'null'];
  return out;
}

function translated(key: string, value: unknown): unknown {
  switch (key) {
    case 'type':
      return typeof value === 'string' ? value.toLowerCase() : value;
    case 'properties':
      return isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, item]) => [name, isObject(item) ? jsonSchemaOf(item) : item]),
          )
        : value;
    case 'items':
      return isObject(value) ? jsonSchemaOf(value) : value;
    case 'anyOf':
      return arrayOf(value).map((item) => (isObject(item) ? jsonSchemaOf(item) : item));
    case 'minItems':
    case 'maxItems':
    case 'minLength':
    case 'maxLength':
    case 'minProperties':
    case 'maxProperties':
      // 64-bit integers are strings in Google's JSON.
      return typeof value === 'string' ? Number(value) : value;
    default:
      return value;
  }
}
