import { describe, expect, it } from 'vitest';
import { AccessTokens } from './access-tokens.js';
import { openAwsSecret } from './sigv4.js';

const SECRET = { accessKeyId: 'AKIDEXAMPLEEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const clock = { now: () => Date.UTC(2015, 7, 30, 12, 36), monotonic: () => 0 };
const deps = { clock, tokens: new AccessTokens(() => Promise.reject(new Error('none needed')), clock) };
const settings = { region: 'us-east-1', project: null, apiVersion: null };

function sign(secret: object, url: string, method: 'GET' | 'POST' = 'POST', body = '{}') {
  return openAwsSecret({ kind: 'sigv4', service: 'service' }, secret)
    .authorizer(settings, deps)
    .authorize({ method, url, headers: {}, body });
}

describe('a signature of AWS', () => {
  it("is that of AWS's own test suite (get-vanilla)", async () => {
    const { authorization } = await sign(SECRET, 'https://example.amazonaws.com/', 'GET', '');
    expect(authorization).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLEEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    );
  });

  it('covers body, path, query, host and session token', async () => {
    const url = 'https://host.example/model/a/converse?b=1';
    const all = await Promise.all([
      sign(SECRET, url),
      sign(SECRET, url, 'POST', '{} '),
      sign(SECRET, url.replace('/a/', '/b/')),
      sign(SECRET, url.replace('b=1', 'b=2')),
      sign(SECRET, url.replace('host.', 'hosts.')),
      sign({ ...SECRET, sessionToken: 'session' }, url),
      sign({ ...SECRET, secretAccessKey: SECRET.secretAccessKey.toLowerCase() }, url),
    ]);
    expect(new Set(all.map(({ authorization }) => authorization)).size).toBe(all.length);
    expect(all.at(-2)).toMatchObject({ 'x-amz-security-token': 'session' });
    for (const headers of all) expect(Object.keys(headers)).not.toContain('host');
  });

  it.each([
    ['text that is no JSON', 'AKIA', /must be an object/],
    ['no secret key', { accessKeyId: SECRET.accessKeyId }, /needs secretAccessKey/],
    ['an id that is none', { ...SECRET, accessKeyId: 'a b' }, /no valid accessKeyId/],
    ['a key that would split a header', { ...SECRET, sessionToken: 'a\nb' }, /no valid sessionToken/],
  ])('is not made with %s', (_, secret, message) => {
    expect(() => openAwsSecret({ kind: 'sigv4', service: 'bedrock' }, secret)).toThrow(message);
  });
});
