import type { Reply, StreamEncoder } from '../dialect.js';
import { arrayOf, objectOf } from '../json/index.js';
import type { ChatEvent, Finish, JsonObject, PartDelta, PartStart, Usage } from '../neutral/index.js';
import { sseEvent } from '../sse/index.js';
import { encodeCitation } from './citations.js';
import { incompleteOf } from './finish.js';
import { callItem, itemId, messageItem, proofItem, reasoningItem, textPiece } from './items.js';
import { skeleton } from './skeleton.js';
import { encodeUsage } from './usage.js';

/** Neutral events as the API's, numbered, with each item told as added, in pieces, and done. Only the first choice has a place. */
export function encoder(reply: Reply): StreamEncoder {
  return new ResponsesEncoder(reply);
}

interface OpenItem {
  readonly id: string;
  readonly index: number;
}

interface OpenMessage extends OpenItem {
  readonly content: JsonObject[];
}

interface OpenPart {
  readonly start: PartStart;
  readonly item: OpenItem;
  /** Place in the message, for its pieces. */
  readonly contentIndex: number;
  text: string;
  encrypted: string | undefined;
  signature: string | undefined;
  readonly annotations: JsonObject[];
  readonly logprobs: unknown[];
}

class ResponsesEncoder implements StreamEncoder {
  #sequence = 0;
  #head: JsonObject;
  #finish: Finish = { reason: 'stop', raw: null };
  #usage: Usage | undefined;
  #message: OpenMessage | undefined;
  readonly #output: JsonObject[] = [];
  #items = 0;
  readonly #parts = new Map<number, OpenPart>();

  constructor(private readonly reply: Reply) {
    this.#head = skeleton({ id: '' }, reply);
  }

  push(event: ChatEvent): string {
    if ('choice' in event && event.choice !== 0) return '';
    switch (event.type) {
      case 'start':
        this.#head = skeleton(event, this.reply);
        return (
          this.#event('response.created', { response: this.#head }) +
          this.#event('response.in_progress', { response: this.#head })
        );
      case 'part-start':
        return this.#partStart(event.part, event.start);
      case 'part-delta':
        return this.#partDelta(event.part, event.delta);
      case 'part-end':
        return this.#partEnd(event.part);
      case 'finish':
        this.#finish = event.finish;
        return '';
      case 'usage':
        this.#usage = event.usage;
        return '';
      case 'end':
        return this.#closeMessage() + this.#last();
      case 'error':
        return '';
    }
  }

