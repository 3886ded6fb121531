import { describe, expect, it } from 'vitest';
import { type AccessTokenClaims, TokenCache } from './index.js';

const claims = (jti: string, exp = 1000): AccessTokenClaims => ({
  iss: 'https://tollgate.example/oidc',
  sub: 'client',
  client_id: 'client',
  aud: 'urn:tollgate:gateway',
  iat: 0,
  exp,
  jti,
});

describe('the token cache', () => {
  it('remembers a verified token until the second it expires', () => {
    const cache = new TokenCache();
    cache.set('token', claims('one', 1000));
    expect(cache.get('token', 999_999)).toMatchObject({ jti: 'one' });
    expect(cache.get('token', 1_000_000)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('does not know a token that differs in one character', () => {
    const cache = new TokenCache();
    cache.set('token', claims('one'));
    expect(cache.get('tokeN', 0)).toBeUndefined();
  });

  it('forgets the token unused for longest when it is full', () => {
    const cache = new TokenCache(2);
    cache.set('a', claims('a'));
    cache.set('b', claims('b'));
    cache.get('a', 0);
    cache.set('c', claims('c'));
    expect(['a', 'b', 'c'].map((token) => cache.get(token, 0))).toEqual([claims('a'), undefined, claims('c')]);
    expect(cache.size).toBe(2);
  });

  it('forgets everything when told to', () => {
    const cache = new TokenCache();
    cache.set('token', claims('one'));
    cache.clear();
    expect(cache.get('token', 0)).toBeUndefined();
  });

  it('never holds more tokens than its capacity', () => {
    const cache = new TokenCache(10);
    for (let n = 0; n < 1000; n++) cache.set(`token ${n}`, claims(`${n}`));
    expect(cache.size).toBe(10);
  });
});
