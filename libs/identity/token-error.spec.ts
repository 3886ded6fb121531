import { describe, expect, it } from 'vitest';
import { TollgateError } from '#libs/core';
import { bearerChallenge, noToken } from './index.js';

describe('the challenge of a 401', () => {
  it('names no error when no token was given (RFC 6750 §3.1)', () => {
    expect(noToken()).toMatchObject({ code: 'invalid_token', message: 'An access token is required.' });
    expect(bearerChallenge(noToken())).toBe('Bearer realm="tollgate"');
  });

  it('says invalid_token and why when one was', () => {
    expect(bearerChallenge(new TollgateError('invalid_token', 'The access token has expired.'))).toBe(
      'Bearer realm="tollgate", error="invalid_token", error_description="The access token has expired."',
    );
  });

  it('cannot be broken out of by the text of the reason', () => {
    const challenge = bearerChallenge(new TollgateError('invalid_token', 'a "quoted\\" ü\r\nx-evil: 1'));
    expect(challenge).toBe(
      'Bearer realm="tollgate", error="invalid_token", error_description="a \'quoted\'\' \'\'\'x-evil: 1"',
    );
  });
});
