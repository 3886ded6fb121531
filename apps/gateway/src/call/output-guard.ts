import type { ChatEvent, ChatResponse } from '#libs/dialects';
import { type ActiveCheck, activeChecks, HoldBack, inspectJson } from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { FindingRecord } from '#libs/messages';
import type { Routed } from './call.types.js';

/** The output checks that bind a call, or null when there are none: then nothing is held back and nothing is decoded for it. */
export function outputChecks(principal: Principal, { organization, choice }: Routed): readonly ActiveCheck[] | null {
  const active = activeChecks(organization.guardrails, 'output', {
    teamPath: principal.teamPath,
    service: principal.service,
    route: choice.route?.slug ?? null,
  });
  return active.length === 0 ? null : active;
}

/** An answer with its texts inspected: redacted, or replaced by an empty one that ends with content-filter when blocked. */
export function guardWhole(
  response: ChatResponse,
  active: readonly ActiveCheck[],
  found: (findings: readonly FindingRecord[]) => void,
): ChatResponse {
  const { action, findings, value } = inspectJson(response.choices, active, 'output');
  found(findings);
  if (action !== 'block') return { ...response, choices: value };
  return {
    ...response,
    choices: response.choices.map(({ index }) => ({
      index,
      parts: [],
      finish: { reason: 'content-filter', raw: null },
    })),
  };
}

/**
 * Output guardrails on a stream: one hold-back per part, so that a match split over events is caught before its first
 * character leaves. When a check blocks, every open part is closed, the answer finishes with content-filter, and whatever the
 * upstream still sends is used only for its usage.
 */
export class OutputGuard {
  private readonly windows = new Map<
    string,
    { hold: HoldBack; choice: number; part: number; kind: 'text' | 'arguments' }
  >();
  private blocked = false;

  constructor(
    private readonly active: readonly ActiveCheck[],
    private readonly found: (findings: readonly FindingRecord[]) => void,
  ) {}

  /** The events that may leave, in order. */
  pass(event: ChatEvent): readonly ChatEvent[] {
    if (this.blocked) return event.type === 'usage' || event.type === 'end' ? [event] : [];
    if (event.type === 'part-delta' && (event.delta.kind === 'text' || event.delta.kind === 'arguments')) {
      const { choice, part, delta } = event;
      const window = this.windowOf(choice, part, delta.kind);
      return this.release(window.hold.push(delta.kind === 'text' ? delta.text : delta.json), window);
    }
    if (event.type === 'part-end') {
      const window = this.windows.get(`${event.choice}.${event.part}`);
      if (!window) return [event];
      const released = this.release(window.hold.finish(), window);
      this.windows.delete(`${event.choice}.${event.part}`);
      return this.blocked ? released : [...released, event];
    }
    return [event];
  }

  private windowOf(
    choice: number,
    part: number,
    kind: 'text' | 'arguments',
  ): { hold: HoldBack; choice: number; part: number; kind: 'text' | 'arguments' } {
    const key = `${choice}.${part}`;
    let window = this.windows.get(key);
    if (!window) {
      window = { hold: new HoldBack(this.active, `output.choices.${choice}.parts.${part}`), choice, part, kind };
      this.windows.set(key, window);
    }
    return window;
  }

  private release(
    { text, findings, blocked }: ReturnType<HoldBack['push']>,
    { choice, part, kind }: { choice: number; part: number; kind: 'text' | 'arguments' },
  ): readonly ChatEvent[] {
    this.found(findings);
    if (blocked) return this.block(choice);
    if (text === '') return [];
    return [{ type: 'part-delta', choice, part, delta: kind === 'text' ? { kind, text } : { kind, json: text } }];
  }

  private block(choice: number): readonly ChatEvent[] {
    this.blocked = true;
    const open = [...this.windows.values()].map(({ choice, part }) => ({ type: 'part-end', choice, part }) as const);
    return [...open, { type: 'finish', choice, finish: { reason: 'content-filter', raw: null } }];
  }
}
