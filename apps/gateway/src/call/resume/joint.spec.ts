import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Joint } from './joint.js';

const joined = (sent: string, pieces: readonly string[], prefill: 'continues' | 'repeats' = 'continues'): string => {
  const joint = new Joint(sent, prefill);
  return sent + pieces.map((piece) => joint.push(piece)).join('') + joint.finish();
};
const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', 'word'), { maxLength: 40 }).map((parts) => parts.join(''));
const cut = (whole: string, places: readonly number[]): string[] => {
  const at = [...new Set(places.map((place) => place % (whole.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => whole.slice(from, at[index] ?? whole.length));
};

describe('a text and its continuation', () => {
  it('are the whole text, wherever it broke and however the continuation is cut', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.array(fc.nat(), { maxLength: 8 }), (whole, at, places) => {
        const sent = whole.slice(0, at % (whole.length + 1));
        // What a model adds to a beginning without the white space at its end.
        const rest = whole.slice(new Joint(sent, 'continues').prefill.length);
        fc.pre(!rest.startsWith(sent.trimEnd()) || sent.trimEnd().length < 16);
        expect(joined(sent, cut(rest, places))).toBe(whole);
      }),
      { numRuns: 2_000 },
    );
  });
  it('are the whole text when the model says it again from its start, as it was told or because it knows no better', () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.array(fc.nat(), { maxLength: 8 }), (more, at, places) => {
        const whole = `A beginning of 16 letters, at least.${more}`;
        const sent = whole.slice(0, 20 + (at % (whole.length - 19)));
        for (const prefill of ['continues', 'repeats'] as const)
          expect(joined(sent, cut(whole, places), prefill)).toBe(whole);
      }),
      { numRuns: 2_000 },
    );
  });
  it('a short beginning that comes again is no repetition unless it was to be expected', () => {
    expect(joined('ha', ['ha', 'ha'])).toBe('hahaha');
    expect(joined('ha', ['ha', 'ha'], 'repeats')).toBe('haha');
  });
  it('what only begins like a repetition is not lost', () => {
    const sent = 'The quick brown fox jumps';
    expect(joined(sent, ['The quick'])).toBe(`${sent}The quick`);
    expect(joined(sent, ['The qu', 'een'])).toBe(`${sent}The queen`);
  });
});
