import type { ChatDialect } from '../dialect.js';
import { spliceMembers } from '../json/index.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { CohereMeter } from './meter.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { CohereStreamDecoder, CohereStreamEncoder } from './stream.js';
import { usageOf } from './usage.js';

/** Cohere's chat API v2 (docs.cohere.com/reference/chat). */
export const cohereChat: ChatDialect = {
  id: 'cohere-chat',
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  decoder: (context) => new CohereStreamDecoder(context),
  encoder: (reply) => new CohereStreamEncoder(reply),
  takesAsIs: () => true,
  passThrough: (text, _body, target) => ({
    body: spliceMembers(text, { model: target.upstreamModel }),
    meter: new CohereMeter(),
  }),
  usageOf,
  answeredModelOf: () => undefined,
  decodeError,
  renderError,
  renderStreamError,
};
