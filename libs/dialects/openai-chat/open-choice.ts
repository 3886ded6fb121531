import { arrayOf, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatEvent, Citation, JsonObject, Part, PartDelta, PartStart } from '../neutral/index.js';
import { decodeAnnotations } from './citations.js';
import { decodeThinkingPart } from './decode-content.js';
import { decodeFinish } from './finish.js';
import { mediaTypeOfAudio } from './media.js';
import { OpenCalls } from './open-calls.js';
import { decodeDetail } from './thinking.js';

/** The one part that is open, calls apart. `key` tells pieces of thinking apart that came under different indices. */
interface OpenPart {
  readonly kind: PartStart['kind'];
  readonly part: number;
  readonly key: unknown;
}

/** One choice of a stream while it comes in. */
export class OpenChoice {
  #open: OpenPart | undefined;
  #parts = 0;
  #finishReason: string | undefined;
  readonly #kinds = new Set<Part['type']>();
  readonly #calls: OpenCalls;

  constructor(
    private readonly index: number,
    outputTool: string | undefined,
  ) {
    this.#calls = new OpenCalls(index, outputTool, { nextPart: () => this.#parts++ });
  }

  get finished(): boolean {
    return this.#finishReason !== undefined;
  }

  push(choice: JsonObject, sources: readonly Citation[], out: ChatEvent[]): void {
    const delta = objectOf(choice['delta'] ?? choice['message']);
    this.#thinking(delta, out);
    this.#content(delta['content'], choice['logprobs'], out);
    const refusal = textOf(delta['refusal']);
    if (refusal) this.#delta({ kind: 'refusal' }, textDelta(refusal, choice['logprobs']), out);
    if (isObject(delta['audio'])) this.#audio(delta['audio'], out);
    for (const citation of decodeAnnotations(delta['annotations'])) this.#cite(citation, out);
    this.#tools(delta, out);
    const reason = textOf(choice['finish_reason']);
    if (reason) {
      for (const citation of this.finished ? [] : sources) this.#cite(citation, out);
      this.#finishReason ??= reason;
    }
  }

  /** Ends what is open; says why the answer ended if the provider did. */
  close(out: ChatEvent[]): void {
    this.#end(out);
    this.#calls.close(out);
    if (this.#finishReason === undefined) return;
    out.push({ type: 'finish', choice: this.index, finish: decodeFinish(this.#finishReason, this.#kinds) });
  }

  #content(content: unknown, logprobs: unknown, out: ChatEvent[]): void {
    if (typeof content === 'string') {
      if (content !== '' || isObject(logprobs)) this.#delta({ kind: 'text' }, textDelta(content, logprobs), out);
      return;
    }
    for (const piece of arrayOf(content).filter(isObject)) {
      if (piece['type'] === 'thinking') this.#think(decodeThinkingPart(piece).text, out);
      else if (textOf(piece['text']))
        this.#delta({ kind: 'text' }, textDelta(textOf(piece['text']) ?? '', undefined), out);
    }
  }

  #thinking(delta: JsonObject, out: ChatEvent[]): void {
    const details = delta['reasoning_details'];
    if (Array.isArray(details) && details.length > 0) {
      for (const detail of details.filter(isObject)) this.#detail(detail, out);
      return;
    }
    const text = textOf(delta['reasoning_content']) ?? textOf(delta['reasoning']);
    if (text) this.#think(text, out);
  }

  #think(text: string, out: ChatEvent[]): void {
    this.#delta({ kind: 'reasoning', dialect: 'openai-chat' }, { kind: 'text', text }, out);
  }

  #detail(detail: JsonObject, out: ChatEvent[]): void {
    const { dialect, id, text, signature, encrypted } = decodeDetail(detail);
    const start: PartStart = { kind: 'reasoning', dialect, ...(id === undefined ? {} : { id }) };
    const key = detail['index'];
    if (text !== '') this.#delta(start, { kind: 'text', text }, out, key);
    if (encrypted !== undefined) this.#delta(start, { kind: 'encrypted', encrypted }, out, key);
    if (signature !== undefined) this.#delta(start, { kind: 'signature', signature }, out, key);
  }

  #audio(audio: JsonObject, out: ChatEvent[]): void {
    const id = textOf(audio['id']);
    const data = textOf(audio['data']);
    const transcript = textOf(audio['transcript']);
    const start: PartStart = {
      kind: 'audio',
      mediaType: mediaTypeOfAudio('pcm16'),
      ...(id === undefined ? {} : { id }),
    };
    const delta: PartDelta = {
      kind: 'audio',
      ...(data === undefined ? {} : { data }),
      ...(transcript === undefined ? {} : { transcript }),
      ...(typeof audio['expires_at'] === 'number' ? { expiresAtSec: audio['expires_at'] } : {}),
    };
    this.#delta(start, delta, out);
  }

  #cite(citation: Citation, out: ChatEvent[]): void {
    if (this.#open?.kind !== 'text') return;
    out.push({ type: 'part-delta', choice: this.index, part: this.#open.part, delta: { kind: 'citation', citation } });
  }

  #tools(delta: JsonObject, out: ChatEvent[]): void {
    const legacy = delta['function_call'];
    const calls = isObject(legacy)
      ? [{ index: 0, id: legacyId(legacy), function: legacy }]
      : arrayOf(delta['tool_calls']);
    if (calls.length === 0) return;
    this.#end(out);
    this.#calls.push(calls, out, this.#kinds);
  }

  /** One piece of a part of this kind, which it opens unless it is the open one. */
  #delta(start: PartStart, delta: PartDelta, out: ChatEvent[], key?: unknown): void {
    if (this.#open?.kind !== start.kind || this.#open.key !== key) {
      this.#end(out);
      this.#calls.close(out);
      const part = this.#parts++;
      this.#open = { kind: start.kind, part, key };
      this.#kinds.add(start.kind);
      out.push({ type: 'part-start', choice: this.index, part, start });
    }
    out.push({ type: 'part-delta', choice: this.index, part: this.#open.part, delta });
  }

  #end(out: ChatEvent[]): void {
    if (this.#open) out.push({ type: 'part-end', choice: this.index, part: this.#open.part });
    this.#open = undefined;
  }
}

const legacyId = (call: JsonObject): string | undefined => {
  const name = textOf(call['name']);
  return name ? `call_${name}` : undefined;
};

const textDelta = (text: string, logprobs: unknown): PartDelta =>
  isObject(logprobs) ? { kind: 'text', text, logprobs } : { kind: 'text', text };
