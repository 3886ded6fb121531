import type { EncodeTarget, PassThrough, StreamMeter, WireEvent } from '../dialect.js';
import { objectOf, parseObject, spliceMembers, textOf } from '../json/index.js';
import type { JsonObject, UpstreamError, Usage } from '../neutral/index.js';
import { errorOf } from './errors.js';
import { usageOf } from './usage.js';

/** The client's own bytes with another model name. Usage comes unasked. */
export function passThrough(text: string, _body: JsonObject, target: EncodeTarget): PassThrough {
  return { body: spliceMembers(text, { model: target.upstreamModel }), meter: new ResponsesMeter() };
}

const FORWARD = { forward: true, content: false } as const;
const CONTENT = { forward: true, content: true } as const;
const LEADING_TYPE = /^\{\s*"type":\s*"([a-z_.]+)"/;

/** Tells events apart by name and parses only the few that begin and end a response. */
class ResponsesMeter implements StreamMeter {
  usage: Usage | undefined;
  answeredModel: string | undefined;
  ended = false;
  /** `error` is followed by `response.failed`: the same failure. */
  #hasFailed = false;

  get complete(): boolean {
    return this.ended;
  }

  push({ data, event }: WireEvent): { forward: boolean; content: boolean; error?: UpstreamError } {
    if (data === '') return FORWARD;
    switch (event ?? LEADING_TYPE.exec(data)?.[1] ?? textOf(parseObject(data)?.['type'])) {
      case 'response.created':
        this.answeredModel = textOf(objectOf(parseObject(data)?.['response'])['model']);
        return FORWARD;
      case 'response.queued':
      case 'response.in_progress':
        return FORWARD;
      case 'response.completed':
      case 'response.incomplete':
        return this.#end(parseObject(data) ?? {});
      case 'response.failed':
      case 'error':
      case undefined:
        return this.#failed(parseObject(data) ?? {});
      default:
        return CONTENT;
    }
  }

  #end(wire: JsonObject): { forward: boolean; content: boolean } {
    this.ended = true;
    this.usage = usageOf(wire);
    this.answeredModel ??= textOf(objectOf(wire['response'])['model']);
    return FORWARD;
  }

  /** What failed may have used tokens before. */
  #failed(wire: JsonObject): { forward: boolean; content: boolean; error?: UpstreamError } {
    this.usage ??= usageOf(wire);
    const error = this.#hasFailed ? undefined : errorOf(wire);
    this.#hasFailed ||= error !== undefined;
    return error ? { ...FORWARD, error } : FORWARD;
  }
}
