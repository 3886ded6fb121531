import { TollgateError } from '#libs/core';
import type { JsonObject } from '#libs/dialects';
import { type Exchange, headerOf } from '../exchange.js';
import { jsonObject, utf8Text } from '../parse.js';
import { askOf } from './ask.js';
import { readForm } from './form.js';
import type { OperationSurface, ParsedOperation } from './operation.types.js';
import { formOriginal, jsonOriginal, type Original } from './original.js';

/** The body as its dialect reads it. Throws `invalid_request`, with `param` where a field is at fault, or `unsupported_media_type`. */
export async function parseOperation(surface: OperationSurface, exchange: Exchange): Promise<ParsedOperation> {
  const bytes = await exchange.readBody();
  if (surface.body === 'json') {
    const text = utf8Text(bytes);
    return read(jsonObject(text), jsonOriginal(text), surface, exchange);
  }
  const contentType = headerOf(exchange, 'content-type') ?? '';
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    throw new TollgateError('unsupported_media_type', 'The body must be multipart/form-data.');
  }
  return read(await readForm(bytes, contentType), formOriginal(bytes, contentType), surface, exchange);
}

/** A body that differs from what the client sent, read again: only what differs is written anew into the client's bytes. */
export function rereadOperation(
  body: JsonObject,
  { original, body: before }: ParsedOperation,
  surface: OperationSurface,
  exchange: Exchange,
): ParsedOperation {
  const changed = Object.fromEntries(Object.entries(body).filter(([name, value]) => value !== before[name]));
  const written = original.with(changed);
  const anew =
    typeof written === 'string' ? jsonOriginal(written) : formOriginal(Buffer.from(written), original.contentType);
  return read(body, anew, surface, exchange);
}

function read(body: JsonObject, original: Original, surface: OperationSurface, exchange: Exchange): ParsedOperation {
  const request = surface.dialect.decodeRequest(body, exchange.envelope);
  return { body, original, request, ask: askOf(request, surface) };
}
