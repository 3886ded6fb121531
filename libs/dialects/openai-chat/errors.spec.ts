import { expect, test } from 'vitest';
import { TollgateError } from '#libs/core';
import { decodeError, renderError, renderStreamError } from './errors.js';

const fail = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  decodeError({ status, headers, body: typeof body === 'string' ? body : JSON.stringify(body), nowMs: 1_000_000 });

test.each([
  [400, { error: { message: 'x', type: 'invalid_request_error', code: 'context_length_exceeded' } }, 'context-length'],
  [400, { error: { message: "This model's maximum context length is 8192 tokens.", code: null } }, 'context-length'],
  [
    400,
    {
      object: 'error',
      message: 'Prompt contains 9 tokens, too large for model with 8 maximum context length',
      type: 'invalid_request_error',
      code: '3051',
    },
    'context-length',
  ],
  [
    400,
    { error: { message: 'x', code: 'content_filter', innererror: { code: 'ResponsibleAIPolicyViolation' } } },
    'content-policy',
  ],
  [
    400,
    { error: { message: 'Your request was rejected by our safety system', type: 'invalid_request_error' } },
    'content-policy',
  ],
  [
    400,
    { code: 'Client specified an invalid argument', error: 'Incorrect API key provided: xa***.' },
    'authentication',
  ],
  [400, { error: { message: 'bad field', type: 'invalid_request_error', param: 'n' } }, 'invalid-request'],
  [401, { message: 'Unauthorized', request_id: 'r' }, 'authentication'],
  [402, { error: { message: 'Insufficient Balance', type: 'unknown_error', code: 'invalid_request_error' } }, 'quota'],
  [403, { error: { message: 'no', code: 'unsupported_country_region_territory' } }, 'permission'],
  [404, { error: { message: 'no', code: 'model_not_found' } }, 'not-found'],
  [
    422,
    { detail: [{ type: 'extra_forbidden', loc: ['body', 'seed'], msg: 'Extra inputs are not permitted' }] },
    'invalid-request',
  ],
  [
    429,
    { error: { message: 'Rate limit reached. Add a payment method at /billing', code: 'rate_limit_exceeded' } },
    'rate-limit',
  ],
  [
    429,
    { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } },
    'quota',
  ],
  [429, { error: { message: 'The model is overloaded' } }, 'overloaded'],
  [498, { error: { message: 'Flex tier capacity exceeded', code: 'capacity_exceeded' } }, 'overloaded'],
  [500, { error: { message: 'boom', type: 'server_error' } }, 'server'],
  [502, '<html><body>Bad Gateway</body></html>', 'server'],
  [503, '', 'overloaded'],
  [504, 'null', 'timeout'],
])('%i %j is told as %s', (status, body, kind) => {
  expect(fail(status, body)).toMatchObject({ kind, status });
});

test('message, code and param are found in each shape', () => {
  expect(fail(400, { error: { message: 'm', code: 'c', param: 'n' } })).toMatchObject({
    message: 'm',
    code: 'c',
    param: 'n',
  });
  expect(fail(422, { detail: [{ loc: ['body', 'seed'], msg: 'no' }] })).toMatchObject({ message: 'no', param: 'seed' });
  expect(fail(422, { message: { detail: [{ loc: ['body', 'n'], msg: 'no' }] } })).toMatchObject({
    message: 'no',
    param: 'n',
  });
  expect(fail(400, { error: 'text', code: 'c' })).toMatchObject({ message: 'text', code: 'c' });
  expect(fail(502, '<html>').message).toBe('HTTP 502');
});

test('the wait is read from headers, else from words', () => {
  const limited = { error: { message: 'Please try again in 1m2.5s. Visit …', code: 'rate_limit_exceeded' } };
  expect(fail(429, limited, { 'retry-after': '3' }).retryAfterMs).toBe(3000);
  expect(fail(429, limited, { 'retry-after-ms': '250', 'retry-after': '3' }).retryAfterMs).toBe(250);
  expect(fail(429, limited, { 'retry-after': new Date(1_005_000).toUTCString() }).retryAfterMs).toBe(5000);
  expect(fail(429, limited).retryAfterMs).toBe(62_500);
  expect(fail(429, { error: { message: 'try again in 20ms' } }).retryAfterMs).toBe(20);
  expect(fail(429, { error: { message: 'try again in a while' } }).retryAfterMs).toBeUndefined();
});

test("our errors have OpenAI's four members and its types", () => {
  const types = (
    [
      'invalid_request',
      'invalid_token',
      'model_not_allowed',
      'rate_limit_exceeded',
      'insufficient_quota',
      'upstream_error',
    ] as const
  ).map((code) => (renderError(new TollgateError(code, 'm'))['error'] as { type: string }).type);
  expect(types).toEqual([
    'invalid_request_error',
    'authentication_error',
    'permission_error',
    'rate_limit_error',
    'insufficient_quota',
    'server_error',
  ]);
  const error = new TollgateError('invalid_request', 'bad n', { param: 'n' });
  expect(renderError(error)).toEqual({
    error: { message: 'bad n', type: 'invalid_request_error', param: 'n', code: 'invalid_request' },
  });
  expect(renderStreamError(error)).toBe(`data: ${JSON.stringify(renderError(error))}\n\n`);
});
