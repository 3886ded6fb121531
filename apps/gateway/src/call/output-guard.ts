import { type ChatEvent, type ChatResponse, Fold } from '#libs/dialects';
import {
  type ActiveCheck,
  activeChecks,
  asksServices,
  HoldBack,
  type Placeholders,
  type Released,
  StreamRestorer,
} from '#libs/guardrails';
import type { Principal } from '#libs/identity';
import type { FindingRecord } from '#libs/messages';
import type { Read, Routed } from './call.types.js';

/**
 * The output checks that bind a call, or null when there are none and nothing is to be restored: then nothing is held back and
 * nothing is decoded for it.
 */
export function outputChecks(
  principal: Principal,
  { organization, choice }: Routed,
  { placeholders }: Pick<Read, 'placeholders'>,
): readonly ActiveCheck[] | null {
  const active = activeChecks(organization.guardrails, 'output', {
    teamPath: principal.teamPath,
    service: principal.service,
    route: choice.route?.slug ?? null,
  });
  return active.length === 0 && placeholders === undefined ? null : active;
}

/** One part of a streamed answer on its way out. */
interface PartWindow {
  readonly choice: number;
  readonly part: number;
  readonly kind: 'text' | 'arguments';
  readonly hold: HoldBack;
  readonly restorer: StreamRestorer | null;
}

/**
 * Output guardrails on a stream: one hold-back per part, so that a match split over events is caught before its first
 * character leaves; behind it what reversible redaction took out comes back. When a check blocks, every open part is closed, the
 * answer finishes with content-filter, and whatever the upstream still sends is used only for its usage.
 */
export class OutputGuard {
  private readonly windows = new Map<string, PartWindow>();
  private readonly reasoning = new Set<string>();
  private blocked = false;
  private readonly whole: Fold | null;

  constructor(
    private readonly active: readonly ActiveCheck[],
    private readonly found: (findings: readonly FindingRecord[]) => void,
    private readonly placeholders?: Placeholders | undefined,
  ) {
    this.whole = asksServices(active) ? new Fold() : null;
  }

  /** The answer so far, where services must see it whole: then nothing leaves here, and `guardWhole` has the last word. */
  get withheld(): ChatResponse | null {
    return this.whole?.response() ?? null;
  }

  /** The events that may leave, in order. */
  pass(event: ChatEvent): readonly ChatEvent[] {
    if (this.whole) {
      this.whole.push(event);
      return [];
    }
    if (this.blocked) return event.type === 'usage' || event.type === 'end' ? [event] : [];
    if (event.type === 'part-start' && event.start.kind === 'reasoning') this.reasoning.add(keyOf(event));
    if (event.type === 'part-delta' && (event.delta.kind === 'text' || event.delta.kind === 'arguments')) {
      const { delta } = event;
      const window = this.windowOf(event, delta.kind);
      return this.release(window.hold.push(delta.kind === 'text' ? delta.text : delta.json), window, false);
    }
    if (event.type === 'part-end') {
      const window = this.windows.get(keyOf(event));
      if (!window) return [event];
      const released = this.release(window.hold.finish(), window, true);
      this.windows.delete(keyOf(event));
      return this.blocked ? released : [...released, event];
    }
    return [event];
  }

  private windowOf({ choice, part }: { choice: number; part: number }, kind: PartWindow['kind']): PartWindow {
    const key = keyOf({ choice, part });
    let window = this.windows.get(key);
    if (!window) {
      const at = `output.${choice}.parts.${part}${this.reasoning.has(key) ? '.reasoning' : ''}.${kind}`;
      const form = kind === 'arguments' ? 'json' : 'text';
      const restorer = this.placeholders ? new StreamRestorer(this.placeholders, form) : null;
      window = { choice, part, kind, hold: new HoldBack(this.active, at), restorer };
      this.windows.set(key, window);
    }
    return window;
  }

  private release(
    released: Released,
    { choice, part, kind, restorer }: PartWindow,
    last: boolean,
  ): readonly ChatEvent[] {
    this.found(released.findings);
    if (released.blocked) return this.block(choice);
    const text = restorer ? restorer.push(released.text) + (last ? restorer.finish() : '') : released.text;
    if (text === '') return [];
    return [{ type: 'part-delta', choice, part, delta: kind === 'text' ? { kind, text } : { kind, json: text } }];
  }

  private block(choice: number): readonly ChatEvent[] {
    this.blocked = true;
    const open = [...this.windows.values()].map(({ choice, part }) => ({ type: 'part-end', choice, part }) as const);
    return [...open, { type: 'finish', choice, finish: { reason: 'content-filter', raw: null } }];
  }
}

const keyOf = ({ choice, part }: { readonly choice: number; readonly part: number }): string => `${choice}.${part}`;
