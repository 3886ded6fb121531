import type { ChatDialect } from '../dialect.js';
import { textOf } from '../json/index.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { passThrough } from './pass-through.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { decoder, encoder } from './stream.js';
import { usageOf } from './usage.js';

/** OpenAI's responses, without the state that OpenAI keeps for it: what leans on that passes only to who keeps it. */
export const openaiResponses: ChatDialect = {
  id: 'openai-responses',
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
