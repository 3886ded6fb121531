import { describe, expect, it } from 'vitest';
import type { RoutingFacts } from '../facts.js';
import { compileWhen, problemWithWhen, type When } from './index.js';

const FACTS: RoutingFacts = {
  requestedModel: 'chat',
  teamPath: ['search', 'engineering'],
  service: 'indexer',
  agent: null,
  user: 'ann',
  session: null,
  surface: 'openai-chat',
  tags: { task: 'summarize' },
  inputTokens: 1_000,
  outputTokens: 0,
  needs: { vision: true, tools: false, jsonSchema: false, audio: false, reasoning: false },
  operation: 'chat',
  serves: () => true,
  droppedBy: () => [],
  costOf: () => null,
  firstTokenMs: () => null,
  running: () => 0,
  nearlyExhausted: () => false,
  nowMs: Date.parse('2026-11-24T12:00:00Z'),
  random: () => 0,
};
const holds = (when: When, facts: Partial<RoutingFacts> = {}): boolean => compileWhen(when)({ ...FACTS, ...facts });

describe('conditions', () => {
  it.each<[string, When, When]>([
    ['model', { model: 'ch*' }, { model: 'fast' }],
    ['a team above', { team: 'engineering' }, { team: 'sales' }],
    ['service', { service: ['x', 'index*'] }, { service: ['x', 'y'] }],
    ['user', { user: 'ann' }, { user: 'bob' }],
    ['surface', { surface: '*-chat' }, { surface: 'gemini' }],
    ['tags', { tags: { task: ['translate', 'sum*'] } }, { tags: { task: 'sum' } }],
    ['a tag that is not there', {}, { tags: { team: '*' } }],
    ['an inherited property as a tag', {}, { tags: { constructor: '*' } }],
    ['an agent that is not there', {}, { agent: '*' }],
    ['least tokens', { estimatedInputTokens: { min: 1_000 } }, { estimatedInputTokens: { min: 1_001 } }],
    ['most tokens', { estimatedInputTokens: { max: 1_000 } }, { estimatedInputTokens: { max: 999 } }],
    ['images', { hasImages: true }, { hasImages: false }],
    ['tools', { hasTools: false }, { hasTools: true }],
    ['a schema', { hasJsonSchema: false }, { hasJsonSchema: true }],
    ['reasoning', { hasReasoning: false }, { hasReasoning: true }],
    ['all of them', { team: 'search', user: 'ann' }, { team: 'search', user: 'bob' }],
  ])('hold and fail by %s', (_, held, failing) => {
    expect(holds(held)).toBe(true);
    expect(holds(failing)).toBe(false);
  });

  const night = { from: '22:00', to: '06:00', timezone: 'Europe/Berlin' };
  it.each([
    ['2026-11-24T20:59:59Z', false],
    ['2026-11-24T21:00:00Z', true],
    ['2026-11-25T04:59:00Z', true],
    ['2026-11-25T05:00:00Z', false],
    // Summer time: two hours from UTC.
    ['2026-07-24T20:00:00Z', true],
    ['2026-07-25T04:00:00Z', false],
  ])('by the clocks of a timezone, over midnight and summer time: %s → %s', (at, expected) => {
    expect(holds({ time: night }, { nowMs: Date.parse(at) })).toBe(expected);
  });
  it('the day of a night is the one on which it begins', () => {
    const fridays: When = { time: { ...night, days: ['fri'] } };
    expect(holds(fridays, { nowMs: Date.parse('2026-11-28T03:00:00Z') })).toBe(true);
    expect(holds(fridays, { nowMs: Date.parse('2026-11-27T03:00:00Z') })).toBe(false);
  });
  it('the same hour twice is the whole day', () => {
    expect(holds({ time: { from: '00:00', to: '00:00', timezone: 'UTC' } })).toBe(true);
  });
  it('that this version does not know never hold', () => {
    expect(compileWhen({ moon: 'full' })(FACTS)).toBe(false);
  });
});

describe('conditions are refused', () => {
  it.each([
    ['as a list', []],
    ['with an unknown name', { moon: 'full' }],
    ['with an inherited name', { constructor: 'x' }],
    ['with an empty text', { team: '' }],
    ['with a list of 51', { team: Array(51).fill('x') }],
    ['with a tag that is no text', { tags: { a: 1 } }],
    ['with an empty range', { estimatedInputTokens: {} }],
    ['with a range upside down', { estimatedInputTokens: { min: 2, max: 1 } }],
    ['with an unknown bound', { estimatedInputTokens: { above: 2 } }],
    ['with a flag as text', { hasTools: 'true' }],
    ['with a time that no clock shows', { time: { from: '24:00', to: '06:00', timezone: 'UTC' } }],
    ['with a timezone that does not exist', { time: { from: '22:00', to: '06:00', timezone: 'Mars/Olympus' } }],
    ['without a timezone', { time: { from: '22:00', to: '06:00' } }],
    ['with a day twice', { time: { from: '22:00', to: '06:00', timezone: 'UTC', days: ['mon', 'mon'] } }],
    ['with an unknown part of a time', { time: { from: '22:00', to: '06:00', timezone: 'UTC', weekday: 1 } }],
  ])('%s', (_, when) => {
    expect(problemWithWhen(when)).toBeTypeOf('string');
  });
  it('and no others', () => {
    expect(problemWithWhen({})).toBeUndefined();
    expect(
      problemWithWhen({
        team: ['a'],
        hasImages: true,
        time: { from: '09:00', to: '17:00', timezone: 'UTC', days: ['mon'] },
      }),
    ).toBeUndefined();
  });
});