  #event(type: string, members: JsonObject): string {
    const sequence_number = this.#sequence;
    this.#sequence += 1;
    return sseEvent(type, { type, sequence_number, ...members });
  }

  #last(): string {
    const incomplete = incompleteOf(this.#finish);
    const response = {
      ...this.#head,
      status: incomplete ? 'incomplete' : 'completed',
      incomplete_details: incomplete,
      output: this.#output,
      ...(this.#usage === undefined ? {} : { usage: encodeUsage(this.#usage) }),
    };
    return this.#event(incomplete ? 'response.incomplete' : 'response.completed', { response });
  }

  #partStart(index: number, start: PartStart): string {
    if (start.kind === 'text' || start.kind === 'refusal' || start.kind === 'audio')
      return this.#pieceStart(index, start);
    const before = this.#closeMessage();
    if (start.kind === 'opaque')
      return start.dialect === 'openai-responses' ? before + this.#wholeItem(objectOf(start.value)) : before;
    const proof =
      start.kind === 'tool-call' && start.signature !== undefined ? this.#proof(start.id, start.signature) : '';
    const item = this.#newItem(start.kind === 'tool-call' ? 'fc' : 'rs');
    const part = this.#open(index, start, item, 0);
    return (
      before +
      proof +
      this.#event('response.output_item.added', { output_index: item.index, item: this.#itemOf(part, 'in_progress') })
    );
  }

  #pieceStart(index: number, start: PartStart): string {
    const opening = this.#message ? '' : this.#openMessage();
    const message = this.#message as OpenMessage;
    const part = this.#open(index, start, message, message.content.length);
    const piece = this.#pieceOf(part);
    message.content.push(piece);
    return opening + this.#event('response.content_part.added', { ...this.#place(part), part: piece });
  }

  #partDelta(index: number, delta: PartDelta): string {
    const part = this.#parts.get(index);
    if (!part) return '';
    switch (delta.kind) {
      case 'text':
        return this.#text(part, delta.text, arrayOf(objectOf(delta.logprobs)['content']));
      case 'audio':
        return delta.transcript ? this.#text(part, delta.transcript, []) : '';
      case 'citation':
        return this.#citation(part, delta);
      case 'arguments':
        part.text += delta.json;
        return this.#event('response.function_call_arguments.delta', { ...itemPlace(part), delta: delta.json });
      case 'encrypted':
        part.encrypted = (part.encrypted ?? '') + delta.encrypted;
        return '';
      case 'signature':
        part.signature = (part.signature ?? '') + delta.signature;
        return '';
      case 'opaque':
        return '';
    }
  }

  #text(part: OpenPart, delta: string, logprobs: readonly unknown[]): string {
    const first = part.text === '';
    part.text += delta;
    part.logprobs.push(...logprobs);
    switch (part.start.kind) {
      case 'reasoning': {
        const place = { ...itemPlace(part), summary_index: 0 };
        const opening = first
          ? this.#event('response.reasoning_summary_part.added', { ...place, part: summaryOf('') })
          : '';
        return opening + this.#event('response.reasoning_summary_text.delta', { ...place, delta });
      }
      case 'refusal':
        return this.#event('response.refusal.delta', { ...this.#place(part), delta });
      default:
        return this.#event('response.output_text.delta', { ...this.#place(part), delta, logprobs });
    }
  }

  #citation(part: OpenPart, { citation }: Extract<PartDelta, { kind: 'citation' }>): string {
    const annotation = encodeCitation(citation, part.text.length) as JsonObject | undefined;
    if (!annotation) return '';
    const annotation_index = part.annotations.push(annotation) - 1;
    return this.#event('response.output_text.annotation.added', { ...this.#place(part), annotation_index, annotation });
  }

  #partEnd(index: number): string {
    const part = this.#parts.get(index);
    if (!part) return '';
    this.#parts.delete(index);
    switch (part.start.kind) {
      case 'reasoning':
        return this.#reasoningEnd(part);
      case 'tool-call':
        return this.#callEnd(part, part.start);
      default:
        return this.#pieceEnd(part);
    }
  }

  #pieceEnd(part: OpenPart): string {
    const piece = this.#pieceOf(part);
    const place = this.#place(part);
    this.#message?.content.splice(part.contentIndex, 1, piece);
    const said =
      part.start.kind === 'refusal'
        ? this.#event('response.refusal.done', { ...place, refusal: part.text })
        : this.#event('response.output_text.done', { ...place, text: part.text, logprobs: part.logprobs });
    return said + this.#event('response.content_part.done', { ...place, part: piece });
  }

  #reasoningEnd(part: OpenPart): string {
    const place = { ...itemPlace(part), summary_index: 0 };
    const said =
      part.text === ''
        ? ''
        : this.#event('response.reasoning_summary_text.done', { ...place, text: part.text }) +
          this.#event('response.reasoning_summary_part.done', { ...place, part: summaryOf(part.text) });
    return said + this.#itemDone(part.item, this.#itemOf(part, 'completed'));
  }

  #callEnd(part: OpenPart, { name }: Extract<PartStart, { kind: 'tool-call' }>): string {
    if (part.text === '') part.text = '{}';
    const done = this.#event('response.function_call_arguments.done', {
      ...itemPlace(part),
      name,
      arguments: part.text,
    });
    return done + this.#itemDone(part.item, this.#itemOf(part, 'completed'));
  }

  #openMessage(): string {
    this.#message = { ...this.#newItem('msg'), content: [] };
    const { id, index } = this.#message;
    return this.#event('response.output_item.added', { output_index: index, item: messageItem(id, [], 'in_progress') });
  }

  #closeMessage(): string {
    const message = this.#message;
    this.#message = undefined;
    return message ? this.#itemDone(message, messageItem(message.id, message.content, 'completed')) : '';
  }

  #proof(callId: string, signature: string): string {
    return this.#wholeItem(proofItem(callId, signature, itemId('rs', this.reply, this.#items)));
  }

  #wholeItem(item: JsonObject): string {
    const place = { id: '', index: this.#items++ };
    return this.#event('response.output_item.added', { output_index: place.index, item }) + this.#itemDone(place, item);
  }

  #itemDone({ index }: OpenItem, item: JsonObject): string {
    this.#output[index] = item;
    return this.#event('response.output_item.done', { output_index: index, item });
  }

  #newItem(prefix: 'msg' | 'rs' | 'fc'): OpenItem {
    const index = this.#items++;
    return { id: itemId(prefix, this.reply, index), index };
  }

  #open(index: number, start: PartStart, item: OpenItem, contentIndex: number): OpenPart {
    const part: OpenPart = {
      start,
      item:
        start.kind === 'reasoning' && start.dialect === 'openai-responses'
          ? { ...item, id: start.id ?? item.id }
          : item,
      contentIndex,
      text: '',
      encrypted: undefined,
      signature: undefined,
      annotations: [],
      logprobs: [],
    };
    this.#parts.set(index, part);
    return part;
  }

  #pieceOf({ start, text, annotations, logprobs }: OpenPart): JsonObject {
    if (start.kind === 'refusal') return { type: 'refusal', refusal: text };
    return { ...textPiece({ type: 'text', text }, logprobs), annotations };
  }

  #itemOf({ start, item, text, encrypted, signature }: OpenPart, status: string): JsonObject {
    if (start.kind === 'tool-call') {
      return callItem({ id: start.id, name: start.name, arguments: text }, item.id, status);
    }
    if (start.kind !== 'reasoning') return {};
    const { dialect, id } = start;
    return reasoningItem(
      {
        dialect,
        text,
        ...(id === undefined ? {} : { id }),
        ...(encrypted === undefined ? {} : { encrypted }),
        ...(signature === undefined ? {} : { signature }),
      },
      item.id,
    );
  }

  #place(part: OpenPart): JsonObject {
    return { ...itemPlace(part), content_index: part.contentIndex };
  }
}

const itemPlace = ({ item }: OpenPart): JsonObject => ({ item_id: item.id, output_index: item.index });
const summaryOf = (text: string): JsonObject => ({ type: 'summary_text', text });
