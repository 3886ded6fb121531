import { CODES, type ErrorCode, type TollgateError } from '#libs/core';
import type { UpstreamFailure } from '../dialect.js';
import { defined, isObject, objectOf, parseObject, textOf } from '../json/index.js';
import { kindOfStatus, retryAfterMs } from '../neutral/failure.js';
import type { JsonObject, UpstreamError, UpstreamErrorKind } from '../neutral/index.js';
import { sseEvent } from '../sse/index.js';
import type { ErrorType } from './types.js';

const KINDS: Readonly<Record<string, UpstreamErrorKind>> = {
  invalid_request_error: 'invalid-request',
  authentication_error: 'authentication',
  billing_error: 'quota',
  permission_error: 'permission',
  not_found_error: 'not-found',
  request_too_large: 'invalid-request',
  rate_limit_error: 'rate-limit',
  timeout_error: 'timeout',
  api_error: 'server',
  overloaded_error: 'overloaded',
  conflict_error: 'invalid-request',
} satisfies Partial<Record<ErrorType, UpstreamErrorKind>>;

/** The API tells these apart by words only. */
const BY_WORDS: readonly (readonly [RegExp, UpstreamErrorKind])[] = [
  [
    /prompt is too long|exceeds? (the )?context (window|limit)|input length and `?max_tokens`? exceed/i,
    'context-length',
  ],
  [/content filter|usage polic/i, 'content-policy'],
  [/credit balance|billing|spend(ing)? limit|usage limits?\b/i, 'quota'],
];

function kindOf(type: string | undefined, message: string, status: number | null): UpstreamErrorKind {
  const kind = (type === undefined ? undefined : KINDS[type]) ?? (status === null ? 'server' : kindOfStatus(status));
  if (kind !== 'invalid-request' && kind !== 'rate-limit' && kind !== 'permission') return kind;
  return BY_WORDS.find(([words]) => words.test(message))?.[1] ?? kind;
}

/** An answer that is no success: `{type: 'error', error: {type, message}}`, or whatever stood in the way. */
export function decodeError({ status, headers, body, nowMs }: UpstreamFailure): UpstreamError {
  const error = objectOf(parseObject(body)?.['error']);
  const type = textOf(error['type']);
  const message = textOf(error['message']) ?? `HTTP ${status}`;
  // Whatever became of a conversation that was to be kept, its client can go on by sending all of it.
  if (/^thread_/.test(textOf(objectOf(error['details'])['error_code']) ?? ''))
    return { kind: 'invalid-request', message, status, param: 'thread' };
  return defined<UpstreamError>({
    kind: kindOf(type, message, status),
    message,
    status,
    code: type,
    retryAfterMs: retryAfterMs(headers, nowMs),
  });
}

/** An `error` event of a stream whose status was 200. */
export function decodeStreamError(wire: JsonObject): UpstreamError {
  const error = isObject(wire['error']) ? wire['error'] : wire;
  const type = textOf(error['type']);
  const message = textOf(error['message']) ?? 'The stream ended with an error.';
  return defined<UpstreamError>({ kind: kindOf(type, message, null), message, status: null, code: type });
}

const TYPES: Readonly<Partial<Record<number, ErrorType>>> = {
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
};

const typeOf = (code: ErrorCode): ErrorType => {
  const { status } = CODES[code];
  return TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
};

/** The API's error body; `code` and `param` are ours beside it, since the types are coarser than our codes. */
export function renderError(error: TollgateError): JsonObject {
  return {
    type: 'error',
    error: {
      type: typeOf(error.code),
      message: error.message,
      code: error.code,
      ...(error.param === undefined ? {} : { param: error.param }),
      ...(error.param === 'thread' ? { details: NO_THREADS } : {}),
    },
    request_id: null,
  };
}

/** Tells Anthropic's SDK that the conversation cannot be kept for it: it then sends all of it each time, by itself. */
const NO_THREADS = { error_code: 'thread_unsupported_request', unsupported: ['thread'] };

export const renderStreamError = (error: TollgateError): string => sseEvent('error', renderError(error));
