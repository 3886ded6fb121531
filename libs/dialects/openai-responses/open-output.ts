import { arrayOf, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatEvent, Citation, JsonObject, Part, PartDelta, PartStart } from '../neutral/index.js';
import { decodeAnnotation } from './citations.js';
import type { SealedCalls } from './reasoning.js';
import { decodeItem } from './response.js';

interface OpenPart {
  readonly part: number;
  readonly start: PartStart;
  /** Whether anything of it was streamed, so that the `done` event brings nothing new. */
  streamed: boolean;
  /** Where in the summary of a reasoning item the last piece stood. */
  summary: unknown;
}

/** Items of the output while they come in, by `output_index`: some servers change an item's id from event to event. */
export class OpenOutput {
  readonly kinds = new Set<Part['type']>();
  readonly #open = new Map<string, OpenPart>();
  /** Parts that began, ended or not: the `done` event of their item says them again. */
  readonly #begun = new Set<string>();
  readonly #doneItems = new Set<string>();
  readonly #reasoningIds = new Map<string, string | undefined>();
  readonly #sealed: SealedCalls = new Map();
  #parts = 0;

  added(wire: JsonObject, out: ChatEvent[]): void {
    const item = objectOf(wire['item']);
    const key = keyOf(wire);
    if (item['type'] === 'function_call') this.#openCall(key, item, out);
    if (item['type'] === 'reasoning') this.#reasoningIds.set(key, textOf(item['id']));
  }

  text(kind: 'text' | 'refusal', wire: JsonObject, out: ChatEvent[]): void {
    const key = `${keyOf(wire)}/${wire['content_index'] ?? 0}`;
    const logprobs = arrayOf(wire['logprobs']);
    const delta: PartDelta = {
      kind: 'text',
      text: textOf(wire['delta']) ?? '',
      ...(logprobs.length === 0 ? {} : { logprobs: { content: logprobs, refusal: null } }),
    };
    this.#delta(this.#open.get(key) ?? this.#begin(key, { kind }, out), delta, out);
  }

  annotation(wire: JsonObject, out: ChatEvent[]): void {
    const open = this.#open.get(`${keyOf(wire)}/${wire['content_index'] ?? 0}`);
    if (open && isObject(wire['annotation'])) this.#cite(open, decodeAnnotation(wire['annotation']), out);
  }

  thinking(wire: JsonObject, out: ChatEvent[]): void {
    const key = keyOf(wire);
    const open = this.#open.get(key) ?? this.#begin(key, this.#reasoningStart(key, wire), out);
    const place = wire['summary_index'] ?? wire['content_index'];
    const apart = open.streamed && open.summary !== place ? '\n\n' : '';
    open.summary = place;
    this.#delta(open, { kind: 'text', text: apart + (textOf(wire['delta']) ?? '') }, out);
  }

  arguments(wire: JsonObject, out: ChatEvent[]): void {
    const open = this.#open.get(keyOf(wire));
    const json = textOf(wire['delta']) ?? '';
    if (open && json !== '') this.#delta(open, { kind: 'arguments', json }, out);
  }

