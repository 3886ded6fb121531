import type { Reply, StreamEncoder } from '../dialect.js';
import { defined, isObject } from '../json/index.js';
import type { ChatEvent, Finish, Part, PartDelta, PartStart, Usage } from '../neutral/index.js';
import { sseData } from '../sse/index.js';
import { encodeAnnotations } from './citations.js';
import { DONE } from './decode-stream.js';
import { encodeFinish } from './finish.js';
import { encodeLogprobs, idOf, isTier } from './response.js';
import { encodeDetails } from './thinking.js';
import type { ChatCompletionChunk, Delta } from './types.js';
import { encodeUsage } from './usage.js';

/** Neutral events as `chat.completion.chunk` events, ended by the usage if it was asked for and `[DONE]`. */
export function encoder(reply: Reply): StreamEncoder {
  return new ChatEncoder(reply);
}

/** What later pieces of a part need to know of it. */
interface OpenPart {
  readonly start: PartStart;
  /** Place among the calls of its choice, or among its pieces of thinking. */
  readonly ordinal: number;
  /** Where in the choice's content its text begins. */
  readonly offset: number;
  length: number;
}

interface OpenChoice {
  readonly parts: Map<number, OpenPart>;
  readonly kinds: Set<Part['type']>;
  calls: number;
  thoughts: number;
  contentLength: number;
}

type Head = Pick<ChatCompletionChunk, 'id' | 'object' | 'created' | 'model' | 'service_tier'>;

const openingOf = (head: Head): string => `data: ${JSON.stringify(head).slice(0, -1)},"choices":`;

class ChatEncoder implements StreamEncoder {
  #head: Head;
  #opened: string;
  readonly #closing: string;
  #usage: Usage | undefined;
  readonly #choices = new Map<number, OpenChoice>();

  constructor(private readonly reply: Reply) {
    this.#head = this.#headOf({ type: 'start', id: '', model: '' });
    this.#opened = openingOf(this.#head);
    this.#closing = reply.request.streamUsage ? ',"usage":null}\n\n' : '}\n\n';
  }

  push(event: ChatEvent): string {
    switch (event.type) {
      case 'start':
        this.#head = this.#headOf(event);
        this.#opened = openingOf(this.#head);
        return '';
      case 'part-start':
        return this.#partStart(event.choice, event.part, event.start);
      case 'part-delta':
        return this.#partDelta(event.choice, event.part, event.delta);
      case 'part-end':
        return this.#partEnd(event.choice, event.part);
      case 'finish':
        return this.#finish(event.choice, event.finish);
      case 'usage':
        this.#usage = event.usage;
        return '';
      case 'end':
        return `${this.#lastUsage()}data: ${DONE}\n\n`;
      case 'error':
        return '';
    }
  }

