import type { DecodeContext, Reply, StreamDecoder, StreamEncoder, WireEvent } from '../dialect.js';
import { arrayOf, breaksOff, isObject, parseObject, textOf } from '../json/index.js';
import { brokenEvent } from '../neutral/failure.js';
import type { ChatEvent, Finish, JsonObject, UpstreamError, Usage } from '../neutral/index.js';
import { decodeFinish } from '../openai-chat/finish.js';
import { sseData } from '../sse/index.js';
import { errorInStream } from './errors.js';
import { decodeLogprobs, encodeLogprobs } from './logprobs.js';
import { finishOf, idOf } from './response.js';
import type { Completion } from './types.js';
import { encodeUsage, usageOf } from './usage.js';

const DONE = '[DONE]';

export function decoder(_context: DecodeContext): StreamDecoder {
  return new CompletionsDecoder();
}

class CompletionsDecoder implements StreamDecoder {
  #started = false;
  #closed = false;
  /** Per choice, why it ended; null while it has not. */
  readonly #choices = new Map<number, string | null>();

  push(event: WireEvent): readonly ChatEvent[] {
    if (event.data === '' || this.#closed) return [];
    if (event.data === DONE) return this.#close(true);
    const chunk = parseObject(event.data);
    if (!chunk) return breaksOff(event.data) ? this.#fail(brokenEvent(event.data)) : [];
    const error = errorInStream(chunk, event.event);
    if (error) return this.#fail(error);
    const out: ChatEvent[] = [];
    this.#start(chunk, out);
    for (const choice of arrayOf(chunk['choices'])) if (isObject(choice)) this.#choice(choice, out);
    const usage = usageOf(chunk);
    if (usage) out.push({ type: 'usage', usage });
    return out;
  }

  #fail(error: UpstreamError): readonly ChatEvent[] {
    this.#closed = true;
    return [{ type: 'error', error }];
  }

  finish(): readonly ChatEvent[] {
    return this.#closed ? [] : this.#close(false);
  }

  #start(chunk: JsonObject, out: ChatEvent[]): void {
    if (this.#started) return;
    this.#started = true;
    out.push({
      type: 'start',
      id: textOf(chunk['id']) ?? '',
      model: textOf(chunk['model']) ?? '',
      ...(typeof chunk['created'] === 'number' ? { createdSec: Math.floor(chunk['created']) } : {}),
    });
  }

  #choice(wire: JsonObject, out: ChatEvent[]): void {
    const choice = typeof wire['index'] === 'number' ? wire['index'] : 0;
    if (!this.#choices.has(choice)) {
      this.#choices.set(choice, null);
      out.push({ type: 'part-start', choice, part: 0, start: { kind: 'text' } });
    }
    const text = textOf(wire['text']) ?? '';
    const logprobs = decodeLogprobs(wire['logprobs']);
    if (text !== '' || logprobs !== undefined) {
      const delta = { kind: 'text' as const, text, ...(logprobs === undefined ? {} : { logprobs }) };
      out.push({ type: 'part-delta', choice, part: 0, delta });
    }
    const reason = textOf(wire['finish_reason']);
    if (reason) this.#choices.set(choice, this.#choices.get(choice) ?? reason);
  }

  #close(done: boolean): readonly ChatEvent[] {
    this.#closed = true;
    const out: ChatEvent[] = [];
    for (const [choice, reason] of this.#choices) {
      out.push({ type: 'part-end', choice, part: 0 });
      if (reason !== null) out.push({ type: 'finish', choice, finish: decodeFinish(reason, new Set(['text'])) });
    }
    const finished = this.#choices.size > 0 && [...this.#choices.values()].every((reason) => reason !== null);
    if (done || finished) out.push({ type: 'end' });
    return out;
  }
}

export function encoder(reply: Reply): StreamEncoder {
  return new CompletionsEncoder(reply);
}

class CompletionsEncoder implements StreamEncoder {
  #head: Pick<Completion, 'id' | 'object' | 'created' | 'model'>;
  #usage: Usage | undefined;
  /** Parts whose deltas are text of the completion, as `choice/part`. */
  readonly #texts = new Set<string>();
  readonly #lengths = new Map<number, number>();

  constructor(private readonly reply: Reply) {
    this.#head = { id: idOf('', reply), object: 'text_completion', created: reply.createdSec, model: reply.model };
  }

  push(event: ChatEvent): string {
    switch (event.type) {
      case 'start':
        this.#head = {
          ...this.#head,
          id: idOf(event.id, this.reply),
          created: event.createdSec ?? this.reply.createdSec,
        };
        return '';
      case 'part-start':
        if (event.start.kind === 'text' || event.start.kind === 'refusal')
          this.#texts.add(`${event.choice}/${event.part}`);
        return '';
      case 'part-delta':
        if (event.delta.kind !== 'text' || !this.#texts.has(`${event.choice}/${event.part}`)) return '';
        return this.#text(event.choice, event.delta.text, event.delta.logprobs);
      case 'finish':
        return this.#finish(event.choice, event.finish);
      case 'usage':
        this.#usage = event.usage;
        return '';
      case 'end':
        return `${this.#lastUsage()}data: ${DONE}\n\n`;
      default:
        return '';
    }
  }

  #text(index: number, text: string, logprobs: unknown): string {
    const before = this.#lengths.get(index) ?? 0;
    this.#lengths.set(index, before + text.length);
    return this.#chunk({ text, index, logprobs: encodeLogprobs(logprobs, before), finish_reason: null });
  }

  #finish(index: number, finish: Finish): string {
    return this.#chunk({ text: '', index, logprobs: null, finish_reason: finishOf(finish) });
  }

  #chunk(choice: JsonObject): string {
    return sseData({ ...this.#head, choices: [choice], ...(this.reply.request.streamUsage ? { usage: null } : {}) });
  }

  #lastUsage(): string {
    if (!this.#usage || !this.reply.request.streamUsage) return '';
    return sseData({ ...this.#head, choices: [], usage: encodeUsage(this.#usage) });
  }
}
