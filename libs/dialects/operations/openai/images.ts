import { NO_TOKENS, TollgateError } from '#libs/core';
import { invalid, optional, readBoolean, readName, readPositive, readString } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { textLoad } from '../load.js';
import type { OperationDialect, OperationRequest } from '../operation.js';
import { openaiPlain } from './plain.js';
import { usageOf } from './usage.js';

/** What a 1536 × 1024 image of high quality costs, the dearest there is, with some room. https://platform.openai.com/docs/guides/image-generation */
const IMAGE_TOKENS_MAX = 6_300;
/** For each partial image that a stream shows. */
const PARTIAL_IMAGE_TOKENS = 100;
const IMAGES_MAX = 128;

/** OpenAI's image generation: gpt-image tells tokens, DALL·E and its like are billed by the image. */
export const openaiImages: OperationDialect = {
  ...openaiPlain,
  id: 'openai-images',
  decodeRequest(body: JsonObject): OperationRequest {
    const images = optional(body['n'], 'n', readPositive) ?? 1;
    if (images > IMAGES_MAX) throw invalid('n', `must be ${IMAGES_MAX} or less`);
    const partial = optional(body['partial_images'], 'partial_images', readCountOfPartials) ?? 0;
    const endUser = optional(body['user'], 'user', readString);
    return {
      dialect: 'openai-images',
      model: readName(body['model'], 'model'),
      stream: optional(body['stream'], 'stream', readBoolean) ?? false,
      batch: false,
      ...(endUser !== undefined && { endUser }),
      load: textLoad(readName(body['prompt'], 'prompt'), {
        beside: NO_TOKENS,
        most: { input: 0, output: images * (IMAGE_TOKENS_MAX + partial * PARTIAL_IMAGE_TOKENS) },
        units: images,
        inTokens: false,
      }),
    };
  },
  decodeResponse(body) {
    if (!Array.isArray(body['data'])) {
      throw new TollgateError('upstream_error', 'The provider sent an answer without images.');
    }
    const usage = usageOf(body);
    return { usage: usage && { ...usage, units: body['data'].length }, model: undefined };
  },
  usageOfEvent: usageOf,
};

function readCountOfPartials(value: unknown, param: string): number {
  if (typeof value !== 'number' || ![0, 1, 2, 3].includes(value)) throw invalid(param, 'must be 0, 1, 2 or 3');
  return value;
}
