import type { StreamMeter, WireEvent } from '../dialect.js';
import { objectOf, parseObject, textOf } from '../json/index.js';
import type { JsonObject, UpstreamError, Usage } from '../neutral/index.js';
import { decodeStreamError } from './errors.js';
import { decodeUsage, mergeUsage } from './usage.js';

const TYPE = /"type"\s*:\s*"([a-z_]+)"/;

const BARE_ERROR = /^\s*\{\s*"error"/;

/** The event's name, or the first `type` in its data: cheaper than parsing. Some servers send the bare error object. */
function typeOf({ event, data }: WireEvent): string | undefined {
  return event ?? (BARE_ERROR.test(data) ? 'error' : TYPE.exec(data)?.[1]);
}

/** Follows a stream that passes through: parses the three or four events that tell something and none of the content. */
export class AnthropicMeter implements StreamMeter {
  #usage: JsonObject | undefined;
  #model: string | undefined;
  #ended = false;

  push(event: WireEvent): { readonly forward: boolean; readonly content: boolean; readonly error?: UpstreamError } {
    switch (typeOf(event)) {
      case 'content_block_delta':
        return { forward: true, content: true };
      case 'content_block_start':
        // Text and thinking begin empty; any other block is content from its start.
        return { forward: true, content: !/"type"\s*:\s*"(text|thinking)"/.test(event.data) };
      case 'message_start':
        this.#start(objectOf(parseObject(event.data)?.['message']));
        break;
      case 'message_delta':
        this.#merge(objectOf(parseObject(event.data)?.['usage']));
        break;
      case 'message_stop':
        this.#ended = true;
        break;
      case 'error':
        return { forward: true, content: false, error: decodeStreamError(parseObject(event.data) ?? {}) };
    }
    return { forward: true, content: false };
  }

  get usage(): Usage | undefined {
    return this.#usage && decodeUsage(this.#usage);
  }

  get answeredModel(): string | undefined {
    return this.#model;
  }

  get ended(): boolean {
    return this.#ended;
  }

  get complete(): boolean {
    return this.#ended;
  }

  #start(message: JsonObject): void {
    this.#model ??= textOf(message['model']);
    this.#merge(objectOf(message['usage']));
  }

  #merge(usage: JsonObject): void {
    this.#usage = mergeUsage(this.#usage ?? {}, usage);
  }
}
