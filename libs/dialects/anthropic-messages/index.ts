import type { ChatDialect } from '../dialect.js';
import { spliceMembers, textOf } from '../json/index.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { AnthropicMeter } from './meter.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { AnthropicStreamDecoder, AnthropicStreamEncoder } from './stream.js';
import { usageOf } from './usage.js';

/** Anthropic's Messages API (platform.claude.com/docs/en/api/messages). */
export const anthropicMessages: ChatDialect = {
  id: 'anthropic-messages',
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  decoder: (context) => new AnthropicStreamDecoder(context),
  encoder: (reply) => new AnthropicStreamEncoder(reply),
  takesAsIs: () => true,
  passThrough: (text, _body, target) => ({
    body: spliceMembers(text, { model: target.upstreamModel }),
    meter: new AnthropicMeter(),
  }),
  usageOf,
  answeredModelOf: (body) => textOf(body['model']),
  decodeError,
  renderError,
  renderStreamError,
};
