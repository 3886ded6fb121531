import type { ChatDialect } from '../dialect.js';
import { textOf } from '../json/index.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { passThrough } from './pass-through.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { decoder, encoder } from './stream.js';
import { takesAsIs } from './takes-as-is.js';
import { usageOf } from './usage.js';

/** OpenAI's chat completions, and what the many servers that speak it made of it. */
export const openaiChat: ChatDialect = {
  id: 'openai-chat',
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  decoder,
  encoder,
  takesAsIs,
  passThrough,
  usageOf,
  answeredModelOf: (body) => textOf(body['model']),
  decodeError,
  renderError,
  renderStreamError,
};
