import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countTokens, tokenize } from './tokens.js';

it('gives any text back when its tokens are joined', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(tokenize(text).join('')).toBe(text);
    }),
  );
});

it('counts words of up to eight letters and single marks, each with the space before it', () => {
  expect(tokenize('Hello, dear simulator!')).toEqual(['Hello', ',', ' dear', ' simulato', 'r', '!']);
  expect(countTokens('')).toBe(0);
});
