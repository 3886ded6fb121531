import type { ChatEvent } from './event.js';

type PartEvent = Extract<ChatEvent, { readonly part: number }>;

/**
 * Parts of a choice one after the other, for dialects whose blocks never overlap: what arrives for a part while another is
 * open waits until that one ends. Only parallel tool calls ever wait.
 */
export class OneAtATime {
  #open: number | undefined;
  readonly #waiting = new Map<number, PartEvent[]>();

  /** The events whose turn has come. */
  push(event: PartEvent): readonly PartEvent[] {
    if (this.#open !== undefined && this.#open !== event.part) {
      const queue = this.#waiting.get(event.part);
      if (queue) queue.push(event);
      else this.#waiting.set(event.part, [event]);
      return [];
    }
    this.#open = event.type === 'part-end' ? undefined : event.part;
    return event.type === 'part-end' ? [event, ...this.#next()] : [event];
  }

  #next(): readonly PartEvent[] {
    const [first] = this.#waiting;
    if (!first) return [];
    const [part, events] = first;
    this.#waiting.delete(part);
    const ended = events.at(-1)?.type === 'part-end';
    this.#open = ended ? undefined : part;
    return ended ? [...events, ...this.#next()] : events;
  }
}
