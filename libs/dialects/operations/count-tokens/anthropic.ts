import { TollgateError } from '#libs/core';
import { decodeError, renderError, renderStreamError } from '../../anthropic-messages/errors.js';
import { decodeRequest } from '../../anthropic-messages/request.js';
import { countOf } from '../../json/index.js';
import type { OperationDialect } from '../operation.js';
import { type Count, type CountRequest, FREE, FREE_LOAD } from './count.js';

/** Anthropic's token counting: a message request without a limit. https://docs.claude.com/en/api/messages-count-tokens */
export const anthropicCountTokens: OperationDialect<CountRequest, Count> = {
  id: 'anthropic-count-tokens',
  decodeRequest(body, envelope) {
    const chat = decodeRequest({ max_tokens: 1, ...body }, envelope);
    return {
      dialect: 'anthropic-count-tokens',
      model: chat.model,
      stream: false,
      batch: false,
      ...(chat.endUser !== undefined && { endUser: chat.endUser }),
      load: FREE_LOAD,
      chat,
    };
  },
  modelMembers: (_body, { upstreamModel }) => ({ model: upstreamModel }),
  decodeResponse(body) {
    if (typeof body['input_tokens'] !== 'number') {
      throw new TollgateError('upstream_error', 'The provider sent an answer without a count.');
    }
    return { inputTokens: countOf(body['input_tokens']), usage: FREE, model: undefined };
  },
  encodeResponse: ({ inputTokens }) => ({ input_tokens: inputTokens }),
  decodeError,
  renderError,
  renderStreamError,
};
