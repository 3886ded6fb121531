import type { TokenCounts } from '#libs/core';
import type { ChatEvent } from '#libs/dialects';
import { sumTokens } from '#libs/metering';
import type { Joint } from './joint.js';
import type { TextSoFar } from './text-so-far.js';

type PartEvent = Extract<ChatEvent, { readonly part: number }>;

/**
 * Turns the events of a second stream into those that continue the first: its text goes on in the part that was open, its
 * other parts come after those that the client has, its thoughts are left out, and its usage is added to what the first used.
 */
export class Continuation {
  /** Part numbers of the second stream as the client knows them. */
  private readonly parts = new Map<number, number>();
  private readonly openPart: number | null;
  private joined: number | null = null;
  private lastPart: number;

  constructor(
    { openPart, lastPart }: Pick<TextSoFar, 'openPart' | 'lastPart'>,
    private readonly joint: Joint,
    private readonly used: TokenCounts,
  ) {
    this.openPart = openPart;
    this.lastPart = lastPart;
  }

  /** The events that the client's stream goes on with. */
  push(event: ChatEvent): readonly ChatEvent[] {
    switch (event.type) {
      case 'start':
        return [];
      case 'part-start':
        return this.start(event);
      case 'part-delta':
      case 'part-end':
        return this.within(event);
      case 'usage':
        return [{ type: 'usage', usage: { ...event.usage, tokens: sumTokens(this.used, event.usage.tokens) } }];
      case 'finish':
        // A stream that finishes without having said anything more still has to close what is open.
        return this.joined === null && this.openPart !== null
          ? [{ type: 'part-end', choice: event.choice, part: this.openPart }, event]
          : [event];
      default:
        return [event];
    }
  }

  private start(event: Extract<ChatEvent, { type: 'part-start' }>): readonly ChatEvent[] {
    if (event.start.kind === 'reasoning') return [];
    if (event.start.kind === 'text' && this.joined === null) {
      this.joined = event.part;
      if (this.openPart !== null) {
        this.parts.set(event.part, this.openPart);
        return [];
      }
    }
    this.lastPart += 1;
    this.parts.set(event.part, this.lastPart);
    return [{ ...event, part: this.lastPart }];
  }

  private within(event: Extract<PartEvent, { type: 'part-delta' | 'part-end' }>): readonly ChatEvent[] {
    const part = this.parts.get(event.part);
    if (part === undefined) return [];
    if (event.part !== this.joined) return [{ ...event, part }];
    if (event.type === 'part-end') return [...this.text(part, this.joint.finish()), { ...event, part }];
    return event.delta.kind === 'text' ? this.text(part, this.joint.push(event.delta.text)) : [{ ...event, part }];
  }

  private text(part: number, text: string): readonly ChatEvent[] {
    return text === '' ? [] : [{ type: 'part-delta', choice: 0, part, delta: { kind: 'text', text } }];
  }
}
