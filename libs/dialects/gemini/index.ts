import type { ChatDialect } from '../dialect.js';
import { objectOf, textOf } from '../json/index.js';
import type { JsonObject } from '../neutral/index.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { member } from './member.js';
import { GeminiMeter } from './meter.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { GeminiStreamDecoder, GeminiStreamEncoder } from './stream.js';
import { usageOf } from './usage.js';

/** How many answers a request asks for. */
function candidatesIn(body: JsonObject): number {
  const count = member(objectOf(member(body, 'generationConfig')), 'candidateCount');
  return typeof count === 'number' ? count : 1;
}

/**
 * Google's Gemini API, `generateContent` and `streamGenerateContent?alt=sse` (ai.google.dev/api/generate-content); Vertex AI
 * speaks the same. Without `alt=sse` the API streams one JSON array, which is not supported.
 */
export const gemini: ChatDialect = {
  id: 'gemini',
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  decoder: (context) => new GeminiStreamDecoder(context),
  encoder: (reply) => new GeminiStreamEncoder(reply),
  /** Model and streaming are in the URL: the body stays as it is, and every stream tells its usage. */
  takesAsIs: () => true,
  passThrough: (text, body) => ({ body: text, meter: new GeminiMeter(candidatesIn(body)) }),
  usageOf,
  answeredModelOf: (body) => textOf(body['modelVersion']),
  decodeError,
  renderError,
  renderStreamError,
};
