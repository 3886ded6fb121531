import type { StreamMeter, WireEvent } from '../dialect.js';
import { objectOf, parseObject, textOf } from '../json/index.js';
import type { UpstreamError, Usage } from '../neutral/index.js';
import { decodeStreamError, errorIn } from './errors.js';
import { usageOf } from './usage.js';

/*
 * A quote inside a JSON string is escaped, so `"name":` in the raw text is always a member. Looking for it costs a tenth of
 * parsing.
 */
const ERROR = /^\s*\[?\s*\{\s*"error"\s*:/;
const CONTENT = /"(?:text|functionCall|inlineData|executableCode|codeExecutionResult)"\s*:/;
const COUNTS = /"(?:prompt|candidates|total|thoughts)TokenCount"\s*:/;
const ENDED = /"(?:finishReason|blockReason)"\s*:/;

/** Follows a stream that passes through: keeps the last event with counts and parses it only when asked. */
export class GeminiMeter implements StreamMeter {
  #counted: string | undefined;
  #last: string | undefined;
  #ended = false;

  push({ data }: WireEvent): { readonly forward: boolean; readonly content: boolean; readonly error?: UpstreamError } {
    if (data === '') return { forward: true, content: false };
    if (ERROR.test(data)) {
      const error = errorIn(parsed(data));
      if (error) return { forward: true, content: false, error: decodeStreamError(error) };
    }
    this.#last = data;
    if (COUNTS.test(data)) this.#counted = data;
    if (ENDED.test(data)) this.#ended = true;
    return { forward: true, content: CONTENT.test(data) };
  }

  get usage(): Usage | undefined {
    return this.#counted === undefined ? undefined : usageOf(objectOf(parseObject(this.#counted)));
  }

  get answeredModel(): string | undefined {
    return this.#last === undefined ? undefined : textOf(objectOf(parseObject(this.#last))['modelVersion']);
  }

  get ended(): boolean {
    return this.#ended;
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
