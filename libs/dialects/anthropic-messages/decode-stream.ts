import { NO_TOKENS, type TokenCounts } from '#libs/core';
import type { DecodeContext, StreamDecoder, WireEvent } from '../dialect.js';
import { arrayOf, breaksOff, isObject, objectOf, parseObject, textOf } from '../json/index.js';
import { brokenEvent } from '../neutral/failure.js';
import type { ChatEvent, Finish, JsonObject, PartDelta, PartStart, UpstreamError } from '../neutral/index.js';
import { decodeCitation } from './citations.js';
import { decodeStreamError } from './errors.js';
import { decodeFinish, withoutOutputTool } from './finish.js';
import { decodeReasoning } from './reasoning.js';
import { addTokens, decodeUsage, mergeUsage } from './usage.js';

const OWN = 'anthropic-messages';

/** The block that is open on the wire. Blocks of this dialect never overlap. */
interface OpenBlock {
  readonly index: unknown;
  /** Number of the neutral part; none for a block that is kept whole until it ends. */
  readonly part: number | undefined;
  readonly block: JsonObject;
  /** Arguments as they came in pieces. */
  json: string;
}

/**
 * Reads a stream of the Messages API (platform.claude.com/docs/en/build-with-claude/streaming), and what proxies make of it:
 * a second `message_start` (repeated, or spliced in by a proxy that began anew), blocks that are not closed or not opened,
 * unknown events, no `message_stop`.
 */
export class AnthropicStreamDecoder implements StreamDecoder {
  #messageId: string | undefined;
  #open: OpenBlock | undefined;
  #parts = 0;
  #calledTools = false;
  #finish: Finish | undefined;
  #usage: JsonObject = {};
  /** Usage of messages that this stream began before the present one. */
  #spent: TokenCounts = NO_TOKENS;
  #over = false;

  constructor(private readonly context: DecodeContext) {}

