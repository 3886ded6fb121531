import { NO_TOKENS, type TokenCounts, TollgateError } from '#libs/core';
import type { Reply, StreamEncoder } from '../dialect.js';
import { isObject } from '../json/index.js';
import type { ChatEvent, DialectId, Finish, PartDelta, PartStart } from '../neutral/index.js';
import { OneAtATime } from '../neutral/one-at-a-time.js';
import { sseEvent } from '../sse/index.js';
import { encodeCitation } from './citations.js';
import { renderStreamError } from './errors.js';
import { encodeFinish } from './finish.js';
import { encodeCallProof, encodeReasoning } from './reasoning.js';
import { messageId, textBlock } from './response.js';
import type { Message, StreamEvent } from './types.js';
import { encodeUsage } from './usage.js';

const OWN = 'anthropic-messages';

/** Reasoning waits for its first words or proof, which tell what kind of block it is. */
interface OpenReasoning {
  readonly dialect: DialectId;
  readonly id?: string;
  signature?: string;
  encrypted?: string;
  started: boolean;
}

const write = (event: StreamEvent): string => sseEvent(event.type, event);

/** Writes a stream of the Messages API: `message_start`, blocks that never overlap, one `message_delta`, `message_stop`. */
export class AnthropicStreamEncoder implements StreamEncoder {
  readonly #inOrder = new OneAtATime();
  #index = 0;
  #reasoning: OpenReasoning | undefined;
  /** Kind of the open part; `unsaid` where the API has no words for it. */
  #kind: PartStart['kind'] | 'unsaid' = 'unsaid';
  #refusal = '';
  #finish: Finish | undefined;
  #tokens: TokenCounts = NO_TOKENS;

  constructor(private readonly reply: Reply) {}

  push(event: ChatEvent): string {
    switch (event.type) {
      case 'start':
        return write({ type: 'message_start', message: this.#message(event.id) });
      case 'part-start':
      case 'part-delta':
      case 'part-end':
        // The API answers once; further choices have no place.
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
        return this.#end();
    }
  }

  #message(id: string): Message {
    return {
      id: messageId(id, this.reply),
      type: 'message',
      role: 'assistant',
      model: this.reply.model,
      content: [],
      stop_reason: null,
      stop_sequence: null,
      stop_details: null,
      container: null,
      diagnostics: null,
      usage: encodeUsage(),
    };
  }

  #part(event: Extract<ChatEvent, { readonly part: number }>): string {
    switch (event.type) {
      case 'part-start':
        this.#kind = event.start.kind === 'opaque' && event.start.dialect !== OWN ? 'unsaid' : event.start.kind;
        return this.#kind === 'unsaid' ? '' : this.#partStart(event.start);
      case 'part-delta':
        return this.#partDelta(event.delta);
      case 'part-end':
        return this.#partEnd();
    }
  }

