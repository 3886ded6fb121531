import type { ChatDialect } from '../dialect.js';
import { textOf } from '../json/index.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { GeminiMeter } from './meter.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { GeminiStreamDecoder, GeminiStreamEncoder } from './stream.js';
import { usageOf } from './usage.js';

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
  passThrough: (text) => ({ body: text, meter: new GeminiMeter() }),
  usageOf,
  answeredModelOf: (body) => textOf(body['modelVersion']),
  decodeError,
  renderError,
  renderStreamError,
};
