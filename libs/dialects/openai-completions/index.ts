import type { ChatDialect } from '../dialect.js';
import { textOf } from '../json/index.js';
import { passThrough } from '../openai-chat/pass-through.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { decoder, encoder } from './stream.js';
import { usageOf } from './usage.js';

/** OpenAI's completions of before chat: a prompt in, a text out. */
export const openaiCompletions: ChatDialect = {
  id: 'openai-completions',
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  decoder,
  encoder,
  takesAsIs: () => true,
  passThrough,
  usageOf,
  answeredModelOf: (body) => textOf(body['model']),
  decodeError,
  renderError,
  renderStreamError,
};
