import { TollgateError } from '#libs/core';
import { decodeError, renderError, renderStreamError } from '../../gemini/errors.js';
import { decodeRequest } from '../../gemini/request.js';
import { countOf, objectOf, optional, readObject } from '../../json/index.js';
import type { OperationDialect } from '../operation.js';
import { type Count, type CountRequest, FREE, FREE_LOAD } from './count.js';

/** Gemini's countTokens: of contents, or of a whole request to generate. https://ai.google.dev/api/tokens */
export const geminiCountTokens: OperationDialect<CountRequest, Count> = {
  id: 'gemini-count-tokens',
  decodeRequest(body, envelope) {
    const whole = optional(body['generateContentRequest'], 'generateContentRequest', readObject);
    const chat = decodeRequest(whole ?? body, envelope);
    return { dialect: 'gemini-count-tokens', model: chat.model, stream: false, batch: false, load: FREE_LOAD, chat };
  },
  modelMembers(body, { upstreamModel }) {
    const model = `models/${upstreamModel}`;
    return {
      ...(body['model'] !== undefined && { model }),
      ...(body['generateContentRequest'] !== undefined && {
        generateContentRequest: { ...objectOf(body['generateContentRequest']), model },
      }),
    };
  },
  decodeResponse(body) {
    if (typeof body['totalTokens'] !== 'number') {
      throw new TollgateError('upstream_error', 'The provider sent an answer without a count.');
    }
    return { inputTokens: countOf(body['totalTokens']), usage: FREE, model: undefined };
  },
  encodeResponse: ({ inputTokens }) => ({
    totalTokens: inputTokens,
    promptTokensDetails: [{ modality: 'TEXT', tokenCount: inputTokens }],
  }),
  decodeError,
  renderError,
  renderStreamError,
};
