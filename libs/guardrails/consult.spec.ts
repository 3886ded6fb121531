import { describe, expect, it } from 'vitest';
import { alone } from './checks/rules-in.fixture.js';
import { type CheckConfig, consult, inspectJson, type Outside } from './index.js';

const BODY = {
  model: 'm',
  messages: [
    { role: 'user', content: 'first text' },
    { role: 'user', content: 'second text' },
  ],
};
const never = new AbortController().signal;
const silent = () => new Promise<never>(() => undefined);

/** What a request comes to when services answer as given. */
async function inspected(configs: readonly CheckConfig[], outside: Partial<Outside>) {
  const active = configs.flatMap((config) => alone(config));
  const found = await consult(BODY, active, 'input', {
    outside: { postJson: silent, askModel: silent, ...outside },
    signal: never,
  });
  return inspectJson(BODY, active, 'input', { outside: found });
}

describe('services', () => {
  it('a webhook is asked about every text once and redacts where it says', async () => {
    const asked: unknown[] = [];
    const { value, findings } = await inspected(
      [{ type: 'webhook', action: 'redact', url: 'https://checks.example/x' }],
      {
        postJson: async (url, body) => {
          asked.push([url, body]);
          return { findings: [{ text: 1, rule: 'Bad Word', start: 0, end: 6, confidence: 0.7 }] };
        },
      },
    );
    expect(asked).toEqual([['https://checks.example/x', { texts: ['first text', 'second text'] }]]);
    expect(value.messages[1]?.content).toBe('[REDACTED:bad-word] text');
    expect(findings).toMatchObject([{ rule: 'bad-word', at: 'input.messages.1.content', confidence: 0.7 }]);
  });

  it('a moderation model counts by its own flags, or by a threshold and chosen categories', async () => {
    const askModel = async () => ({
      results: [
        { categories: { violence: true, hate: false }, category_scores: { violence: 0.9, hate: 0.4 } },
        { categories: {}, category_scores: {} },
      ],
    });
    const rules = async (options: object) =>
      (
        await inspected([{ type: 'moderation', action: 'block', model: 'omni', ...options }], { askModel })
      ).findings.map(({ rule }) => rule);
    expect(await rules({})).toEqual(['violence']);
    expect(await rules({ threshold: 0.3 })).toEqual(['violence', 'hate']);
    expect(await rules({ threshold: 0.3, categories: ['hate'] })).toEqual(['hate']);
  });

  it('Presidio is asked per text; its offsets count code points', async () => {
    const { value } = await inspected([{ type: 'presidio', action: 'redact', url: 'https://p.example/' }], {
      postJson: async (url, body) => {
        expect(url).toBe('https://p.example/analyze');
        const { text } = body as { text: string };
        return text.startsWith('first') ? [{ entity_type: 'PERSON', start: 0, end: 5, score: 0.8 }] : [];
      },
    });
    expect(value.messages[0]?.content).toBe('[REDACTED:person] text');
  });

  it.each([
    ['block', undefined, 'block'],
    ['block', 'allow', 'flag'],
    ['flag', undefined, 'flag'],
    ['redact', 'block', 'block'],
  ] as const)('that fail, for a check of action %s with onError %s, mean %s', async (action, onError, expected) => {
    const config = { type: 'webhook', action, url: 'https://x.example', ...(onError && { onError }) };
    const broken = { postJson: () => Promise.reject(new Error('down')) };
    expect(await inspected([config], broken)).toMatchObject({ action: expected, findings: [{ rule: 'unavailable' }] });
    const nonsense = { postJson: async () => ({ ok: true }) };
    expect(await inspected([config], nonsense)).toMatchObject({ action: expected });
  });

  it('that do not answer in time have failed, even if they ignore that time is up', async () => {
    const config = { type: 'webhook', action: 'block', url: 'https://x.example', timeoutMs: 50 } as const;
    expect(await inspected([config], {})).toMatchObject({ action: 'block', findings: [{ rule: 'unavailable' }] });
  });

  it('are asked side by side', async () => {
    let waiting = 0;
    let release: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      release = resolve;
    });
    const postJson = async () => {
      if (++waiting === 2) release();
      await both;
      return { findings: [] };
    };
    const config = { type: 'webhook', action: 'block', url: 'https://x.example' } as const;
    expect(await inspected([config, config], { postJson })).toMatchObject({ action: 'allow', findings: [] });
  });
});