  #partStart(start: PartStart): string {
    switch (start.kind) {
      case 'text':
      case 'audio':
        return this.#open(textBlock(''));
      case 'refusal':
        return '';
      case 'reasoning':
        this.#reasoning = {
          dialect: start.dialect,
          ...(start.id === undefined ? {} : { id: start.id }),
          started: false,
        };
        return '';
      case 'tool-call': {
        const { id, name, signature } = start;
        const proof = signature === undefined ? '' : this.#proof(encodeCallProof(id, signature).signature);
        return proof + this.#open({ type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } });
      }
      case 'opaque':
        return this.#openOpaque(start.value);
    }
  }

  /** Arguments of a server-side tool come as a delta, as the API itself sends them. */
  #openOpaque(value: unknown): string {
    if (!isObject(value) || !isObject(value['input']) || Object.keys(value['input']).length === 0) {
      return this.#open(value as Block);
    }
    const json = JSON.stringify(value['input']);
    return (
      this.#open({ ...value, input: {} } as unknown as Block) +
      this.#delta({ type: 'input_json_delta', partial_json: json })
    );
  }

  #partDelta(delta: PartDelta): string {
    if (this.#reasoning) return this.#reasoningDelta(this.#reasoning, delta);
    switch (delta.kind) {
      case 'text':
        if (this.#kind === 'text') return this.#delta({ type: 'text_delta', text: delta.text });
        this.#refusal += delta.text;
        return '';
      case 'audio':
        return delta.transcript ? this.#delta({ type: 'text_delta', text: delta.transcript }) : '';
      case 'arguments':
        return delta.json === '' ? '' : this.#delta({ type: 'input_json_delta', partial_json: delta.json });
      case 'citation': {
        const citation = this.#kind === 'text' ? encodeCitation(delta.citation) : undefined;
        return citation ? this.#delta({ type: 'citations_delta', citation }) : '';
      }
      default:
        return '';
    }
  }

  #reasoningDelta(reasoning: OpenReasoning, delta: PartDelta): string {
    if (delta.kind === 'signature') reasoning.signature = (reasoning.signature ?? '') + delta.signature;
    if (delta.kind === 'encrypted') reasoning.encrypted = (reasoning.encrypted ?? '') + delta.encrypted;
    if (delta.kind !== 'text') return '';
    const opened = reasoning.started ? '' : this.#open(NO_THOUGHT);
    reasoning.started = true;
    return opened + this.#delta({ type: 'thinking_delta', thinking: delta.text });
  }

  #partEnd(): string {
    if (this.#reasoning) return this.#endReasoning(this.#reasoning);
    return this.#kind === 'refusal' || this.#kind === 'unsaid' ? '' : this.#close();
  }

  /** The proof comes last, as one delta: the SDK takes the last signature, it does not join them. */
  #endReasoning({ started, ...reasoning }: OpenReasoning): string {
    this.#reasoning = undefined;
    const block = encodeReasoning({ type: 'reasoning', text: '', ...reasoning });
    if (block.type === 'redacted_thinking') return started ? this.#close() : this.#whole(block);
    const opened = started ? '' : this.#open(NO_THOUGHT);
    const signed = block.signature === '' ? '' : this.#delta({ type: 'signature_delta', signature: block.signature });
    return opened + signed + this.#close();
  }

  #end(): string {
    const finish = encodeFinish(this.#finish ?? { reason: 'other', raw: null });
    const refused = finish.stop_reason === 'refusal';
    // A refusal that was the answer itself, rather than the provider's remark on it, is text here.
    const remark = this.#finish?.raw === 'refusal';
    const spoken = this.#refusal !== '' && !remark ? this.#text(this.#refusal) : '';
    const explanation = this.#refusal !== '' && remark ? this.#refusal : null;
    const { cache_creation: _c, service_tier: _t, inference_geo: _g, speed: _s, ...usage } = encodeUsage(this.#tokens);
    return (
      spoken +
      write({
        type: 'message_delta',
        delta: {
          ...finish,
          container: null,
          stop_details: refused ? { type: 'refusal', category: null, explanation } : null,
        },
        usage,
      }) +
      write({ type: 'message_stop' })
    );
  }

  #text(text: string): string {
    return this.#open(textBlock('')) + this.#delta({ type: 'text_delta', text }) + this.#close();
  }

  /** Clients take a signature from its delta only. */
  #proof(signature: string): string {
    return this.#open(NO_THOUGHT) + this.#delta({ type: 'signature_delta', signature }) + this.#close();
  }

  #whole(block: Block): string {
    return this.#open(block) + this.#close();
  }

  #open(content_block: Block): string {
    return write({ type: 'content_block_start', index: this.#index, content_block });
  }

  #delta(delta: Delta): string {
    return write({ type: 'content_block_delta', index: this.#index, delta });
  }

  #close(): string {
    return write({ type: 'content_block_stop', index: this.#index++ });
  }
}

type Block = Extract<StreamEvent, { type: 'content_block_start' }>['content_block'];
type Delta = Extract<StreamEvent, { type: 'content_block_delta' }>['delta'];

const NO_THOUGHT: Block = { type: 'thinking', thinking: '', signature: '' };
