import { afterAll, expect, it } from 'vitest';
import { Upstream } from '../call/upstream.js';
import { tokenFetchThrough } from './token-fetch.js';

const upstream = new Upstream({ allowPrivate: false });
afterAll(() => upstream.close());

it.each([
  'http://169.254.169.254/token',
  'http://localhost:1/token',
  'https://[::1]/token',
  'https://[::ffff:10.0.0.1]/token',
])('a token endpoint is not asked where providers may not be: %s', async (url) => {
  const asked = tokenFetchThrough(upstream)({ url, headers: {}, body: 'assertion=secret' });
  await expect(asked).rejects.toMatchObject({ name: 'ForbiddenAddress' });
});
