import type { WireEvent } from '../dialect.js';
import { isObject, parseObject } from '../json/index.js';
import type { JsonObject } from '../neutral/index.js';

/** One event of `ConverseStream`: its type and what it says. */
export interface Frame {
  readonly type: string;
  readonly payload: JsonObject;
}

/**
 * A frame of the binary event stream as its reader hands it on: the type from the frame's header and the payload as data, or,
 * as recordings have it, the payload under its type. Undefined for what is neither.
 */
export function frameOf({ event, data }: WireEvent): Frame | undefined {
  const value = data === '' ? undefined : parseObject(data);
  if (!value) return undefined;
  if (event !== null) return { type: event, payload: value };
  const [type, payload] = Object.entries(value)[0] ?? [];
  return type !== undefined && isObject(payload) ? { type, payload } : undefined;
}