  push(event: WireEvent): readonly ChatEvent[] {
    if (this.#over || event.data === '') return [];
    const wire = parseObject(event.data);
    if (!wire) return breaksOff(event.data) ? this.#fail(brokenEvent(event.data)) : [];
    // Some servers send the bare error object.
    switch (textOf(wire['type']) ?? event.event ?? (isObject(wire['error']) ? 'error' : '')) {
      case 'message_start':
        return this.#start(objectOf(wire['message']));
      case 'content_block_start':
        return [...this.#begin(), ...this.#close(), ...this.#openBlock(wire['index'], objectOf(wire['content_block']))];
      case 'content_block_delta':
        return [...this.#begin(), ...this.#delta(wire['index'], objectOf(wire['delta']))];
      case 'content_block_stop':
        return this.#close();
      case 'message_delta':
        return this.#messageDelta(wire);
      case 'message_stop':
        this.#over = true;
        return [...this.#closeMessage(), { type: 'end' }];
      case 'error':
        return this.#fail(decodeStreamError(wire));
      default:
        return [];
    }
  }

  finish(): readonly ChatEvent[] {
    if (this.#over) return [];
    this.#over = true;
    return this.#closeMessage();
  }

  #fail(error: UpstreamError): readonly ChatEvent[] {
    this.#over = true;
    return [...this.#close(), { type: 'error', error }];
  }

  /** Where the first event is lost the answer begins without a head. */
  #begin(): readonly ChatEvent[] {
    return this.#messageId === undefined ? this.#start({}) : [];
  }

  #start(message: JsonObject): readonly ChatEvent[] {
    const id = textOf(message['id']) ?? '';
    const first = this.#messageId === undefined;
    if (!first && id !== this.#messageId) {
      this.#spent = this.#tokens();
      this.#usage = {};
    }
    this.#messageId = id;
    const closed = this.#close();
    const usage = this.#addUsage(message['usage']);
    if (!first) return [...closed, ...usage];
    const tier = textOf(objectOf(message['usage'])['service_tier']);
    return [
      {
        type: 'start',
        id,
        model: textOf(message['model']) ?? '',
        ...(tier === undefined ? {} : { serviceTier: tier }),
      },
      ...usage,
      // Some servers put a first piece of the answer here.
      ...arrayOf(message['content'])
        .filter(isObject)
        .flatMap((block) => [...this.#openBlock(undefined, block), ...this.#close()]),
    ];
  }

  #openBlock(index: unknown, block: JsonObject): readonly ChatEvent[] {
    const start = this.#startOf(block);
    if (!start) {
      this.#open = { index, part: undefined, block, json: '' };
      return [];
    }
    const part = this.#parts++;
    this.#open = { index, part, block, json: '' };
    return [{ type: 'part-start', choice: 0, part, start }, ...this.#deltas(part, firstDeltas(block))];
  }

  /** Undefined for a block that only this dialect knows: it goes out whole when it ends. */
  #startOf(block: JsonObject): PartStart | undefined {
    switch (block['type']) {
      case 'text':
        return { kind: 'text' };
      case 'thinking':
      case 'redacted_thinking':
        return { kind: 'reasoning', dialect: OWN };
      case 'tool_use': {
        const name = textOf(block['name']) ?? '';
        if (name === this.context.outputTool) return { kind: 'text' };
        this.#calledTools = true;
        return { kind: 'tool-call', id: textOf(block['id']) ?? '', name };
      }
      default:
        return undefined;
    }
  }

  #delta(index: unknown, delta: JsonObject): readonly ChatEvent[] {
    const missing = this.#open?.index === index ? undefined : impliedBlock(delta);
    const opened = missing ? [...this.#close(), ...this.#openBlock(index, missing)] : [];
    const open = this.#open;
    if (!open || open.index !== index) return opened;
    if (delta['type'] === 'input_json_delta') {
      const json = textOf(delta['partial_json']) ?? '';
      open.json += json;
      if (open.part === undefined || json === '') return opened;
      const kind = this.#isAnswer(open)
        ? ({ kind: 'text', text: json } as const)
        : ({ kind: 'arguments', json } as const);
      return this.#deltas(open.part, [kind]);
    }
    if (open.part === undefined) {
      // A block of the dialect's own (compaction, say): its deltas set the members they name.
      const { type: _, ...members } = delta;
      this.#open = { ...open, block: { ...open.block, ...members } };
      return opened;
    }
    return [...opened, ...this.#deltas(open.part, decodeDelta(delta))];
  }

  #isAnswer({ block }: OpenBlock): boolean {
    return block['type'] === 'tool_use' && block['name'] === this.context.outputTool;
  }

  #deltas(part: number, deltas: readonly PartDelta[]): ChatEvent[] {
    return deltas.map((delta) => ({ type: 'part-delta', choice: 0, part, delta }));
  }

  #close(): readonly ChatEvent[] {
    const open = this.#open;
    if (!open) return [];
    this.#open = undefined;
    const { block, part, json } = open;
    if (part === undefined) return this.#whole(json === '' ? block : { ...block, input: parseObject(json) ?? {} });
    const deltas: PartDelta[] = [];
    if (block['type'] === 'tool_use' && json === '') {
      // The arguments came with the start, or there are none.
      const whole = JSON.stringify(objectOf(block['input']));
      deltas.push(this.#isAnswer(open) ? { kind: 'text', text: whole } : { kind: 'arguments', json: whole });
    }
    return [...this.#deltas(part, deltas), { type: 'part-end', choice: 0, part }];
  }

  #whole(value: JsonObject): readonly ChatEvent[] {
    const part = this.#parts++;
    return [
      { type: 'part-start', choice: 0, part, start: { kind: 'opaque', dialect: OWN, value } },
      { type: 'part-end', choice: 0, part },
    ];
  }

  #messageDelta(wire: JsonObject): readonly ChatEvent[] {
    const delta = objectOf(wire['delta']);
    const closed = this.#close();
    if (textOf(delta['stop_reason']) !== undefined) {
      this.#finish = decodeFinish(delta['stop_reason'], delta['stop_sequence']);
    }
    const explanation = textOf(objectOf(delta['stop_details'])['explanation']);
    return [...closed, ...this.#refusal(explanation), ...this.#addUsage(wire['usage'])];
  }

  #refusal(explanation: string | undefined): readonly ChatEvent[] {
    if (explanation === undefined) return [];
    const part = this.#parts++;
    return [
      { type: 'part-start', choice: 0, part, start: { kind: 'refusal' } },
      ...this.#deltas(part, [{ kind: 'text', text: explanation }]),
      { type: 'part-end', choice: 0, part },
    ];
  }

  #addUsage(usage: unknown): readonly ChatEvent[] {
    if (!isObject(usage)) return [];
    this.#usage = mergeUsage(this.#usage, usage);
    return [{ type: 'usage', usage: { ...decodeUsage(this.#usage), tokens: this.#tokens() } }];
  }

  #tokens(): TokenCounts {
    return addTokens(this.#spent, decodeUsage(this.#usage).tokens);
  }

  #closeMessage(): readonly ChatEvent[] {
    const closed = this.#close();
    if (!this.#finish) return closed;
    return [...closed, { type: 'finish', choice: 0, finish: withoutOutputTool(this.#finish, !this.#calledTools) }];
  }
}

/** What a block's start already holds: nothing, usually. */
function firstDeltas(block: JsonObject): readonly PartDelta[] {
  const deltas: PartDelta[] = [];
  const text = block['type'] === 'text' ? textOf(block['text']) : undefined;
  if (text) deltas.push({ kind: 'text', text });
  if (block['type'] === 'text') {
    for (const citation of arrayOf(block['citations']).filter(isObject)) {
      deltas.push({ kind: 'citation', citation: decodeCitation(citation) });
    }
  }
  if (block['type'] === 'thinking' || block['type'] === 'redacted_thinking') {
    const { text: thought, signature, encrypted } = decodeReasoning(block);
    if (thought !== '') deltas.push({ kind: 'text', text: thought });
    if (signature !== undefined) deltas.push({ kind: 'signature', signature });
    if (encrypted !== undefined) deltas.push({ kind: 'encrypted', encrypted });
  }
  return deltas;
}

function decodeDelta(delta: JsonObject): readonly PartDelta[] {
  switch (delta['type']) {
    case 'text_delta':
      return nonEmpty(textOf(delta['text']));
    case 'thinking_delta':
      return nonEmpty(textOf(delta['thinking']));
    case 'signature_delta': {
      const signature = textOf(delta['signature']);
      return signature ? [{ kind: 'signature', signature }] : [];
    }
    case 'citations_delta':
      return isObject(delta['citation']) ? [{ kind: 'citation', citation: decodeCitation(delta['citation']) }] : [];
    default:
      return [];
  }
}

const nonEmpty = (text: string | undefined): readonly PartDelta[] => (text ? [{ kind: 'text', text }] : []);

/** The block that a delta without a start belongs to, where the delta tells. */
function impliedBlock(delta: JsonObject): JsonObject | undefined {
  if (delta['type'] === 'text_delta') return { type: 'text', text: '' };
  if (delta['type'] === 'thinking_delta') return { type: 'thinking', thinking: '' };
  return undefined;
}
