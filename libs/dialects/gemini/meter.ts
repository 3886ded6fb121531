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
const FINISHED = /"finishReason"\s*:\s*"(?!"|FINISH_REASON_UNSPECIFIED)/g;
const BLOCKED = /"blockReason"\s*:\s*"(?!"|BLOCK(?:ED)?_REASON_UNSPECIFIED)/;

/** Follows a stream that passes through: keeps the last event with counts and parses it only when asked. */
export class GeminiMeter implements StreamMeter {
  #counted: string | undefined;
  #last: string | undefined;
  #finishes = 0;
  /** There is no terminal event: more may come behind a finish reason, and some models say one in every event. */
  readonly ended = false;

  /** `candidates`: how many were asked for. */
  constructor(private readonly candidates = 1) {}

  push({ data }: WireEvent): { readonly forward: boolean; readonly content: boolean; readonly error?: UpstreamError } {
    if (data === '') return { forward: true, content: false };
    if (ERROR.test(data)) {
      const error = errorIn(parsed(data));
      if (error) return { forward: true, content: false, error: decodeStreamError(error) };
    }
    this.#last = data;
    if (COUNTS.test(data)) this.#counted = data;
    this.#finishes += BLOCKED.test(data) ? this.candidates : (data.match(FINISHED)?.length ?? 0);
    return { forward: true, content: CONTENT.test(data) };
  }

  get usage(): Usage | undefined {
    return this.#counted === undefined ? undefined : usageOf(objectOf(parseObject(this.#counted)));
  }

  get answeredModel(): string | undefined {
    return this.#last === undefined ? undefined : textOf(objectOf(parseObject(this.#last))['modelVersion']);
  }

  get complete(): boolean {
    return this.#finishes >= this.candidates;
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
