import { CODES, type TollgateError } from '#libs/core';
import type { UpstreamFailure } from '../dialect.js';
import { defined, objectOf, parseObject, textOf } from '../json/index.js';
import { kindOfStatus, retryAfterMs } from '../neutral/failure.js';
import type { JsonObject, UpstreamError, UpstreamErrorKind } from '../neutral/index.js';
import { sseEvent } from '../sse/index.js';

/** Statuses of the API's own (docs.cohere.com/reference/errors). */
const KINDS: Readonly<Record<number, UpstreamErrorKind>> = {
  402: 'quota',
  422: 'invalid-request',
  498: 'authentication',
  499: 'server',
};

/** The API has no codes: within a status only words tell. */
const BY_WORDS: readonly (readonly [RegExp, UpstreamErrorKind])[] = [
  [/too many tokens|context (length|window)|prompt.{0,20}too long|maximum.{0,20}tokens/i, 'context-length'],
  [/trial key|monthly|billing|credit/i, 'quota'],
];

function kindOf(status: number, message: string): UpstreamErrorKind {
  const kind = KINDS[status] ?? kindOfStatus(status);
  if (kind !== 'invalid-request' && kind !== 'rate-limit') return kind;
  return BY_WORDS.find(([words]) => words.test(message))?.[1] ?? kind;
}

/** An answer that is no success: `{message}`, or whatever stood in the way. */
export function decodeError({ status, headers, body, nowMs }: UpstreamFailure): UpstreamError {
  const message = textOf(objectOf(parseObject(body))['message']) ?? `HTTP ${status}`;
  return defined<UpstreamError>({
    kind: kindOf(status, message),
    message,
    status,
    retryAfterMs: retryAfterMs(headers, nowMs),
  });
}

/** A stream fails by a `message-end` that says why. */
export function decodeStreamError(delta: JsonObject): UpstreamError | undefined {
  const message = textOf(delta['error']);
  if (message === undefined && delta['finish_reason'] !== 'ERROR' && delta['finish_reason'] !== 'TIMEOUT')
    return undefined;
  const kind = delta['finish_reason'] === 'TIMEOUT' ? 'timeout' : 'server';
  return { kind, message: message ?? 'The stream ended with an error.', status: null };
}

/** The API's error body; `code` is ours beside it. */
export function renderError(error: TollgateError): JsonObject {
  return { message: error.message, code: error.code, ...(error.param === undefined ? {} : { param: error.param }) };
}

export function renderStreamError(error: TollgateError): string {
  const reason = CODES[error.code].status === 504 ? 'TIMEOUT' : 'ERROR';
  return sseEvent('message-end', { type: 'message-end', delta: { finish_reason: reason, error: error.message } });
}
