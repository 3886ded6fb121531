import { type ErrorOptions, Refusal, type WireError } from '../vendor.js';

/** google.rpc codes and texts per status. https://ai.google.dev/gemini-api/docs/troubleshooting */
const WORDINGS: Readonly<Record<number, readonly [status: string, message: string]>> = {
  400: ['INVALID_ARGUMENT', 'Request contains an invalid argument.'],
  401: [
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  ],
  403: ['PERMISSION_DENIED', 'The caller does not have permission'],
  404: ['NOT_FOUND', 'The model is not found for API version v1beta, or is not supported for generateContent.'],
  429: ['RESOURCE_EXHAUSTED', 'You exceeded your current quota, please check your plan and billing details.'],
  500: ['INTERNAL', 'An internal error has occurred. Please retry.'],
  503: ['UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  504: ['DEADLINE_EXCEEDED', 'The request timed out. Please try again.'],
};

export function geminiErrorBody(status: number, { message, code, retryAfter }: ErrorOptions = {}) {
  const [name, usual] = WORDINGS[status] ?? ['UNKNOWN', 'An unknown error has occurred.'];
  const retryInfo = { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfter}s` };
  return {
    error: {
      code: status,
      message: message ?? usual,
      status: code ?? name,
      ...(retryAfter !== undefined && { details: [retryInfo] }),
    },
  };
}

/** Gemini tells how long to wait in the body (RetryInfo), not in a header. */
export function geminiError(status: number, options: ErrorOptions = {}): WireError {
  return { status, body: geminiErrorBody(status, options) };
}

/** What Gemini answers to a key it does not know: 400, not 401. */
export function unknownKey(): WireError {
  const { error } = geminiErrorBody(400, { message: 'API key not valid. Please pass a valid API key.' });
  const details = [
    {
      '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
      reason: 'API_KEY_INVALID',
      domain: 'googleapis.com',
      metadata: { service: 'generativelanguage.googleapis.com' },
    },
  ];
  return { status: 400, body: { error: { ...error, details } } };
}

export function invalid(message: string): Refusal {
  return new Refusal(geminiError(400, { message }));
}
