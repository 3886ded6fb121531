import { HttpException } from '@nestjs/common';
import { CODES, type ErrorCode, TollgateError, toTollgateError } from '#libs/core';

/** What the framework refuses by itself, by HTTP status, in our words. Its own texts may quote internals. */
const BY_STATUS: Readonly<Record<number, readonly [ErrorCode, string]>> = {
  400: ['invalid_request', 'The request is malformed.'],
  401: ['invalid_token', 'A valid access token is needed.'],
  403: ['permission_denied', 'This is not allowed.'],
  404: ['not_found', 'There is nothing at this path.'],
  405: ['method_not_allowed', 'This path does not take this method.'],
  408: ['request_timeout', 'The request took too long to arrive.'],
  413: ['request_too_large', 'The request body is too large.'],
  414: ['invalid_request', 'The path is too long.'],
  415: ['unsupported_media_type', 'The request body must be application/json.'],
};

/** Prisma's error codes that a well-formed request can cause: a check of ours lost a race, and the database caught it. */
const BY_PRISMA_CODE: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  P2002: ['conflict', 'Another resource already has this value.'],
  P2003: ['conflict', 'The resource is still in use, or what it refers to is gone.'],
  P2025: ['not_found', 'The resource does not exist.'],
  P2034: ['conflict', 'The resource was changed by another request at the same time.'],
};

/** Prisma's error codes for a database that is away (P10xx) or has no time for us. */
const UNAVAILABLE = new Set(['P1001', 'P1002', 'P1003', 'P1008', 'P1017', 'P2024', 'P2028']);
/** What the driver says of a raw query (P2010) that never reached the database. */
const UNREACHED = /Can't reach database server|does not exist|terminat|timeout exceeded/;

/** Anything thrown while answering a request, as one of our errors. What nobody foresaw is internal_error. */
export function knownError(cause: unknown): TollgateError {
  if (cause instanceof TollgateError) return cause;
  const row = databaseError(cause) ?? BY_STATUS[statusOf(cause)];
  if (!row) return toTollgateError(cause);
  const [code, message] = row;
  return new TollgateError(code, message, {
    detail: cause instanceof Error ? cause.message : String(cause),
    cause,
    ...(CODES[code].retry === 'after' && { retryAfterMs: 1000 }),
  });
}

function databaseError(cause: unknown): readonly [ErrorCode, string] | undefined {
  const code = propertyOf(cause, 'code');
  const away = UNAVAILABLE.has(code) || (code === 'P2010' && UNREACHED.test(propertyOf(cause, 'message')));
  return away ? ['overloaded', 'The database cannot be reached right now.'] : BY_PRISMA_CODE[code];
}

function statusOf(cause: unknown): number {
  return cause instanceof HttpException ? cause.getStatus() : Number(propertyOf(cause, 'statusCode'));
}

function propertyOf(value: unknown, name: string): string {
  return typeof value === 'object' && value !== null && name in value
    ? String((value as Record<string, unknown>)[name])
    : '';
}
