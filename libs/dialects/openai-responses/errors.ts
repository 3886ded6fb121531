import type { TollgateError } from '#libs/core';
import { isObject } from '../json/index.js';
import type { JsonObject, UpstreamError } from '../neutral/index.js';
import { errorInStream, renderError } from '../openai-chat/errors.js';
import { sseEvent } from '../sse/index.js';

export { decodeError, renderError } from '../openai-chat/errors.js';

/** `error` events say it at their top or in a member; `response.failed` in its response. */
export function errorOf(wire: JsonObject): UpstreamError | undefined {
  switch (wire['type']) {
    case 'error':
      return errorInStream(isObject(wire['error']) ? wire : { ...wire, type: undefined }, 'error');
    case 'response.failed': {
      const response = isObject(wire['response']) ? wire['response'] : {};
      return errorInStream({ error: response['error'] ?? { message: 'The response failed.' } }, 'error');
    }
    default:
      return wire['type'] === undefined ? errorInStream(wire, null) : undefined;
  }
}

/** As the API description has it at the top, and in a member, where OpenAI's own SDK looks for it. */
export function renderStreamError(error: TollgateError): string {
  const { error: inner } = renderError(error) as { readonly error: JsonObject };
  const { message, code, param } = inner;
  return sseEvent('error', { type: 'error', code, message, param, sequence_number: 0, error: inner });
}
