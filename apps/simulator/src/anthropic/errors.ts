import { alphanumericId } from '../ids.js';
import { type ErrorOptions, Refusal, type WireError } from '../vendor.js';

/** Error types per status. https://docs.claude.com/en/api/errors */
const TYPES: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['invalid_request_error', 'Your request is invalid.'],
  401: ['authentication_error', 'invalid x-api-key'],
  402: ['billing_error', 'There is an issue with your billing.'],
  403: ['permission_error', 'Your API key does not have permission to use the specified resource.'],
  404: ['not_found_error', 'Not Found'],
  413: ['request_too_large', 'Request exceeds the maximum size'],
  429: ['rate_limit_error', "This request would exceed your organization's rate limit."],
  500: ['api_error', 'Internal server error'],
  504: ['timeout_error', 'Request timed out'],
  529: ['overloaded_error', 'Overloaded'],
};

/** The body of an Anthropic error, also what its streams send as an `error` event. */
export function anthropicErrorBody(status: number, { message, code }: ErrorOptions = {}): unknown {
  const [type, usual] =
    TYPES[status] ??
    (status >= 500 ? ['api_error', 'Internal server error'] : ['invalid_request_error', 'Invalid request']);
  return { type: 'error', error: { type: code ?? type, message: message ?? usual }, request_id: newRequestId() };
}

export function anthropicError(status: number, options: ErrorOptions = {}): WireError {
  return {
    status,
    body: anthropicErrorBody(status, options),
    ...(options.retryAfter !== undefined && { headers: { 'retry-after': String(options.retryAfter) } }),
  };
}

export function invalid(message: string): Refusal {
  return new Refusal(anthropicError(400, { message }));
}

/** What a request gets that asks to keep its conversation where none can be kept; here, none ever can. */
export function noThreads(): Refusal {
  const details = { error_code: 'thread_unsupported_request', unsupported: ['model'] };
  const error = { type: 'invalid_request_error', message: 'thread: not supported with this request', details };
  return new Refusal({ status: 400, body: { type: 'error', error, request_id: newRequestId() } });
}

export function newRequestId(): string {
  return alphanumericId('req_011', 21);
}
