import { NO_TOKENS, type TokenCounts, TollgateError } from '#libs/core';
import type { Reply, StreamEncoder } from '../dialect.js';
import type { ChatEvent, Finish, PartDelta, PartStart } from '../neutral/index.js';
import { OneAtATime } from '../neutral/one-at-a-time.js';
import { sseEvent } from '../sse/index.js';
import { encodeCitation } from './citations.js';
import { renderStreamError } from './errors.js';
import { encodeFinish } from './finish.js';
import { isPlan } from './reasoning.js';
import { encodeUsage } from './usage.js';

/** Writes a stream of `POST /v2/chat`. Content and calls are counted apart, as the API does. */
export class CohereStreamEncoder implements StreamEncoder {
  readonly #inOrder = new OneAtATime();
  #contents = 0;
  #calls = 0;
  #citations = 0;
  #start: PartStart | undefined;
  #text = '';
  #finish: Finish = { reason: 'other', raw: null };
  #tokens: TokenCounts = NO_TOKENS;

  constructor(private readonly reply: Reply) {}

  push(event: ChatEvent): string {
    switch (event.type) {
      case 'start': {
        const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] };
        return this.#write('message-start', { id: event.id || this.reply.callId, delta: { message } });
      }
      case 'part-start':
      case 'part-delta':
      case 'part-end':
        return event.choice === 0
          ? this.#inOrder
              .push(event)
              .map((next) => this.#part(next))
              .join('')
          : '';
      case 'finish':
        if (event.choice === 0) this.#finish = event.finish;
        return '';
      case 'usage':
        this.#tokens = event.usage.tokens;
        return '';
      case 'error':
        return renderStreamError(new TollgateError('upstream_error', 'The provider failed while answering.'));
      case 'end':
        return this.#write('message-end', {
          delta: { finish_reason: encodeFinish(this.#finish), usage: encodeUsage(this.#tokens) },
        });
    }
  }

  #part(event: Extract<ChatEvent, { readonly part: number }>): string {
    switch (event.type) {
      case 'part-start':
        this.#start = event.start;
        this.#text = '';
        return this.#partStart(event.start);
      case 'part-delta':
        return this.#start ? this.#partDelta(this.#start, event.delta) : '';
      case 'part-end':
        return this.#start ? this.#partEnd(this.#start) : '';
    }
  }

  #partStart(start: PartStart): string {
    switch (start.kind) {
      case 'text':
      case 'refusal':
      case 'audio':
        return this.#content('content-start', { type: 'text', text: '' });
      case 'reasoning':
        return isPlan(start) ? '' : this.#content('content-start', { type: 'thinking', thinking: '' });
      case 'tool-call':
        return this.#call('tool-call-start', {
          id: start.id,
          type: 'function',
          function: { name: start.name, arguments: '' },
        });
      case 'opaque':
        return '';
    }
  }

  #partDelta(start: PartStart, delta: PartDelta): string {
    switch (delta.kind) {
      case 'text':
        return this.#words(start, delta.text);
      case 'audio':
        return delta.transcript ? this.#words(start, delta.transcript) : '';
      case 'arguments':
        return delta.json === '' ? '' : this.#call('tool-call-delta', { function: { arguments: delta.json } });
      case 'citation': {
        const citation = encodeCitation(delta.citation, this.#text);
        if (!citation) return '';
        const index = this.#citations++;
        return (
          this.#write('citation-start', { index, delta: { message: { citations: citation } } }) +
          this.#write('citation-end', { index })
        );
      }
      default:
        return '';
    }
  }

  #words(start: PartStart, text: string): string {
    if (text === '') return '';
    this.#text += text;
    if (start.kind !== 'reasoning') return this.#content('content-delta', { text });
    if (isPlan(start)) return this.#write('tool-plan-delta', { delta: { message: { tool_plan: text } } });
    return this.#content('content-delta', { thinking: text });
  }

  #partEnd(start: PartStart): string {
    this.#start = undefined;
    if (start.kind === 'opaque' || (start.kind === 'reasoning' && isPlan(start))) return '';
    if (start.kind === 'tool-call') return this.#write('tool-call-end', { index: this.#calls++ });
    return this.#write('content-end', { index: this.#contents++ });
  }

  #content(type: string, content: object): string {
    return this.#write(type, { index: this.#contents, delta: { message: { content } } });
  }

  #call(type: string, tool_calls: object): string {
    return this.#write(type, { index: this.#calls, delta: { message: { tool_calls } } });
  }

  #write(type: string, members: object): string {
    return sseEvent(type, { type, ...members });
  }
}
