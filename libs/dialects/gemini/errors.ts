import { CODES, type TollgateError } from '#libs/core';
import type { UpstreamFailure } from '../dialect.js';
import { arrayOf, defined, isObject, objectOf, textOf } from '../json/index.js';
import { kindOfStatus, retryAfterMs } from '../neutral/failure.js';
import type { JsonObject, UpstreamError, UpstreamErrorKind } from '../neutral/index.js';
import { sseData } from '../sse/index.js';

/** google.rpc.Code (github.com/googleapis/googleapis, google/rpc/code.proto). */
const KINDS: Readonly<Record<string, UpstreamErrorKind>> = {
  INVALID_ARGUMENT: 'invalid-request',
  FAILED_PRECONDITION: 'permission',
  OUT_OF_RANGE: 'invalid-request',
  UNAUTHENTICATED: 'authentication',
  PERMISSION_DENIED: 'permission',
  NOT_FOUND: 'not-found',
  ALREADY_EXISTS: 'invalid-request',
  RESOURCE_EXHAUSTED: 'rate-limit',
  CANCELLED: 'server',
  UNKNOWN: 'server',
  ABORTED: 'server',
  DATA_LOSS: 'server',
  INTERNAL: 'server',
  UNIMPLEMENTED: 'invalid-request',
  UNAVAILABLE: 'overloaded',
  DEADLINE_EXCEEDED: 'timeout',
};

const CONTEXT_LENGTH = /exceeds the maximum number of tokens|input (token count|context)|token limit/i;
const TYPE = 'type.googleapis.com/google.rpc.';

/** The first detail of a type, by its short name. */
function detailOf(error: JsonObject, type: string): JsonObject | undefined {
  return arrayOf(error['details'])
    .filter(isObject)
    .find((detail) => textOf(detail['@type'])?.endsWith(`.${type}`));
}

function kindOf(error: JsonObject, status: number | null): UpstreamErrorKind {
  const message = textOf(error['message']) ?? '';
  const kind = KINDS[textOf(error['status']) ?? ''] ?? (status === null ? 'server' : kindOfStatus(status));
  if (kind === 'invalid-request') {
    if (CONTEXT_LENGTH.test(message)) return 'context-length';
    // A key that does not exist is a malformed argument to this API.
    if (textOf(detailOf(error, 'ErrorInfo')?.['reason']) === 'API_KEY_INVALID') return 'authentication';
  }
  return kind === 'rate-limit' && isSpent(error) ? 'quota' : kind;
}

/** A day's quota is used up: waiting a minute does not help. */
function isSpent(error: JsonObject): boolean {
  return arrayOf(detailOf(error, 'QuotaFailure')?.['violations'])
    .filter(isObject)
    .some((violation) => /PerDay/.test(textOf(violation['quotaId']) ?? ''));
}

/** `RetryInfo.retryDelay` is a protobuf duration: `"34.4s"`. */
function retryDelayMs(error: JsonObject): number | undefined {
  const delay = /^(\d+(?:\.\d+)?)s$/.exec(textOf(detailOf(error, 'RetryInfo')?.['retryDelay']) ?? '')?.[1];
  return delay === undefined ? undefined : Math.ceil(Number(delay) * 1000);
}

/** The error object in a body: `{error}`, or in a list of one, as a stream without SSE has it. */
export function errorIn(body: unknown): JsonObject | undefined {
  const holder = Array.isArray(body) ? body[0] : body;
  const error = isObject(holder) ? holder['error'] : undefined;
  return isObject(error) ? error : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An answer that is no success: a google.rpc.Status, or whatever stood in the way. */
export function decodeError({ status, headers, body, nowMs }: UpstreamFailure): UpstreamError {
  const error = objectOf(errorIn(parse(body)));
  return defined<UpstreamError>({
    kind: kindOf(error, status),
    message: textOf(error['message']) ?? `HTTP ${status}`,
    status,
    code: textOf(error['status']),
    param: textOf(objectOf(arrayOf(detailOf(error, 'BadRequest')?.['fieldViolations'])[0])['field']),
    retryAfterMs: retryDelayMs(error) ?? retryAfterMs(headers, nowMs),
  });
}

/** An error object inside a stream whose status was 200. */
export function decodeStreamError(error: JsonObject): UpstreamError {
  return defined<UpstreamError>({
    kind: kindOf(error, typeof error['code'] === 'number' ? error['code'] : null),
    message: textOf(error['message']) ?? 'The stream ended with an error.',
    status: null,
    code: textOf(error['status']),
    retryAfterMs: retryDelayMs(error),
  });
}

const STATUSES: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  409: 'ABORTED',
  412: 'FAILED_PRECONDITION',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** A google.rpc.Status; our code is the `reason` of its ErrorInfo. */
export function renderError(error: TollgateError): JsonObject {
  const { status } = CODES[error.code];
  const { param, retryAfterMs: waitMs } = error;
  return {
    error: {
      code: status,
      message: error.message,
      status: STATUSES[status] ?? (status < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL'),
      details: [
        { '@type': `${TYPE}ErrorInfo`, reason: error.code, domain: 'tollgate' },
        ...(param === undefined
          ? []
          : [{ '@type': `${TYPE}BadRequest`, fieldViolations: [{ field: param, description: error.message }] }]),
        ...(waitMs === undefined ? [] : [{ '@type': `${TYPE}RetryInfo`, retryDelay: `${waitMs / 1000}s` }]),
      ],
    },
  };
}

export const renderStreamError = (error: TollgateError): string => sseData(renderError(error));
