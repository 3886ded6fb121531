import type { DecodeContext } from '../dialect.js';
import { arrayOf, isObject, objectOf, textOf } from '../json/index.js';
import type { ChatEvent, JsonObject, Part, PartDelta, PartStart } from '../neutral/index.js';
import { opaque } from './decode-contents.js';
import { decodeFinish, isReason } from './finish.js';
import { decodeCitations, sourcesOf } from './grounding.js';
import type { AnswerIds } from './ids.js';
import { decodeLogprobs } from './logprobs.js';
import { PartialArguments } from './partial-args.js';
import { decodePart } from './response.js';

/** A text or thought that the next piece may go on with. */
interface OpenText {
  readonly kind: 'text' | 'reasoning';
  readonly part: number;
  /** A thought that has its proof is done. */
  readonly signed: boolean;
}

interface OpenCall {
  readonly part: JsonObject;
  readonly call: JsonObject;
  readonly args: PartialArguments;
}

/** One candidate of a stream: joins pieces of text into parts and gathers the arguments of calls that come in pieces. */
export class CandidateDecoder {
  #parts = 0;
  #open: OpenText | undefined;
  #call: OpenCall | undefined;
  #called = false;
  #text = '';
  #sources: JsonObject = {};
  #finishReason: unknown;

  constructor(
    private readonly choice: number,
    private readonly ids: AnswerIds,
    private readonly context: DecodeContext,
  ) {}

  get finished(): boolean {
    return this.#finishReason !== undefined;
  }

  push(candidate: JsonObject): readonly ChatEvent[] {
    const wire = arrayOf(objectOf(candidate['content'])['parts']).filter(isObject);
    const events = wire.flatMap((part) => this.#part(part, decodeLogprobs(candidate['logprobsResult'])));
    this.#sources = { ...this.#sources, ...sourcesOf(candidate) };
    if (isReason(candidate['finishReason'])) this.#finishReason = candidate['finishReason'];
    return events;
  }

  /** Ends what is open. */
  close(): readonly ChatEvent[] {
    return [...this.#endCall(), ...this.#endText([])];
  }

  /** The stream ended: sources, which are told last, and why the candidate finished. */
  finish(): readonly ChatEvent[] {
    const call = this.#endCall();
    const cited = this.#open?.kind === 'text' ? decodeCitations(this.#sources, this.#text) : [];
    const closed = this.#endText(cited.map((citation) => ({ kind: 'citation', citation })));
    const sources = Object.keys(this.#sources).length === 0 ? [] : this.#whole(opaque(this.#sources));
    if (!this.finished) return [...call, ...closed, ...sources];
    const finish = decodeFinish(this.#finishReason, this.#called);
    return [...call, ...closed, ...sources, { type: 'finish', choice: this.choice, finish }];
  }

  #part(part: JsonObject, logprobs: JsonObject | undefined): readonly ChatEvent[] {
    if (isObject(part['functionCall'])) return this.#functionCall(part, part['functionCall']);
    return [
      ...this.#endCall(),
      ...decodePart(part, this.ids, this.context).flatMap((piece) => this.#piece(piece, logprobs)),
    ];
  }

  /** A call whole, or a piece of one: the first piece has the name, the last one does not say that more will come. */
  #functionCall(part: JsonObject, call: JsonObject): readonly ChatEvent[] {
    const named = textOf(call['name']) !== undefined;
    const ended = named ? this.#endCall() : [];
    const continues = call['willContinue'] === true;
    if (named && !continues && call['partialArgs'] === undefined) {
      return [...ended, ...decodePart(part, this.ids, this.context).flatMap((piece) => this.#piece(piece, undefined))];
    }
    if (named) this.#call = { part, call, args: new PartialArguments(objectOf(call['args'])) };
    for (const piece of arrayOf(call['partialArgs'])) this.#call?.args.add(piece);
    return continues ? ended : [...ended, ...this.#endCall()];
  }

  #endCall(): readonly ChatEvent[] {
    const open = this.#call;
    if (!open) return [];
    this.#call = undefined;
    const args = JSON.parse(open.args.json) as JsonObject;
    const whole = { ...open.part, functionCall: { ...open.call, args } };
    return decodePart(whole, this.ids, this.context).flatMap((piece) => this.#piece(piece, undefined));
  }

  #piece(part: Part, logprobs: JsonObject | undefined): readonly ChatEvent[] {
    if (part.type === 'text') {
      if (part.text === '') return [];
      this.#text = this.#open?.kind === 'text' ? this.#text + part.text : part.text;
      const delta: PartDelta = { kind: 'text', text: part.text, ...(logprobs === undefined ? {} : { logprobs }) };
      return this.#grow('text', { kind: 'text' }, [delta], false);
    }
    if (part.type === 'reasoning') {
      const deltas: PartDelta[] = part.text === '' ? [] : [{ kind: 'text', text: part.text }];
      if (part.signature !== undefined) deltas.push({ kind: 'signature', signature: part.signature });
      return this.#grow(
        'reasoning',
        { kind: 'reasoning', dialect: part.dialect },
        deltas,
        part.signature !== undefined,
      );
    }
    return [...this.#endText([]), ...this.#whole(part)];
  }

  #grow(kind: OpenText['kind'], start: PartStart, deltas: readonly PartDelta[], signed: boolean): readonly ChatEvent[] {
    const goesOn = this.#open?.kind === kind && !this.#open.signed;
    const begun = goesOn ? [] : [...this.#endText([]), this.#start(this.#parts++, start)];
    const part = this.#open && goesOn ? this.#open.part : this.#parts - 1;
    this.#open = { kind, part, signed };
    return [...begun, ...deltas.map((delta) => this.#delta(part, delta))];
  }

  #endText(last: readonly PartDelta[]): readonly ChatEvent[] {
    const open = this.#open;
    if (!open) return [];
    this.#open = undefined;
    return [...last.map((delta) => this.#delta(open.part, delta)), this.#end(open.part)];
  }

  #whole(part: Part): readonly ChatEvent[] {
    const at = this.#parts++;
    if (part.type === 'tool-call') {
      this.#called = true;
      const { id, name, signature, arguments: json } = part;
      const start: PartStart = { kind: 'tool-call', id, name, ...(signature === undefined ? {} : { signature }) };
      return [this.#start(at, start), this.#delta(at, { kind: 'arguments', json }), this.#end(at)];
    }
    if (part.type === 'audio' && part.source.kind === 'base64') {
      const { mediaType, data } = part.source;
      return [this.#start(at, { kind: 'audio', mediaType }), this.#delta(at, { kind: 'audio', data }), this.#end(at)];
    }
    if (part.type === 'opaque')
      return [this.#start(at, { kind: 'opaque', dialect: part.dialect, value: part.value }), this.#end(at)];
    return [];
  }

  #start = (part: number, start: PartStart): ChatEvent => ({ type: 'part-start', choice: this.choice, part, start });
  #delta = (part: number, delta: PartDelta): ChatEvent => ({ type: 'part-delta', choice: this.choice, part, delta });
  #end = (part: number): ChatEvent => ({ type: 'part-end', choice: this.choice, part });
}
