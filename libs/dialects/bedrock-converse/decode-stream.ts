import type { DecodeContext, StreamDecoder, WireEvent } from '../dialect.js';
import { isObject, objectOf, textOf } from '../json/index.js';
import type { ChatEvent, Finish, JsonObject, PartDelta, PartStart } from '../neutral/index.js';
import { decodeCitation } from './decode-content.js';
import { decodeStreamError } from './errors.js';
import { decodeFinish } from './finish.js';
import { frameOf } from './frame.js';
import { decodeUsage } from './usage.js';

const OWN = 'bedrock-converse';

interface OpenBlock {
  readonly index: unknown;
  readonly part: number;
  readonly start: PartStart;
  /** Whether the call is the stand-in for structured output: its arguments are the answer. */
  readonly isAnswer: boolean;
  filled: boolean;
}

/**
 * Reads `ConverseStream`. Only calls have a start; any other block begins with its first delta. Usage comes after (or before)
 * `messageStop`, so the end is told when the stream closes.
 */
export class BedrockStreamDecoder implements StreamDecoder {
  #started = false;
  #parts = 0;
  #open: OpenBlock | undefined;
  #called = false;
  #finish: Finish | undefined;
  #over = false;

  constructor(private readonly context: DecodeContext) {}

  push(event: WireEvent): readonly ChatEvent[] {
    const frame = this.#over ? undefined : frameOf(event);
    if (!frame) return [];
    return [...this.#start(), ...this.#frame(frame.type, frame.payload)];
  }

  finish(): readonly ChatEvent[] {
    if (this.#over) return [];
    this.#over = true;
    const closed = this.#close();
    return this.#finish ? [...closed, { type: 'finish', choice: 0, finish: this.#finish }, { type: 'end' }] : closed;
  }

  #start(): readonly ChatEvent[] {
    if (this.#started) return [];
    this.#started = true;
    return [{ type: 'start', id: '', model: '' }];
  }

  #frame(type: string, payload: JsonObject): readonly ChatEvent[] {
    switch (type) {
      case 'contentBlockStart':
        return this.#blockStart(payload['contentBlockIndex'], objectOf(payload['start']));
      case 'contentBlockDelta':
        return this.#blockDelta(payload['contentBlockIndex'], objectOf(payload['delta']));
      case 'contentBlockStop':
        return this.#close();
      case 'messageStop':
        return this.#messageStop(payload);
      case 'metadata':
        return isObject(payload['usage']) ? [{ type: 'usage', usage: decodeUsage(payload['usage']) }] : [];
      default:
        if (!type.endsWith('Exception')) return [];
        this.#over = true;
        return [...this.#close(), { type: 'error', error: decodeStreamError(type, payload) }];
    }
  }

  #blockStart(index: unknown, start: JsonObject): readonly ChatEvent[] {
    const use = start['toolUse'];
    if (!isObject(use)) return this.#close();
    const name = textOf(use['name']) ?? '';
    const isAnswer = name === this.context.outputTool;
    if (!isAnswer) this.#called = true;
    const call: PartStart = { kind: 'tool-call', id: textOf(use['toolUseId']) ?? '', name };
    return this.#openPart(index, isAnswer ? { kind: 'text' } : call, isAnswer);
  }

  #openPart(index: unknown, start: PartStart, isAnswer = false): readonly ChatEvent[] {
    const closed = this.#close();
    const part = this.#parts++;
    this.#open = { index, part, start, isAnswer, filled: false };
    return [...closed, { type: 'part-start', choice: 0, part, start }];
  }

  #blockDelta(index: unknown, delta: JsonObject): readonly ChatEvent[] {
    const start = impliedStart(delta);
    const opened = this.#open?.index === index || !start ? [] : this.#openPart(index, start);
    const open = this.#open;
    if (!open || open.index !== index) return opened;
    return [...opened, ...decodeDelta(delta, open.isAnswer).map((piece) => this.#delta(open, piece))];
  }

  #delta(open: OpenBlock, delta: PartDelta): ChatEvent {
    open.filled = true;
    return { type: 'part-delta', choice: 0, part: open.part, delta };
  }

  #close(): readonly ChatEvent[] {
    const open = this.#open;
    if (!open) return [];
    this.#open = undefined;
    const empty: PartDelta[] = open.filled
      ? []
      : open.isAnswer
        ? [{ kind: 'text', text: '{}' }]
        : open.start.kind === 'tool-call'
          ? [{ kind: 'arguments', json: '{}' }]
          : [];
    return [...empty.map((delta) => this.#delta(open, delta)), { type: 'part-end', choice: 0, part: open.part }];
  }

  #messageStop(payload: JsonObject): readonly ChatEvent[] {
    const fields = objectOf(payload['additionalModelResponseFields']);
    const stopSequence = fields['stop_sequence'] ?? objectOf(fields['delta'])['stop_sequence'];
    this.#finish = decodeFinish(payload['stopReason'], stopSequence, !this.#called);
    return this.#close();
  }
}

function impliedStart(delta: JsonObject): PartStart | undefined {
  if (typeof delta['text'] === 'string' || isObject(delta['citation'])) return { kind: 'text' };
  return isObject(delta['reasoningContent']) ? { kind: 'reasoning', dialect: OWN } : undefined;
}

function decodeDelta(delta: JsonObject, isAnswer: boolean): readonly PartDelta[] {
  if (typeof delta['text'] === 'string') return texts(delta['text']);
  if (isObject(delta['citation'])) return [{ kind: 'citation', citation: decodeCitation(delta['citation']) }];
  if (isObject(delta['toolUse'])) {
    const json = textOf(delta['toolUse']['input']) ?? '';
    return json === '' ? [] : [isAnswer ? { kind: 'text', text: json } : { kind: 'arguments', json }];
  }
  const reasoning = objectOf(delta['reasoningContent']);
  const signature = textOf(reasoning['signature']);
  const encrypted = textOf(reasoning['redactedContent']);
  return [
    ...texts(textOf(reasoning['text']) ?? ''),
    ...(signature ? [{ kind: 'signature', signature } as const] : []),
    ...(encrypted ? [{ kind: 'encrypted', encrypted } as const] : []),
  ];
}

const texts = (text: string): readonly PartDelta[] => (text === '' ? [] : [{ kind: 'text', text }]);