  /** The item in full: says what was not streamed, and ends its parts. */
  done(wire: JsonObject, out: ChatEvent[]): void {
    const key = keyOf(wire);
    const item = objectOf(wire['item']);
    if (this.#doneItems.has(key)) return;
    this.#doneItems.add(key);
    const isMessage = item['type'] === 'message';
    for (const [at, part] of decodeItem(item, this.#sealed).entries()) {
      this.#whole(isMessage ? `${key}/${at}` : key, part, out);
    }
    this.#endAll(key, out);
  }

  /**
   * The whole output at the end. Where something was streamed it says nothing new but for calls whose arguments are still
   * missing; places in it need not be those of the stream.
   */
  complete(items: readonly JsonObject[], out: ChatEvent[]): void {
    if (this.#parts === 0) {
      for (const [index, item] of items.entries()) this.done({ output_index: index, item }, out);
      return;
    }
    for (const open of this.#open.values()) {
      const { start } = open;
      if (start.kind !== 'tool-call' || open.streamed) continue;
      const json = textOf(items.find((item) => item['call_id'] === start.id)?.['arguments']);
      if (json) this.#delta(open, { kind: 'arguments', json }, out);
    }
  }

  close(out: ChatEvent[]): void {
    for (const [key, open] of this.#open) this.#end(key, open, out);
  }

  #whole(key: string, part: Part, out: ChatEvent[]): void {
    const open = this.#open.get(key);
    if (!open && this.#begun.has(key)) return;
    switch (part.type) {
      case 'text':
      case 'refusal': {
        const target = open ?? this.#begin(key, { kind: part.type }, out);
        if (target.streamed) return;
        this.#delta(target, { kind: 'text', text: part.text }, out);
        for (const citation of part.type === 'text' ? (part.citations ?? []) : []) this.#cite(target, citation, out);
        return;
      }
      case 'reasoning': {
        const { dialect, id, text, signature, encrypted } = part;
        const start: PartStart = { kind: 'reasoning', dialect, ...(id === undefined ? {} : { id }) };
        const target = open ?? this.#begin(key, start, out);
        if (!target.streamed && text !== '') this.#delta(target, { kind: 'text', text }, out);
        if (encrypted !== undefined) this.#delta(target, { kind: 'encrypted', encrypted }, out);
        if (signature !== undefined) this.#delta(target, { kind: 'signature', signature }, out);
        return;
      }
      case 'tool-call': {
        const target = open ?? this.#begin(key, { kind: 'tool-call', id: part.id, name: part.name }, out);
        if (!target.streamed) this.#delta(target, { kind: 'arguments', json: part.arguments }, out);
        if (part.signature !== undefined) this.#delta(target, { kind: 'signature', signature: part.signature }, out);
        return;
      }
      case 'opaque':
        this.#begin(key, { kind: 'opaque', dialect: part.dialect, value: part.value }, out);
    }
  }

  #openCall(key: string, item: JsonObject, out: ChatEvent[]): void {
    const id = textOf(item['call_id']) ?? textOf(item['id']) ?? '';
    this.#begin(key, { kind: 'tool-call', id, name: textOf(item['name']) ?? '' }, out);
  }

  #reasoningStart(key: string, wire: JsonObject): PartStart {
    const id = this.#reasoningIds.get(key) ?? textOf(wire['item_id']);
    return { kind: 'reasoning', dialect: 'openai-responses', ...(id === undefined ? {} : { id }) };
  }

  /** Parts come one after the other, calls apart: what was left open ends here. */
  #begin(key: string, start: PartStart, out: ChatEvent[]): OpenPart {
    for (const [other, open] of this.#open) {
      if (start.kind !== 'tool-call' || open.start.kind !== 'tool-call') this.#end(other, open, out);
    }
    const open: OpenPart = { part: this.#parts++, start, streamed: false, summary: undefined };
    this.#open.set(key, open);
    this.#begun.add(key);
    this.kinds.add(start.kind);
    out.push({ type: 'part-start', choice: 0, part: open.part, start });
    return open;
  }

  #delta(open: OpenPart, delta: PartDelta, out: ChatEvent[]): void {
    open.streamed = true;
    out.push({ type: 'part-delta', choice: 0, part: open.part, delta });
  }

  #cite(open: OpenPart, citation: Citation, out: ChatEvent[]): void {
    out.push({ type: 'part-delta', choice: 0, part: open.part, delta: { kind: 'citation', citation } });
  }

  #endAll(key: string, out: ChatEvent[]): void {
    for (const [other, open] of this.#open) {
      if (other === key || other.startsWith(`${key}/`)) this.#end(other, open, out);
    }
  }

  #end(key: string, open: OpenPart, out: ChatEvent[]): void {
    this.#open.delete(key);
    out.push({ type: 'part-end', choice: 0, part: open.part });
  }
}

const keyOf = (wire: JsonObject): string => String(wire['output_index'] ?? wire['item_id'] ?? '');
