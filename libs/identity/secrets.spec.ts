import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashGatewayKey, hashSecret, looksLikeGatewayKey, newGatewayKey, newSecret, secretMatches } from './index.js';

describe('a client secret', () => {
  it('matches its own hash and no other', () => {
    const [one, two] = [newSecret(), newSecret()];
    expect(one).toMatch(/^tgs_[\w-]{43}$/);
    expect(secretMatches(one, hashSecret(one))).toBe(true);
    expect(secretMatches(two, hashSecret(one))).toBe(false);
  });

  it('never matches a hash that is damaged or empty', () => {
    const secret = newSecret();
    expect(secretMatches(secret, '')).toBe(false);
    expect(secretMatches(secret, hashSecret(secret).slice(1))).toBe(false);
    expect(secretMatches('', '')).toBe(false);
  });
});

describe('a gateway key', () => {
  it('is recognised without asking anyone, and found by its hash', () => {
    for (let round = 0; round < 200; round++) {
      const { key, hash, prefix } = newGatewayKey();
      expect(key).toMatch(/^tg-[0-9A-Za-z]{49}$/);
      expect(looksLikeGatewayKey(key)).toBe(true);
      expect(hashGatewayKey(key)).toBe(hash);
      expect(key.startsWith(prefix)).toBe(true);
    }
  });

  it('with one mistyped character is not taken for one', () => {
    const { key } = newGatewayKey();
    const position = fc.integer({ min: 3, max: key.length - 1 });
    fc.assert(
      fc.property(position, fc.constantFrom(...'0aZ9xB'), (at, character) => {
        fc.pre(key[at] !== character);
        expect(looksLikeGatewayKey(key.slice(0, at) + character + key.slice(at + 1))).toBe(false);
      }),
    );
  });

  it.each(['', 'tg-', 'sk-abc', 'eyJhbGciOiJFUzI1NiJ9.e30.AA', `${newGatewayKey().key} `])(
    'is not seen in %j',
    (text) => {
      expect(looksLikeGatewayKey(text)).toBe(false);
    },
  );
});
