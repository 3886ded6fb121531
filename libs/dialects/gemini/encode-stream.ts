import { NO_TOKENS, type TokenCounts, TollgateError } from '#libs/core';
import type { Reply, StreamEncoder } from '../dialect.js';
import type { ChatEvent, Citation, Finish, PartDelta, PartStart } from '../neutral/index.js';
import { sseData } from '../sse/index.js';
import { encodeCall } from './encode-contents.js';
import { renderStreamError } from './errors.js';
import { encodeFinish } from './finish.js';
import { encodeCitations, isSources } from './grounding.js';
import { encodeLogprobs } from './logprobs.js';
import { encodeReasoning } from './response.js';
import type { WireCandidate, WirePart, WireResponse } from './types.js';
import { encodeUsage } from './usage.js';

const OWN = 'gemini';

/** A part while its deltas come: what goes out only when it ends. */
interface OpenPart {
  readonly start: PartStart;
  text: string;
  /** The newest piece of a thought, which is the last until another comes: clients want its proof on a piece with words. */
  held: string;
  signature?: string;
  encrypted?: string;
  readonly citations: Citation[];
}

type PartEvent = Extract<ChatEvent, { readonly part: number }>;

/** Writes `streamGenerateContent?alt=sse`: text as it comes, calls when they are whole, reasons and usage in the last event. */
export class GeminiStreamEncoder implements StreamEncoder {
  #id = '';
  readonly #open = new Map<string, OpenPart>();
  readonly #finishes = new Map<number, Finish>();
  #tokens: TokenCounts = NO_TOKENS;

  constructor(private readonly reply: Reply) {}

  push(event: ChatEvent): string {
    switch (event.type) {
      case 'start':
        this.#id = event.id || this.reply.callId;
        return '';
      case 'part-start':
        return this.#partStart(event);
      case 'part-delta':
        return this.#partDelta(event);
      case 'part-end':
        return this.#partEnd(event);
      case 'finish':
        this.#finishes.set(event.choice, event.finish);
        return '';
      case 'usage':
        this.#tokens = event.usage.tokens;
        return '';
      case 'error':
        return renderStreamError(new TollgateError('upstream_error', 'The provider failed while answering.'));
      case 'end':
        return this.#end();
    }
  }

  #partStart({ choice, part, start }: Extract<PartEvent, { type: 'part-start' }>): string {
    if (start.kind === 'opaque') {
      if (start.dialect !== OWN) return '';
      const { value } = start;
      return isSources(value) ? this.#write([{ index: choice, ...value }]) : this.#part(choice, value as WirePart);
    }
    this.#open.set(`${choice}.${part}`, { start, text: '', held: '', citations: [] });
    return '';
  }

  #partDelta({ choice, part, delta }: Extract<PartEvent, { type: 'part-delta' }>): string {
    const open = this.#open.get(`${choice}.${part}`);
    if (!open) return '';
    switch (delta.kind) {
      case 'text':
        return this.#text(choice, open, delta);
      case 'arguments':
        open.text += delta.json;
        return '';
      case 'signature':
        open.signature = (open.signature ?? '') + delta.signature;
        return '';
      case 'encrypted':
        open.encrypted = (open.encrypted ?? '') + delta.encrypted;
        return '';
      case 'citation':
        open.citations.push(delta.citation);
        return '';
      case 'audio': {
        const mimeType = open.start.kind === 'audio' ? open.start.mediaType : '';
        return delta.data ? this.#part(choice, { inlineData: { mimeType, data: delta.data } }) : '';
      }
      case 'opaque':
        return '';
    }
  }

  #text(choice: number, open: OpenPart, { text, logprobs }: Extract<PartDelta, { kind: 'text' }>): string {
    if (text === '') return '';
    open.text += text;
    if (open.start.kind === 'reasoning') {
      const before = open.held;
      open.held = text;
      return before === '' ? '' : this.#part(choice, { text: before, thought: true });
    }
    const logprobsResult = encodeLogprobs(logprobs);
    return this.#part(choice, { text }, logprobsResult ? { logprobsResult } : {});
  }

  #partEnd({ choice, part }: Extract<PartEvent, { type: 'part-end' }>): string {
    const key = `${choice}.${part}`;
    const open = this.#open.get(key);
    if (!open) return '';
    this.#open.delete(key);
    const { start, text, held, signature, encrypted, citations } = open;
    switch (start.kind) {
      case 'tool-call': {
        const proof = signature ?? start.signature;
        const call = {
          id: start.id,
          name: start.name,
          arguments: text,
          ...(proof === undefined ? {} : { signature: proof }),
        };
        return this.#part(choice, encodeCall(call));
      }
      case 'reasoning': {
        const { kind: _, ...said } = start;
        const proof = {
          ...(signature === undefined ? {} : { signature }),
          ...(encrypted === undefined ? {} : { encrypted }),
        };
        if (start.dialect === OWN && signature === undefined)
          return held === '' ? '' : this.#part(choice, { text: held, thought: true });
        return this.#part(choice, encodeReasoning({ ...said, ...proof, text: held }));
      }
      default: {
        const groundingMetadata = encodeCitations(citations, text);
        return groundingMetadata ? this.#write([{ index: choice, groundingMetadata }]) : '';
      }
    }
  }

  #part(index: number, part: WirePart, members: Partial<WireCandidate> = {}): string {
    return this.#write([{ content: { role: 'model', parts: [part] }, index, ...members }]);
  }

  /** Every candidate of the last event has a part: SDKs look for one. */
  #end(): string {
    const candidates = [...this.#finishes].map(([index, finish]) => ({
      content: { role: 'model', parts: [{ text: '' }] },
      finishReason: encodeFinish(finish),
      index,
    }));
    return this.#write(candidates, { usageMetadata: encodeUsage(this.#tokens) });
  }

  #write(candidates: WireCandidate[], members: Partial<WireResponse> = {}): string {
    const body: WireResponse = { candidates, ...members, modelVersion: this.reply.model, responseId: this.#id };
    return sseData(body);
  }
}
