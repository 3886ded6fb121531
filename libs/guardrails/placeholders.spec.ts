import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alone } from './checks/rules-in.fixture.js';
import { inspectJson, Placeholders, StreamRestorer } from './index.js';

const reversible = alone({ type: 'pii', action: 'redact', reversible: true });
const person = fc.tuple(
  fc.constantFrom('ada@example.com', 'bob.b@mail.example.org', '4111 1111 1111 1111', 'DE89 3704 0044 0532 0130 00'),
  fc.constantFrom(' wrote to ', ', then [', '] and "', '\n'),
);
const texts = fc.array(person, { minLength: 1, maxLength: 8 }).map((pairs) => pairs.flat().join(''));

describe('reversible redaction', () => {
  it('gives back the original, also streamed in random pieces, and shows no value meanwhile', () => {
    fc.assert(
      fc.property(texts, fc.array(fc.nat(), { maxLength: 12 }), (text, at) => {
        const placeholders = new Placeholders('acme');
        const { value } = inspectJson({ text }, reversible, 'input', { placeholders });
        expect(value.text).not.toMatch(/@|4111|DE89/);
        expect(placeholders.restore(value.text, 'text')).toBe(text);

        const points = [
          0,
          ...at.map((each) => each % (value.text.length + 1)).toSorted((a, b) => a - b),
          value.text.length,
        ];
        const restorer = new StreamRestorer(placeholders, 'text');
        const pieces = points.slice(1).map((end, index) => restorer.push(value.text.slice(points[index], end)));
        expect(pieces.join('') + restorer.finish()).toBe(text);
      }),
    );
  });
  it('keeps JSON text JSON', () => {
    const placeholders = new Placeholders('acme');
    const placeholder = placeholders.for('a "quoted"\nvalue', 'name');
    expect(JSON.parse(placeholders.restore(`{"to":"${placeholder}"}`, 'json'))).toEqual({ to: 'a "quoted"\nvalue' });
  });
  it('has the same placeholder for a value in every turn, and another in another organization', () => {
    const name = (organization: string) => new Placeholders(organization).for('ada@example.com', 'email');
    expect(name('acme')).toBe(name('acme'));
    expect(name('acme')).not.toBe(name('other'));
    expect(name('acme')).toMatch(/^\[EMAIL_[A-Z2-7]{12}\]$/);
  });
  it('restores only what it took out itself', () => {
    const placeholders = new Placeholders('acme');
    const foreign = new Placeholders('other').for('ada@example.com', 'email');
    expect(placeholders.restore(foreign, 'text')).toBe(foreign);
  });
  it('is for good where only one of two overlapping findings is reversible', () => {
    const both = [...reversible, ...alone({ type: 'deny-list', action: 'redact', terms: ['ada@'] })];
    const placeholders = new Placeholders('acme');
    const { value } = inspectJson('to ada@example.com', both, 'input', { placeholders });
    expect(value).toMatch(/^to \[REDACTED:/);
    expect(placeholders.isEmpty).toBe(true);
  });
});
