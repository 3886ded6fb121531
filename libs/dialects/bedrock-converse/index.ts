import type { ChatDialect } from '../dialect.js';
import { decodeError, renderError, renderStreamError } from './errors.js';
import { BedrockMeter } from './meter.js';
import { decodeRequest, encodeRequest } from './request.js';
import { decodeResponse, encodeResponse } from './response.js';
import { BedrockStreamDecoder, BedrockStreamEncoder } from './stream.js';
import { usageOf } from './usage.js';

/** AWS Bedrock's `Converse` and `ConverseStream` (docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html). */
export const bedrockConverse: ChatDialect = {
  id: 'bedrock-converse',
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  decoder: (context) => new BedrockStreamDecoder(context),
  encoder: () => new BedrockStreamEncoder(),
  /** Model and streaming are in the URL: the body stays as it is, and every stream tells its usage. */
  takesAsIs: () => true,
  passThrough: (text) => ({ body: text, meter: new BedrockMeter() }),
  usageOf,
  answeredModelOf: () => undefined,
  decodeError,
  renderError,
  renderStreamError,
};
