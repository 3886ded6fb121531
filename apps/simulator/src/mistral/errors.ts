import { type ErrorOptions, Refusal, type WireError } from '../vendor.js';

/** Mistral's types and codes per status, as its answers carry them. */
const WORDINGS: Readonly<Record<number, readonly [type: string, code: string | null, message: string]>> = {
  400: ['invalid_request_error', null, 'Bad request'],
  403: ['forbidden', '1500', 'Forbidden'],
  404: ['invalid_model', '1500', 'Invalid model'],
  429: ['rate_limited', '1300', 'Rate limit exceeded'],
  500: ['internal_server_error', '1000', 'Internal server error'],
  503: ['unreachable_backend', '1100', 'Unreachable backend'],
};

export function mistralError(status: number, { message, code, retryAfter }: ErrorOptions = {}): WireError {
  if (status === 401) return { status, body: { detail: 'Unauthorized' } };
  const [type, usualCode, usualMessage] = WORDINGS[status] ?? ['internal_server_error', '1000', 'Service unavailable'];
  return {
    status,
    body: { object: 'error', message: message ?? usualMessage, type, param: null, code: code ?? usualCode },
    ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
  };
}

export interface Detail {
  readonly type: string;
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly input: unknown;
}

/** Status 422, with which Mistral answers bodies that its schema does not know. */
export function unprocessable(...detail: readonly Detail[]): Refusal {
  return new Refusal({
    status: 422,
    body: { object: 'error', message: { detail }, type: 'invalid_request_error', param: null, code: null },
  });
}

/** Status 400 for a conversation out of order. */
export function outOfOrder(message: string): Refusal {
  return new Refusal({
    status: 400,
    body: { object: 'error', message, type: 'invalid_request_message_order', param: null, code: '3230' },
  });
}

/** Status 400 for a tool call that Mistral cannot take. */
export function invalidFunctionCall(message: string): Refusal {
  return new Refusal({
    status: 400,
    body: { object: 'error', message, type: 'invalid_function_call', param: null, code: '3280' },
  });
}
