import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activeChecks, type CheckConfig, type Guardrail, HoldBack, inspectJson } from './index.js';

const KEY = `sk-proj-${'a1B2'.repeat(10)}`;
const guardrail = (...checks: CheckConfig[]): Guardrail => ({ id: 'g', slug: 'g', applyTo: 'both', checks, scope: {} });
const active = (...checks: CheckConfig[]): ReturnType<typeof activeChecks> =>
  activeChecks([guardrail(...checks)], 'input', { teamPath: ['t'], service: 's', route: null });
const stream = (chunks: readonly string[], checks: ReturnType<typeof active>): { text: string; blocked: boolean } => {
  const hold = new HoldBack(checks, 'output');
  let text = '';
  for (const chunk of chunks) {
    const released = hold.push(chunk);
    text += released.text;
    if (released.blocked) return { text, blocked: true };
  }
  const rest = hold.finish();
  return { text: text + rest.text, blocked: rest.blocked };
};
/** The text cut at the given positions. */
const cut = (text: string, at: readonly number[]): readonly string[] => {
  const points = [0, ...at.map((each) => each % text.length).toSorted((a, b) => a - b), text.length];
  return points.slice(1).map((point, index) => text.slice(points[index], point));
};

describe('inspection of a body', () => {
  it('finds a secret in any field, known or not, and redacts it in a copy', () => {
    const body = { messages: [{ content: [{ text: `key ${KEY}!` }] }], unheard_of: { deep: KEY } };
    const result = inspectJson(body, active({ type: 'secrets', action: 'redact' }), 'input');
    expect(JSON.stringify(result.value)).not.toContain(KEY);
    expect(result.value.messages[0]?.content[0]?.text).toBe('key [REDACTED:openai-key]!');
    expect(result.findings.map(({ at }) => at)).toEqual(['input.messages.0.content.0.text', 'input.unheard_of.deep']);
    expect(JSON.stringify(result.findings)).not.toContain('a1B2');
    expect(body.unheard_of.deep).toBe(KEY);
  });
  it('returns the very same value when nothing was redacted', () => {
    const body = { a: ['x', { b: 1 }] };
    expect(inspectJson(body, active({ type: 'secrets', action: 'redact' }), 'input').value).toBe(body);
  });
  it('the strictest action wins', () => {
    const checks = active({ type: 'secrets', action: 'flag' }, { type: 'deny-list', action: 'block', terms: ['Acme'] });
    expect(inspectJson({ t: `${KEY} acme` }, checks, 'input').action).toBe('block');
  });
});

describe('inspection of a stream', () => {
  const splits = fc.array(fc.nat(), { maxLength: 7 });
  it('a secret split over any chunks is redacted before its first character leaves', () => {
    fc.assert(
      fc.property(splits, fc.string({ maxLength: 700 }), (at, tail) => {
        const text = `hello ${KEY} ${tail}`;
        const checks = active({ type: 'secrets', action: 'redact' });
        expect(stream(cut(text, at), checks).text).toBe(stream([text], checks).text);
        expect(stream(cut(text, at), checks).text).not.toContain('sk-proj');
      }),
    );
  });
  it('a blocked stream leaks nothing of the match', () => {
    fc.assert(
      fc.property(splits, (at) => {
        const { text, blocked } = stream(
          cut(`${'x'.repeat(600)} ${KEY} y`, at),
          active({ type: 'secrets', action: 'block' }),
        );
        expect(blocked).toBe(true);
        expect(text).not.toContain('sk-proj');
      }),
    );
  });
  it('a private key longer than the window is held until its end', () => {
    const pem = `-----BEGIN PRIVATE KEY-----\n${'MIIE'.repeat(600)}\n-----END PRIVATE KEY-----`;
    fc.assert(
      fc.property(splits, (at) => {
        const { text } = stream(cut(`before ${pem} after`, at), active({ type: 'secrets', action: 'redact' }));
        expect(text).toBe('before [REDACTED:private-key] after');
      }),
    );
  });
  it('a text without findings leaves unchanged', () => {
    fc.assert(
      fc.property(splits, fc.string({ minLength: 1, maxLength: 2_000 }), (at, text) => {
        expect(stream(cut(text, at), active({ type: 'secrets', action: 'redact' })).text).toBe(text);
      }),
    );
  });
});
