import { TollgateError } from '#libs/core';
import type { JsonObject } from '#libs/dialects';
import type { Parsed, Surface } from './call.types.js';
import type { Exchange } from './exchange.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as its dialect reads it. Throws `invalid_request`, with `param` where a field is at fault. */
export async function parse(surface: Surface, exchange: Exchange): Promise<Parsed> {
  const text = decode(await exchange.readBody());
  const body = parseObject(text);
  return { text, body, request: surface.dialect.decodeRequest(body, exchange.envelope) };
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new TollgateError('invalid_request', 'The request body is not valid UTF-8.');
  }
}

function parseObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TollgateError('invalid_request', 'The request body is not valid JSON.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new TollgateError('invalid_request', 'The request body must be a JSON object.');
  }
  return value as JsonObject;
}
