import { describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import { gemini } from './index.js';

const failure = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  nowMs: 0,
});
const error = (code: number, status: string, message = 'm', details: object[] = []) => ({
  error: { code, status, message, details },
});
const detail = (type: string, members: object) => ({ '@type': `type.googleapis.com/google.rpc.${type}`, ...members });

describe('an error of the provider', () => {
  it.each([
    [400, error(400, 'INVALID_ARGUMENT'), 'invalid-request'],
    [
      400,
      error(400, 'INVALID_ARGUMENT', 'The input token count (1048577) exceeds the maximum number of tokens allowed'),
      'context-length',
    ],
    [400, error(400, 'INVALID_ARGUMENT', 'm', [detail('ErrorInfo', { reason: 'API_KEY_INVALID' })]), 'authentication'],
    [400, error(400, 'FAILED_PRECONDITION'), 'permission'],
    [401, error(401, 'UNAUTHENTICATED'), 'authentication'],
    [403, error(403, 'PERMISSION_DENIED'), 'permission'],
    [404, error(404, 'NOT_FOUND'), 'not-found'],
    [429, error(429, 'RESOURCE_EXHAUSTED'), 'rate-limit'],
    [429, [error(429, 'RESOURCE_EXHAUSTED')], 'rate-limit'],
    [
      429,
      error(429, 'RESOURCE_EXHAUSTED', 'm', [
        detail('QuotaFailure', { violations: [{ quotaId: 'RequestsPerDay-X' }] }),
      ]),
      'quota',
    ],
    [500, error(500, 'INTERNAL'), 'server'],
    [503, error(503, 'UNAVAILABLE'), 'overloaded'],
    [504, error(504, 'DEADLINE_EXCEEDED'), 'timeout'],
    [404, '<html>', 'not-found'],
  ])('%i %j is of class %s', (status, body, kind) => {
    expect(gemini.decodeError(failure(status, body))).toMatchObject({ kind, status });
  });

  it('says in RetryInfo when to try again, before any header', () => {
    const body = error(429, 'RESOURCE_EXHAUSTED', 'm', [detail('RetryInfo', { retryDelay: '34.4s' })]);
    expect(gemini.decodeError(failure(429, body, { 'retry-after': '1' })).retryAfterMs).toBe(34_400);
    expect(gemini.decodeError(failure(503, error(503, 'UNAVAILABLE'), { 'retry-after': '1' })).retryAfterMs).toBe(1000);
  });
});

describe('an error of ours', () => {
  it.each([
    ['invalid_request', 400, 'INVALID_ARGUMENT'],
    ['invalid_token', 401, 'UNAUTHENTICATED'],
    ['guardrail_blocked', 403, 'PERMISSION_DENIED'],
    ['model_not_found', 404, 'NOT_FOUND'],
    ['request_too_large', 413, 'INVALID_ARGUMENT'],
    ['rate_limit_exceeded', 429, 'RESOURCE_EXHAUSTED'],
    ['upstream_error', 502, 'INTERNAL'],
    ['overloaded', 503, 'UNAVAILABLE'],
    ['upstream_timeout', 504, 'DEADLINE_EXCEEDED'],
  ] as const)('%s is a google.rpc.Status', (code, status, name) => {
    expect(gemini.renderError(new TollgateError(code, 'why'))).toMatchObject({
      error: { code: status, status: name, message: 'why', details: [{ reason: code }] },
    });
  });

  it('tells the wait as RetryInfo and the field at fault as BadRequest', () => {
    const rendered = gemini.renderError(
      new TollgateError('rate_limit_exceeded', 'm', { retryAfterMs: 1500, param: 'contents' }),
    );
    expect(gemini.decodeError(failure(429, rendered))).toMatchObject({ retryAfterMs: 1500, param: 'contents' });
  });
});
