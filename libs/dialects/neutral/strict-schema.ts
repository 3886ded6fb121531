import { arrayOf, isObject } from '../json/index.js';
import type { JsonObject } from './request.js';

/**
 * Whether a schema keeps the rules of OpenAI's `strict` (platform.openai.com/docs/guides/structured-outputs): every object
 * closed and every property required. Dialects that always enforce a schema, whatever it is, have no such flag.
 */
export function isStrictSchema(schema: JsonObject): boolean {
  if (isObject(schema['properties']) || schema['type'] === 'object') {
    const required = new Set(arrayOf(schema['required']));
    const names = Object.keys(isObject(schema['properties']) ? schema['properties'] : {});
    if (schema['additionalProperties'] !== false || !names.every((name) => required.has(name))) return false;
  }
  return Object.values(schema).every(isStrictValue);
}

function isStrictValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isStrictValue);
  return isObject(value) ? isStrictSchema(value) : true;
}
