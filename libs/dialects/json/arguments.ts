import type { JsonObject } from '../neutral/index.js';
import { parseObject } from './read.js';

/** Arguments as the object that the API wants; what is no JSON object, because a model was cut off, is kept as text. */
export function inputOf(json: string): JsonObject {
  return parseObject(json) ?? (json.trim() === '' ? {} : { arguments: json });
}
