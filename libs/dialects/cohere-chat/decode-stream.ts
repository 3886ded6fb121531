import type { DecodeContext, StreamDecoder, WireEvent } from '../dialect.js';
import { isObject, objectOf, parseObject, textOf } from '../json/index.js';
import type { ChatEvent, Finish, JsonObject, PartDelta, PartStart } from '../neutral/index.js';
import { decodeCitation } from './citations.js';
import { decodeStreamError } from './errors.js';
import { decodeFinish } from './finish.js';
import { PLAN } from './reasoning.js';
import { decodeUsage } from './usage.js';

const OWN = 'cohere-chat';
const THINKING: PartStart = { kind: 'reasoning', dialect: OWN };
const PLANNING: PartStart = { kind: 'reasoning', dialect: OWN, id: PLAN };

interface OpenPart {
  readonly start: PartStart;
  readonly part: number;
  /** Whether the call is the stand-in for structured output: its arguments are the answer. */
  readonly isAnswer: boolean;
  filled: boolean;
}

/**
 * Reads a stream of `POST /v2/chat` (docs.cohere.com/docs/streaming). A text stays open past its `content-end`, since its
 * citations may come after.
 */
export class CohereStreamDecoder implements StreamDecoder {
  #parts = 0;
  #open: OpenPart | undefined;
  #called = false;
  #started = false;
  #over = false;

  constructor(private readonly context: DecodeContext) {}

  push(event: WireEvent): readonly ChatEvent[] {
    const wire = this.#over || event.data === '' ? undefined : parseObject(event.data);
    if (!wire) return [];
    const type = textOf(wire['type']) ?? event.event;
    const delta = objectOf(wire['delta']);
    if (type === 'message-end') return this.#messageEnd(delta);
    return this.#event(type, wire, objectOf(delta['message']));
  }

  finish(): readonly ChatEvent[] {
    if (this.#over) return [];
    this.#over = true;
    return this.#close();
  }

  #event(type: string | null, wire: JsonObject, message: JsonObject): readonly ChatEvent[] {
    const content = objectOf(message['content']);
    switch (type) {
      case 'message-start':
        return this.#start(wire);
      case 'content-start':
        return [
          ...this.#openPart(content['type'] === 'thinking' ? THINKING : { kind: 'text' }),
          ...this.#said(content),
        ];
      case 'content-delta':
        return this.#said(content);
      case 'tool-plan-delta':
        return this.#grow(PLANNING, textOf(message['tool_plan']) ?? '');
      case 'tool-call-start':
        return this.#callStart(objectOf(message['tool_calls']));
      case 'tool-call-delta':
        return this.#arguments(objectOf(objectOf(message['tool_calls'])['function']));
      case 'tool-call-end':
        return this.#close();
      case 'citation-start':
        return this.#citation(message['citations']);
      default:
        return [];
    }
  }

  /** A repeated start says nothing new. */
  #start(wire: JsonObject): readonly ChatEvent[] {
    if (this.#started) return [];
    this.#started = true;
    return [{ type: 'start', id: textOf(wire['id']) ?? '', model: '' }];
  }

  #said(content: JsonObject): readonly ChatEvent[] {
    const thinking = textOf(content['thinking']);
    return thinking === undefined
      ? this.#grow({ kind: 'text' }, textOf(content['text']) ?? '')
      : this.#grow(THINKING, thinking);
  }

  /** Adds to the open part if it is of this kind, else begins one. */
  #grow(start: PartStart, text: string): readonly ChatEvent[] {
    if (text === '') return [];
    const opened = this.#open && isSame(this.#open.start, start) ? [] : this.#openPart(start);
    return [...opened, ...this.#add({ kind: 'text', text })];
  }

  #callStart(call: JsonObject): readonly ChatEvent[] {
    const fn = objectOf(call['function']);
    const name = textOf(fn['name']) ?? '';
    const isAnswer = name === this.context.outputTool;
    if (!isAnswer) this.#called = true;
    const start: PartStart = isAnswer ? { kind: 'text' } : { kind: 'tool-call', id: textOf(call['id']) ?? '', name };
    return [...this.#openPart(start, isAnswer), ...this.#arguments(fn)];
  }

  #arguments(fn: JsonObject): readonly ChatEvent[] {
    const json = textOf(fn['arguments']) ?? '';
    if (json === '' || !this.#open) return [];
    return this.#add(this.#open.isAnswer ? { kind: 'text', text: json } : { kind: 'arguments', json });
  }

  #citation(value: unknown): readonly ChatEvent[] {
    if (!isObject(value) || this.#open?.start.kind !== 'text') return [];
    return this.#add({ kind: 'citation', citation: decodeCitation(value) });
  }

  #openPart(start: PartStart, isAnswer = false): readonly ChatEvent[] {
    const closed = this.#close();
    const part = this.#parts++;
    this.#open = { start, part, isAnswer, filled: false };
    return [...closed, { type: 'part-start', choice: 0, part, start }];
  }

  #add(delta: PartDelta): readonly ChatEvent[] {
    if (!this.#open) return [];
    this.#open.filled = true;
    return [{ type: 'part-delta', choice: 0, part: this.#open.part, delta }];
  }

  #close(): readonly ChatEvent[] {
    const open = this.#open;
    if (!open) return [];
    const filled = open.filled ? [] : this.#empty(open);
    this.#open = undefined;
    return [...filled, { type: 'part-end', choice: 0, part: open.part }];
  }

  /** A call without arguments has an empty object. */
  #empty({ start, isAnswer }: OpenPart): readonly ChatEvent[] {
    if (isAnswer) return this.#add({ kind: 'text', text: '{}' });
    return start.kind === 'tool-call' ? this.#add({ kind: 'arguments', json: '{}' }) : [];
  }

  #messageEnd(delta: JsonObject): readonly ChatEvent[] {
    this.#over = true;
    const closed = this.#close();
    const usage: ChatEvent[] = isObject(delta['usage']) ? [{ type: 'usage', usage: decodeUsage(delta['usage']) }] : [];
    const error = decodeStreamError(delta);
    if (error) return [...closed, ...usage, { type: 'error', error }];
    const finish: Finish = decodeFinish(delta['finish_reason'], !this.#called);
    return [...closed, { type: 'finish', choice: 0, finish }, ...usage, { type: 'end' }];
  }
}

const isSame = (open: PartStart, start: PartStart): boolean =>
  open.kind === start.kind && (open.kind !== 'reasoning' || start.kind !== 'reasoning' || open.id === start.id);
