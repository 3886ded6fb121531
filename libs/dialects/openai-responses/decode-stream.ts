import type { DecodeContext, StreamDecoder, WireEvent } from '../dialect.js';
import { arrayOf, breaksOff, isObject, objectOf, parseObject, textOf } from '../json/index.js';
import { brokenEvent } from '../neutral/failure.js';
import type { ChatEvent, JsonObject } from '../neutral/index.js';
import { errorOf } from './errors.js';
import { decodeFinish } from './finish.js';
import { OpenOutput } from './open-output.js';
import { usageOf } from './usage.js';

/** Streamed responses as neutral events. What a server does not send piece by piece is taken from its `done` events. */
export function decoder(_context: DecodeContext): StreamDecoder {
  return new ResponsesDecoder();
}

class ResponsesDecoder implements StreamDecoder {
  #started = false;
  #closed = false;
  readonly #output = new OpenOutput();

  push(event: WireEvent): readonly ChatEvent[] {
    if (this.#closed || event.data === '' || event.data === '[DONE]') return [];
    const wire = parseObject(event.data);
    if (!wire) return breaksOff(event.data) ? this.#fail({ type: 'error', error: brokenEvent(event.data) }) : [];
    const error = errorOf(wire);
    if (error) return this.#fail({ type: 'error', error });
    const out: ChatEvent[] = [];
    // The first event brings the head; where one is lost, the answer begins without.
    if (textOf(wire['type'])?.startsWith('response.')) this.#start(objectOf(wire['response']), out);
    switch (wire['type']) {
      case 'response.output_item.added':
        this.#output.added(wire, out);
        break;
      case 'response.output_item.done':
        this.#output.done(wire, out);
        break;
      case 'response.output_text.delta':
        this.#output.text('text', wire, out);
        break;
      case 'response.refusal.delta':
        this.#output.text('refusal', wire, out);
        break;
      case 'response.output_text.annotation.added':
        this.#output.annotation(wire, out);
        break;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        this.#output.thinking(wire, out);
        break;
      case 'response.function_call_arguments.delta':
        this.#output.arguments(wire, out);
        break;
      case 'response.completed':
      case 'response.incomplete':
        this.#complete(objectOf(wire['response']), out);
        break;
    }
    return out;
  }

  finish(): readonly ChatEvent[] {
    if (this.#closed) return [];
    this.#closed = true;
    const out: ChatEvent[] = [];
    this.#output.close(out);
    return out;
  }

  #start(response: JsonObject, out: ChatEvent[]): void {
    if (this.#started) return;
    this.#started = true;
    const serviceTier = textOf(response['service_tier']);
    out.push({
      type: 'start',
      id: textOf(response['id']) ?? '',
      model: textOf(response['model']) ?? '',
      ...(typeof response['created_at'] === 'number' ? { createdSec: Math.floor(response['created_at']) } : {}),
      ...(serviceTier === undefined ? {} : { serviceTier }),
    });
  }

  #complete(response: JsonObject, out: ChatEvent[]): void {
    this.#closed = true;
    this.#output.complete(arrayOf(response['output']).filter(isObject), out);
    this.#output.close(out);
    out.push({ type: 'finish', choice: 0, finish: decodeFinish(response, this.#output.kinds) });
    const usage = usageOf(response);
    if (usage) out.push({ type: 'usage', usage });
    out.push({ type: 'end' });
  }

  #fail(error: ChatEvent): readonly ChatEvent[] {
    this.#closed = true;
    return [error];
  }
}