  #headOf(start: Extract<ChatEvent, { type: 'start' }>): Head {
    return {
      id: idOf(start.id, this.reply),
      object: 'chat.completion.chunk',
      created: start.createdSec ?? this.reply.createdSec,
      model: this.reply.model,
      ...(isTier(start.serviceTier) ? { service_tier: start.serviceTier } : {}),
    };
  }

  #partStart(choiceIndex: number, index: number, start: PartStart): string {
    const fresh = !this.#choices.has(choiceIndex);
    const choice = this.#choice(choiceIndex);
    const ordinal = start.kind === 'reasoning' ? choice.thoughts : choice.calls;
    choice.parts.set(index, { start, ordinal, offset: choice.contentLength, length: 0 });
    choice.kinds.add(start.kind);
    const opening = fresh ? this.#opening(choiceIndex) : '';
    switch (start.kind) {
      case 'reasoning':
        choice.thoughts += 1;
        return opening;
      case 'tool-call': {
        choice.calls += 1;
        const { id, name, signature } = start;
        const proof = signature === undefined ? {} : { extra_content: { google: { thought_signature: signature } } };
        const call = { index: ordinal, id, type: 'function' as const, function: { name, arguments: '' }, ...proof };
        return opening + this.#chunk(choiceIndex, { tool_calls: [call] });
      }
      case 'opaque':
        if (start.dialect !== 'openai-chat' || !isObject(start.value)) return opening;
        choice.calls += 1;
        return opening + this.#chunk(choiceIndex, { tool_calls: [{ index: ordinal, ...start.value }] });
      default:
        return opening;
    }
  }

  #partDelta(choiceIndex: number, index: number, delta: PartDelta): string {
    const choice = this.#choice(choiceIndex);
    const part = choice.parts.get(index);
    if (!part) return '';
    switch (delta.kind) {
      case 'text':
        part.length += delta.text.length;
        if (part.start.kind === 'reasoning') return this.#thinking(choiceIndex, part, { text: delta.text });
        if (part.start.kind === 'refusal') return this.#chunk(choiceIndex, { refusal: delta.text }, delta.logprobs);
        choice.contentLength += delta.text.length;
        return this.#chunk(choiceIndex, { content: delta.text }, delta.logprobs);
      case 'arguments':
        part.length += delta.json.length;
        return this.#arguments(choiceIndex, part, delta.json);
      case 'signature':
        return this.#thinking(choiceIndex, part, { text: '', signature: delta.signature });
      case 'encrypted':
        return this.#thinking(choiceIndex, part, { text: '', encrypted: delta.encrypted });
      case 'citation': {
        const annotations = encodeAnnotations([delta.citation], part.offset, part.length);
        return annotations.length === 0 ? '' : this.#chunk(choiceIndex, { annotations });
      }
      case 'audio': {
        const { data, transcript, expiresAtSec: expires_at } = delta;
        const id = part.start.kind === 'audio' ? part.start.id : undefined;
        return this.#chunk(choiceIndex, {
          audio: defined<NonNullable<Delta['audio']>>({ id, data, transcript, expires_at }),
        });
      }
      case 'opaque':
        return '';
    }
  }

  /** A call without arguments has none as JSON, since clients parse what they gathered. */
  #partEnd(choiceIndex: number, index: number): string {
    const part = this.#choice(choiceIndex).parts.get(index);
    return part?.start.kind === 'tool-call' && part.length === 0 ? this.#arguments(choiceIndex, part, '{}') : '';
  }

  #arguments(choiceIndex: number, part: OpenPart, json: string): string {
    return this.#chunk(choiceIndex, { tool_calls: [{ index: part.ordinal, function: { arguments: json } }] });
  }

  /** Text for every client; details where the thinking must come back to the dialect it is from. */
  #thinking(
    choiceIndex: number,
    part: OpenPart,
    piece: { readonly text: string; readonly signature?: string; readonly encrypted?: string },
  ): string {
    if (part.start.kind !== 'reasoning') return '';
    const { dialect, id } = part.start;
    const plain = dialect === 'openai-chat' && id === undefined && piece.text !== '';
    const details = plain
      ? undefined
      : encodeDetails({ dialect, ...(id === undefined ? {} : { id }), ...piece }, part.ordinal);
    return this.#chunk(choiceIndex, {
      ...(piece.text === '' ? {} : { reasoning_content: piece.text }),
      ...(details === undefined ? {} : { reasoning_details: details }),
    });
  }

  #finish(choiceIndex: number, finish: Finish): string {
    const opening = this.#choices.has(choiceIndex) ? '' : this.#opening(choiceIndex);
    const { kinds } = this.#choice(choiceIndex);
    return (
      opening +
      this.#write([{ index: choiceIndex, delta: {}, logprobs: null, finish_reason: encodeFinish(finish, kinds) }])
    );
  }

  #lastUsage(): string {
    if (!this.#usage || !this.reply.request.streamUsage) return '';
    return sseData({ ...this.#head, choices: [], usage: encodeUsage(this.#usage) });
  }

  #choice(index: number): OpenChoice {
    const known = this.#choices.get(index);
    if (known) return known;
    const fresh: OpenChoice = { parts: new Map(), kinds: new Set(), calls: 0, thoughts: 0, contentLength: 0 };
    this.#choices.set(index, fresh);
    return fresh;
  }

  #opening(choiceIndex: number): string {
    this.#choice(choiceIndex);
    return this.#chunk(choiceIndex, { role: 'assistant', content: '', refusal: null });
  }

  #chunk(index: number, delta: Delta, logprobs?: unknown): string {
    const shown = isObject(logprobs) ? encodeLogprobs(logprobs) : null;
    return this.#write([{ index, delta, logprobs: shown, finish_reason: null }]);
  }

  /** Every chunk begins alike, so that only what is new is turned into JSON. */
  #write(choices: ChatCompletionChunk['choices']): string {
    return `${this.#opened}${JSON.stringify(choices)}${this.#closing}`;
  }
}
