import { randomUUID } from 'node:crypto';
import { type ErrorOptions, Refusal, type WireError } from '../vendor.js';

/** https://docs.cohere.com/reference/errors */
const MESSAGES: Readonly<Record<number, string>> = {
  401: 'invalid api token',
  404: 'model not found, make sure the correct model ID was used and that you have access to the model.',
  429: 'You are past the per minute request limit, please wait and try again later.',
  500: 'internal server error, this has been reported to our developers',
};

export function cohereError(status: number, { message, retryAfter }: ErrorOptions = {}): WireError {
  return {
    status,
    body: { id: randomUUID(), message: message ?? MESSAGES[status] ?? 'service unavailable' },
    ...(retryAfter !== undefined && { headers: { 'retry-after': String(retryAfter) } }),
  };
}

export function invalid(message: string): Refusal {
  return new Refusal(cohereError(400, { message: `invalid request: ${message}` }));
}
