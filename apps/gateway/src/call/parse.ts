import { TollgateError } from '#libs/core';
import { type JsonObject, repeatedKey } from '#libs/dialects';
import { askOfChat } from './ask.js';
import type { Parsed, Surface } from './call.types.js';
import type { Exchange } from './exchange.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body as its dialect reads it. Throws `invalid_request`, with `param` where a field is at fault. */
export async function parse(surface: Surface, exchange: Exchange): Promise<Parsed> {
  const text = utf8Text(await exchange.readBody());
  return read(text, jsonObject(text), surface, exchange);
}

/** A body that differs from what the client sent, read again. */
export function reread(body: JsonObject, surface: Surface, exchange: Exchange): Parsed {
  return read(JSON.stringify(body), body, surface, exchange);
}

function read(text: string, body: JsonObject, surface: Surface, exchange: Exchange): Parsed {
  const request = surface.dialect.decodeRequest(body, exchange.envelope);
  return { text, body, request, ask: askOfChat(request, body) };
}

/** Throws `invalid_request`. */
export function utf8Text(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new TollgateError('invalid_request', 'The request body is not valid UTF-8.');
  }
}

/** Throws `invalid_request`. */
export function jsonObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new TollgateError('invalid_request', 'The request body is not valid JSON.');
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    throw new TollgateError('invalid_request', 'The request body must be a JSON object.');
  }
  const param = repeatedKey(text);
  if (param !== undefined)
    throw new TollgateError('invalid_request', 'The request body has a member twice.', { param: param.slice(0, 100) });
  return value as JsonObject;
}
