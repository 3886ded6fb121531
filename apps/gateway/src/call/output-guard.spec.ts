import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '#libs/dialects';
import { activeChecks, type CheckConfig } from '#libs/guardrails';
import type { FindingRecord } from '#libs/messages';
import { OutputGuard } from './output-guard.js';

const SECRET = `sk-proj-${'a1B2'.repeat(10)}`;
const part = { choice: 0, part: 0 } as const;
const guardedBy = (check: CheckConfig, found: FindingRecord[]): OutputGuard =>
  new OutputGuard(
    activeChecks([{ id: 'g', slug: 'g', applyTo: 'output', scope: {}, checks: [check] }], 'output', {
      teamPath: [],
      service: 's',
      route: null,
    }),
    (findings) => found.push(...findings),
  );

/** A part of an answer, one event for each character. */
const told = (start: Extract<ChatEvent, { type: 'part-start' }>['start'], text: string): readonly ChatEvent[] => [
  { type: 'part-start', ...part, start },
  ...[...text].map((each): ChatEvent => {
    const delta =
      start.kind === 'tool-call'
        ? ({ kind: 'arguments', json: each } as const)
        : ({ kind: 'text', text: each } as const);
    return { type: 'part-delta', ...part, delta };
  }),
  { type: 'part-end', ...part },
];
const saidBy = (events: readonly ChatEvent[]): string =>
  events
    .map((event) =>
      event.type === 'part-delta'
        ? event.delta.kind === 'arguments'
          ? event.delta.json
          : 'text' in event.delta
            ? event.delta.text
            : ''
        : '',
    )
    .join('');

describe.each([
  ['text', { kind: 'text' }, 'output.0.parts.0.text'],
  ['reasoning', { kind: 'reasoning', dialect: 'openai-chat' }, 'output.0.parts.0.reasoning.text'],
  ['arguments of a tool', { kind: 'tool-call', id: 'c', name: 'f' }, 'output.0.parts.0.arguments'],
] as const)('an answer’s %s', (_, start, at) => {
  it('loses a secret that is streamed character by character', () => {
    const found: FindingRecord[] = [];
    const guard = guardedBy({ type: 'secrets', action: 'redact' }, found);
    const said = saidBy(told(start, `{"key":"${SECRET}"}`).flatMap((event) => guard.pass(event)));
    expect(said).toBe('{"key":"[REDACTED:openai-key]"}');
    expect(found).toMatchObject([{ rule: 'openai-key', at }]);
  });
  it('ends with content-filter before a secret’s first character leaves', () => {
    const guard = guardedBy({ type: 'secrets', action: 'block' }, []);
    const events = told(start, `well: ${SECRET} and more`).flatMap((event) => guard.pass(event));
    expect('well: '.startsWith(saidBy(events))).toBe(true);
    expect(events.at(-1)).toMatchObject({ type: 'finish', finish: { reason: 'content-filter' } });
  });
});
