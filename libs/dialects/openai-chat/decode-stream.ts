import type { DecodeContext, StreamDecoder, WireEvent } from '../dialect.js';
import { arrayOf, breaksOff, isObject, parseObject, textOf } from '../json/index.js';
import { brokenEvent } from '../neutral/failure.js';
import type { ChatEvent, JsonObject } from '../neutral/index.js';
import { decodeSources } from './citations.js';
import { errorInStream } from './errors.js';
import { OpenChoice } from './open-choice.js';
import { usageOf } from './usage.js';

export const DONE = '[DONE]';

/**
 * `chat.completion.chunk` events as neutral ones. Finishes are told at the very end, since servers put empty deltas, a second
 * `finish_reason` or the usage after the first one. Without `[DONE]` a stream counts as ended if each choice said why it ended.
 */
export function decoder(context: DecodeContext): StreamDecoder {
  return new ChatDecoder(context);
}

class ChatDecoder implements StreamDecoder {
  #started = false;
  #closed = false;
  readonly #choices = new Map<number, OpenChoice>();

  constructor(private readonly context: DecodeContext) {}

  push(event: WireEvent): readonly ChatEvent[] {
    if (event.data === '' || this.#closed) return [];
    if (event.data === DONE) return this.#close(true);
    const chunk = parseObject(event.data);
    if (!chunk) return breaksOff(event.data) ? this.#fail({ type: 'error', error: brokenEvent(event.data) }) : [];
    const error = errorInStream(chunk, event.event);
    if (error) return this.#fail({ type: 'error', error });
    const out: ChatEvent[] = [];
    this.#start(chunk, out);
    const sources = chunk['citations'] === undefined ? [] : decodeSources(chunk);
    for (const choice of arrayOf(chunk['choices'])) {
      if (isObject(choice)) this.#choice(choice).push(choice, sources, out);
    }
    const usage = usageOf(chunk);
    if (usage) out.push({ type: 'usage', usage });
    return out;
  }

  finish(): readonly ChatEvent[] {
    return this.#closed ? [] : this.#close(false);
  }

  /** Azure begins with a chunk about the prompt that has neither choices nor an id: the answer begins with the next. */
  #start(chunk: JsonObject, out: ChatEvent[]): void {
    if (this.#started || (!chunk['id'] && arrayOf(chunk['choices']).length === 0)) return;
    this.#started = true;
    const serviceTier = textOf(chunk['service_tier']);
    out.push({
      type: 'start',
      id: textOf(chunk['id']) ?? '',
      model: textOf(chunk['model']) ?? '',
      ...(typeof chunk['created'] === 'number' ? { createdSec: Math.floor(chunk['created']) } : {}),
      ...(serviceTier === undefined ? {} : { serviceTier }),
    });
  }

  #choice(choice: JsonObject): OpenChoice {
    const index = typeof choice['index'] === 'number' ? choice['index'] : 0;
    const known = this.#choices.get(index);
    if (known) return known;
    const fresh = new OpenChoice(index, this.context.outputTool);
    this.#choices.set(index, fresh);
    return fresh;
  }

  #fail(error: ChatEvent): readonly ChatEvent[] {
    this.#closed = true;
    return [error];
  }

  #close(done: boolean): readonly ChatEvent[] {
    this.#closed = true;
    const out: ChatEvent[] = [];
    const choices = [...this.#choices.values()];
    for (const choice of choices) choice.close(out);
    if (done || (choices.length > 0 && choices.every((choice) => choice.finished))) out.push({ type: 'end' });
    return out;
  }
}
