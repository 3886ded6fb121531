import { isObject, objectOf, textOf } from '../json/index.js';
import type { ChatEvent, JsonObject, Part } from '../neutral/index.js';
import { signatureOf } from './decode-messages.js';

interface OpenCall {
  readonly index: number | undefined;
  id: string | undefined;
  /** Undefined until its name has come: only then can it be announced. */
  part: number | undefined;
  /** Arguments that came before the name. */
  waiting: string;
  signature: string | undefined;
  readonly isOutput: boolean;
  /** A tool with free text as input, which only OpenAI has: told of once it is whole. */
  readonly custom: boolean;
  name: string;
}

/** Lends part numbers of one choice. */
export interface Numbering {
  nextPart(): number;
}

/**
 * Tool calls of one choice while their pieces come in. OpenAI keys pieces by `index`; other servers leave it out, or send
 * 0 for each call and tell them apart by id; some give the name only after the id, or the arguments as an object.
 */
export class OpenCalls {
  #open: OpenCall[] = [];
  #count = 0;

  constructor(
    private readonly choice: number,
    private readonly outputTool: string | undefined,
    private readonly numbering: Numbering,
  ) {}

  push(deltas: readonly unknown[], out: ChatEvent[], kinds: Set<Part['type']>): void {
    for (const delta of deltas) if (isObject(delta)) this.#piece(delta, out, kinds);
  }

  close(out: ChatEvent[]): void {
    for (const call of this.#open) {
      if (call.part === undefined) continue;
      if (call.custom) out.push(this.#customStart(call, call.part));
      out.push({ type: 'part-end', choice: this.choice, part: call.part });
    }
    this.#open = [];
  }

  #piece(delta: JsonObject, out: ChatEvent[], kinds: Set<Part['type']>): void {
    const body = objectOf(delta['function'] ?? delta['custom']);
    const id = textOf(delta['id']) || undefined;
    const name = textOf(body['name']) || undefined;
    const index = typeof delta['index'] === 'number' ? delta['index'] : undefined;
    const call = this.#find(index, id, name) ?? this.#begin(index, delta, name);
    call.id ??= id;
    call.signature ??= signatureOf(delta);
    const sent = body['arguments'] ?? body['input'];
    const json = isObject(sent) ? JSON.stringify(sent) : (textOf(sent) ?? '');
    if (call.part === undefined || call.custom) {
      call.waiting += json;
      if (call.part === undefined && name !== undefined) this.#announce(call, name, out, kinds);
    } else if (json !== '') {
      out.push(this.#arguments(call, call.part, json));
    }
  }

  #find(index: number | undefined, id: string | undefined, name: string | undefined): OpenCall | undefined {
    if (index !== undefined) {
      const same = this.#open.findLast((call) => call.index === index);
      const other = id !== undefined && same?.id !== undefined && same.id !== id && name !== undefined;
      return other ? undefined : same;
    }
    return id === undefined ? this.#open.at(-1) : this.#open.find((call) => call.id === id);
  }

  #begin(index: number | undefined, delta: JsonObject, name: string | undefined): OpenCall {
    const call: OpenCall = {
      index,
      id: undefined,
      part: undefined,
      waiting: '',
      signature: undefined,
      isOutput: name !== undefined && name === this.outputTool,
      custom: delta['type'] === 'custom',
      name: '',
    };
    this.#open.push(call);
    return call;
  }

  #announce(call: OpenCall, name: string, out: ChatEvent[], kinds: Set<Part['type']>): void {
    const part = this.numbering.nextPart();
    call.part = part;
    call.id ??= `call_${this.#count}`;
    this.#count += 1;
    call.name = name;
    if (call.custom) {
      kinds.add('opaque');
      return;
    }
    kinds.add(call.isOutput ? 'text' : 'tool-call');
    const { id, signature } = call;
    out.push({
      type: 'part-start',
      choice: this.choice,
      part,
      start: call.isOutput
        ? { kind: 'text' }
        : { kind: 'tool-call', id, name, ...(signature === undefined ? {} : { signature }) },
    });
    if (call.waiting !== '') out.push(this.#arguments(call, part, call.waiting));
  }

  #customStart({ id, name, waiting }: OpenCall, part: number): ChatEvent {
    const value = { id, type: 'custom', custom: { name, input: waiting } };
    return { type: 'part-start', choice: this.choice, part, start: { kind: 'opaque', dialect: 'openai-chat', value } };
  }

  #arguments(call: OpenCall, part: number, json: string): ChatEvent {
    const delta = call.isOutput ? ({ kind: 'text', text: json } as const) : ({ kind: 'arguments', json } as const);
    return { type: 'part-delta', choice: this.choice, part, delta };
  }
}
