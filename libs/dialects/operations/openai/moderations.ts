import { TollgateError } from '#libs/core';
import { arrayOf, isObject, objectOf, readName, textOf } from '../../json/index.js';
import type { JsonObject } from '../../neutral/index.js';
import { textLoad } from '../load.js';
import type { OperationDialect, OperationRequest } from '../operation.js';
import { openaiPlain } from './plain.js';

/** What the API takes when no model is named. */
const MODEL_DEFAULT = 'omni-moderation-latest';

/** OpenAI's moderations. https://platform.openai.com/docs/api-reference/moderations */
export const openaiModerations: OperationDialect = {
  ...openaiPlain,
  id: 'openai-moderations',
  decodeRequest(body: JsonObject): OperationRequest {
    const { input } = body;
    const parts = Array.isArray(input) ? arrayOf(input) : [readName(input, 'input')];
    return {
      dialect: 'openai-moderations',
      model: readName(body['model'] ?? MODEL_DEFAULT, 'model'),
      stream: false,
      batch: parts.length > 1,
      load: textLoad(parts.map((part) => textOf(part) ?? textOf(objectOf(part)['text']) ?? '').join('\n')),
    };
  },
  decodeResponse(body) {
    if (!Array.isArray(body['results']) || !body['results'].every(isObject)) {
      throw new TollgateError('upstream_error', 'The provider sent an answer that is no moderation.');
    }
    return { usage: undefined, model: textOf(body['model']) };
  },
};
