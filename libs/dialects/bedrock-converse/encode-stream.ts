import { NO_TOKENS, type TokenCounts, TollgateError } from '#libs/core';
import type { StreamEncoder } from '../dialect.js';
import type { ChatEvent, Finish, PartDelta, PartStart } from '../neutral/index.js';
import { OneAtATime } from '../neutral/one-at-a-time.js';
import { sealProof } from '../neutral/proof.js';
import { sseData } from '../sse/index.js';
import { renderStreamError } from './errors.js';
import { encodeFinish } from './finish.js';
import { encodeUsage } from './usage.js';

const OWN = 'bedrock-converse';

interface OpenPart {
  readonly start: PartStart;
  signature?: string;
  encrypted?: string;
}

/**
 * Writes the events of `ConverseStream`, each under its type, as text: no surface of ours speaks the API, so nothing puts
 * them into the binary frames that AWS sends.
 */
export class BedrockStreamEncoder implements StreamEncoder {
  readonly #inOrder = new OneAtATime();
  #index = 0;
  #open: OpenPart | undefined;
  #finish: Finish = { reason: 'other', raw: null };
  #tokens: TokenCounts = NO_TOKENS;

  push(event: ChatEvent): string {
    switch (event.type) {
      case 'start':
        return sseData({ messageStart: { role: 'assistant' } });
      case 'part-start':
      case 'part-delta':
      case 'part-end':
        return event.choice === 0
          ? this.#inOrder
              .push(event)
              .map((next) => this.#part(next))
              .join('')
          : '';
      case 'finish':
        if (event.choice === 0) this.#finish = event.finish;
        return '';
      case 'usage':
        this.#tokens = event.usage.tokens;
        return '';
      case 'error':
        return renderStreamError(new TollgateError('upstream_error', 'The provider failed while answering.'));
      case 'end':
        return (
          sseData({ messageStop: { stopReason: encodeFinish(this.#finish) } }) +
          sseData({ metadata: { usage: encodeUsage(this.#tokens), metrics: { latencyMs: 0 } } })
        );
    }
  }

  #part(event: Extract<ChatEvent, { readonly part: number }>): string {
    switch (event.type) {
      case 'part-start': {
        const { start } = event;
        this.#open = start.kind === 'opaque' ? undefined : { start };
        if (start.kind !== 'tool-call') return '';
        const toolUse = { toolUseId: start.id, name: start.name };
        return sseData({ contentBlockStart: { contentBlockIndex: this.#index, start: { toolUse } } });
      }
      case 'part-delta':
        return this.#open ? this.#partDelta(this.#open, event.delta) : '';
      case 'part-end':
        return this.#partEnd();
    }
  }

  #partDelta(open: OpenPart, delta: PartDelta): string {
    switch (delta.kind) {
      case 'text':
        if (delta.text === '') return '';
        return this.#delta(
          open.start.kind === 'reasoning' ? { reasoningContent: { text: delta.text } } : { text: delta.text },
        );
      case 'audio':
        return delta.transcript ? this.#delta({ text: delta.transcript }) : '';
      case 'arguments':
        return this.#delta({ toolUse: { input: delta.json } });
      case 'signature':
        open.signature = (open.signature ?? '') + delta.signature;
        return '';
      case 'encrypted':
        open.encrypted = (open.encrypted ?? '') + delta.encrypted;
        return '';
      default:
        return '';
    }
  }

  #partEnd(): string {
    const open = this.#open;
    if (!open) return '';
    this.#open = undefined;
    const proof = open.start.kind === 'reasoning' ? this.#proof(open, open.start) : '';
    return proof + sseData({ contentBlockStop: { contentBlockIndex: this.#index++ } });
  }

  #proof({ signature, encrypted }: OpenPart, { dialect, id }: Extract<PartStart, { kind: 'reasoning' }>): string {
    if (dialect === OWN && encrypted !== undefined)
      return this.#delta({ reasoningContent: { redactedContent: encrypted } });
    if (dialect === OWN) return signature === undefined ? '' : this.#delta({ reasoningContent: { signature } });
    const sealed = sealProof({
      dialect,
      ...(signature === undefined ? {} : { signature }),
      ...(encrypted === undefined ? {} : { encrypted }),
      ...(id === undefined ? {} : { id }),
    });
    return this.#delta({ reasoningContent: { signature: sealed } });
  }

  #delta(delta: object): string {
    return sseData({ contentBlockDelta: { contentBlockIndex: this.#index, delta } });
  }
}
