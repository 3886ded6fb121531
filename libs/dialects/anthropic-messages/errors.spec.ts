import { describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import { anthropicMessages } from './index.js';

const failure = (status: number, body: unknown, headers: Record<string, string> = {}) => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  nowMs: 0,
});
const error = (type: string, message = 'm') => ({ type: 'error', error: { type, message }, request_id: 'r' });

describe('an error of the provider', () => {
  it.each([
    [400, error('invalid_request_error'), 'invalid-request'],
    [400, error('invalid_request_error', 'prompt is too long: 210000 tokens > 200000 maximum'), 'context-length'],
    [400, error('invalid_request_error', 'Your credit balance is too low'), 'quota'],
    [400, error('invalid_request_error', 'Output blocked by content filtering policy'), 'content-policy'],
    [401, error('authentication_error'), 'authentication'],
    [402, error('billing_error'), 'quota'],
    [403, error('permission_error'), 'permission'],
    [404, error('not_found_error'), 'not-found'],
    [413, error('request_too_large'), 'invalid-request'],
    [429, error('rate_limit_error'), 'rate-limit'],
    [500, error('api_error'), 'server'],
    [504, error('timeout_error'), 'timeout'],
    [529, error('overloaded_error'), 'overloaded'],
    [529, '<html>busy</html>', 'overloaded'],
    [502, '', 'server'],
  ])('%i %j is of class %s', (status, body, kind) => {
    expect(anthropicMessages.decodeError(failure(status, body))).toMatchObject({ kind, status });
  });

  it.each([
    [{ 'retry-after': '2' }, 2000],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    [{ 'retry-after': 'Thu, 01 Jan 1970 00:00:05 GMT' }, 5000],
    [{}, undefined],
  ])('with %j says when to try again', (headers, retryAfterMs) => {
    expect(anthropicMessages.decodeError(failure(429, error('rate_limit_error'), headers)).retryAfterMs).toBe(
      retryAfterMs,
    );
  });
});

describe('an error of ours', () => {
  it.each([
    ['invalid_request', 'invalid_request_error'],
    ['invalid_token', 'authentication_error'],
    ['model_not_allowed', 'permission_error'],
    ['model_not_found', 'not_found_error'],
    ['request_too_large', 'request_too_large'],
    ['insufficient_quota', 'rate_limit_error'],
    ['upstream_error', 'api_error'],
    ['overloaded', 'overloaded_error'],
    ['upstream_timeout', 'timeout_error'],
  ] as const)('%s has the type %s', (code, type) => {
    expect(anthropicMessages.renderError(new TollgateError(code, 'why'))).toMatchObject({
      type: 'error',
      error: { type, message: 'why', code },
    });
  });

  it('ends a stream that began as an error event', () => {
    const wire = anthropicMessages.renderStreamError(new TollgateError('guardrail_blocked', 'no'));
    expect(wire).toMatch(/^event: error\ndata: \{"type":"error".*\}\n\n$/);
  });
});
