import type { EncodeTarget, PassThrough, StreamMeter, WireEvent } from '../dialect.js';
import { arrayOf, isObject, objectOf, parseObject, spliceMembers, textOf } from '../json/index.js';
import type { JsonObject, UpstreamError, Usage } from '../neutral/index.js';
import { DONE } from './decode-stream.js';
import { errorInStream } from './errors.js';
import { usageOf } from './usage.js';
import { type Vendor, vendorOf } from './vendors.js';

/**
 * The client's own bytes with another model name. In a stream the usage is asked for, and the event that only carries it is
 * kept back from a client that did not ask; `"usage": null` in the other events, which comes with asking, stays.
 */
export function passThrough(text: string, body: JsonObject, target: EncodeTarget): PassThrough {
  const options = objectOf(body['stream_options']);
  const asked = options['include_usage'] === true;
  const vendor = vendorOf(target.provider);
  const asks = body['stream'] === true && !asked && !vendor.alwaysUsage;
  const values = {
    ...renamed(body, vendor.renames),
    model: target.upstreamModel,
    ...(asks ? { stream_options: { ...options, include_usage: true } } : {}),
  };
  const choices = typeof body['n'] === 'number' ? body['n'] : 1;
  return { body: spliceMembers(text, values), meter: new ChatMeter(asks, choices) };
}

/** Members under the name that this vendor takes; undefined takes one out. */
function renamed(body: JsonObject, renames: Vendor['renames']): JsonObject {
  const known = Object.entries(renames).filter(([name]) => Object.hasOwn(body, name));
  return Object.fromEntries(
    known.flatMap(([name, instead]) => [[name, undefined], ...(instead === null ? [] : [[instead, body[name]]])]),
  );
}

const FORWARD = { forward: true, content: false } as const;
const CONTENT = { forward: true, content: true } as const;

/** Quotes inside JSON strings are escaped, so these can only be members. */
const NOTABLE = /"(?:usage":\s*\{|error":\s*[^n\s]|object":\s*"error"|finish_reason":\s*"[^"])/;
const USAGE = /"usage":\s*\{/;
const ERROR = /"error":\s*[^n\s]|"object":\s*"error"/;
const NO_CHOICES = /"choices":\s*\[\s*\]/;
const FINISH = /"finish_reason":\s*"[^"]/g;

/** Reads what it must by looking for member names, and parses only until the first content, errors, and the last usage. */
class ChatMeter implements StreamMeter {
  #lastUsage: string | undefined;
  #usage: Usage | undefined;
  #content = false;
  #done = false;
  #finishes = 0;
  answeredModel: string | undefined;

  constructor(
    private readonly stripsUsage: boolean,
    private readonly choices: number,
  ) {}

  push({ data, event }: WireEvent): { forward: boolean; content: boolean; error?: UpstreamError } {
    if (data === '') return FORWARD;
    if (data === DONE) {
      this.#done = true;
      return FORWARD;
    }
    if (this.#content && event === null && !NOTABLE.test(data)) return CONTENT;
    const error = event === 'error' || ERROR.test(data) ? errorInStream(parseObject(data) ?? {}, event) : undefined;
    if (error) return { ...FORWARD, error };
    this.#finishes += data.match(FINISH)?.length ?? 0;
    if (USAGE.test(data)) {
      this.#lastUsage = data;
      if (NO_CHOICES.test(data)) return this.stripsUsage ? { forward: false, content: false } : FORWARD;
    }
    this.#content ||= this.#hasContent(data);
    return this.#content ? CONTENT : FORWARD;
  }

  get usage(): Usage | undefined {
    if (this.#lastUsage !== undefined) {
      this.#usage = usageOf(parseObject(this.#lastUsage) ?? {}) ?? this.#usage;
      this.#lastUsage = undefined;
    }
    return this.#usage;
  }

  get ended(): boolean {
    return this.#done;
  }

  get complete(): boolean {
    return this.#done || this.#finishes >= this.choices;
  }

  #hasContent(data: string): boolean {
    const chunk = parseObject(data) ?? {};
    this.answeredModel ||= textOf(chunk['model']);
    return arrayOf(chunk['choices']).some(
      (choice) => isObject(choice) && (isAnswer(objectOf(choice['delta'])) || textOf(choice['text'])),
    );
  }
}

/** Whether a delta says anything but who speaks. (Legacy completions have `text` in place of a delta.) */
const isAnswer = ({ role: _, ...delta }: JsonObject): boolean =>
  Object.values(delta).some((value) => value !== '' && value !== null && !(Array.isArray(value) && value.length === 0));
