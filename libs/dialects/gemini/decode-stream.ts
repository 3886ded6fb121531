import type { DecodeContext, StreamDecoder, WireEvent } from '../dialect.js';
import { arrayOf, breaksOff, isObject, objectOf, textOf } from '../json/index.js';
import { brokenEvent } from '../neutral/failure.js';
import type { ChatEvent, JsonObject, UpstreamError } from '../neutral/index.js';
import { CandidateDecoder } from './candidate-decoder.js';
import { decodeStreamError, errorIn } from './errors.js';
import { blockedFinish } from './finish.js';
import { AnswerIds } from './ids.js';
import { decodeUsage, hasCounts } from './usage.js';

/**
 * Reads `streamGenerateContent?alt=sse`: every event is a piece of the answer in the form of a whole one. The stream has no
 * terminal event; it has ended well when each candidate has said why it finished, or the prompt was blocked.
 */
export class GeminiStreamDecoder implements StreamDecoder {
  #ids: AnswerIds | undefined;
  readonly #candidates = new Map<number, CandidateDecoder>();
  #blocked: ChatEvent | undefined;
  #usage: JsonObject = {};
  #over = false;

  constructor(private readonly context: DecodeContext) {}

  push(event: WireEvent): readonly ChatEvent[] {
    if (this.#over || event.data === '') return [];
    const pieces = piecesOf(event.data);
    if (pieces.length === 0 && breaksOff(event.data)) return this.#fail(brokenEvent(event.data));
    return pieces.flatMap((piece) => (this.#over ? [] : this.#piece(piece)));
  }

  finish(): readonly ChatEvent[] {
    if (this.#over) return [];
    this.#over = true;
    const candidates = [...this.#candidates].sort(([a], [b]) => a - b).map(([, candidate]) => candidate);
    const closed = candidates.flatMap((candidate) => candidate.finish());
    const complete = candidates.length > 0 ? candidates.every(({ finished }) => finished) : this.#blocked !== undefined;
    return [
      ...closed,
      ...(candidates.length === 0 && this.#blocked ? [this.#blocked] : []),
      ...(complete ? [{ type: 'end' } as const] : []),
    ];
  }

  #piece(piece: JsonObject): readonly ChatEvent[] {
    const error = errorIn(piece);
    if (error) return this.#fail(decodeStreamError(error));
    const started = this.#start(piece);
    const blockReason = objectOf(piece['promptFeedback'])['blockReason'];
    if (blockReason !== undefined) this.#blocked = { type: 'finish', choice: 0, finish: blockedFinish(blockReason) };
    const content = arrayOf(piece['candidates'])
      .filter(isObject)
      .flatMap((candidate) => this.#candidate(candidate));
    return [...started, ...content, ...this.#addUsage(objectOf(piece['usageMetadata']))];
  }

  #fail(error: UpstreamError): readonly ChatEvent[] {
    this.#over = true;
    const closed = [...this.#candidates.values()].flatMap((candidate) => candidate.close());
    return [...closed, { type: 'error', error }];
  }

  #start(piece: JsonObject): readonly ChatEvent[] {
    if (this.#ids) return [];
    const id = textOf(piece['responseId']) ?? '';
    this.#ids = new AnswerIds(id);
    return [{ type: 'start', id, model: textOf(piece['modelVersion']) ?? '' }];
  }

  #candidate(candidate: JsonObject): readonly ChatEvent[] {
    const index = typeof candidate['index'] === 'number' ? candidate['index'] : 0;
    let decoder = this.#candidates.get(index);
    if (!decoder) {
      decoder = new CandidateDecoder(index, this.#ids ?? new AnswerIds(undefined), this.context);
      this.#candidates.set(index, decoder);
    }
    return decoder.push(candidate);
  }

  /** Counts are cumulative; a later event may leave some out. */
  #addUsage(usage: JsonObject): readonly ChatEvent[] {
    if (!hasCounts(usage)) return [];
    this.#usage = { ...this.#usage, ...usage };
    return [{ type: 'usage', usage: decodeUsage(this.#usage) }];
  }
}

/** An event is one object, or a list of them where a proxy wrapped the array form. What is neither says nothing. */
function piecesOf(data: string): readonly JsonObject[] {
  try {
    const value: unknown = JSON.parse(data);
    return Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : [];
  } catch {
    return [];
  }
}
