import type { End, Replies, Reply, Usage } from '../answering/reply.js';
import { alphanumericId } from '../ids.js';
import { signatureOf } from './signature.js';

const STOP_REASONS: Readonly<Record<End, string>> = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  tools: 'tool_use',
  refusal: 'refusal',
};

export function stopReason(end: End): string {
  return STOP_REASONS[end];
}

export function newMessageId(): string {
  return alphanumericId('msg_01', 22);
}

export function newToolUseId(): string {
  return alphanumericId('toolu_01', 22);
}

/** A whole `message`. */
export function messageBody(model: string, replies: Replies, options: { readonly withUsage: boolean }): unknown {
  const reply = onlyChoice(replies);
  return {
    model,
    id: newMessageId(),
    type: 'message',
    role: 'assistant',
    content: blocksOf(reply),
    stop_reason: stopReason(reply.end),
    stop_sequence: reply.stopSequence,
    ...(options.withUsage && { usage: messageUsage(replies.usage) }),
  };
}

/** Anthropic answers with one choice always. */
export function onlyChoice({ choices }: Replies): Reply {
  const [reply] = choices;
  if (reply === undefined) throw new Error('a reply has at least one choice');
  return reply;
}

function blocksOf(reply: Reply): readonly unknown[] {
  const thinking = reply.reasoning.join('');
  return [
    ...(thinking === '' ? [] : [{ type: 'thinking', thinking, signature: signatureOf(thinking) }]),
    ...(reply.text.length === 0 ? [] : [{ type: 'text', text: reply.text.join('') }]),
    ...reply.toolCalls.map((call) => ({
      type: 'tool_use',
      id: newToolUseId(),
      name: call.name,
      input: call.arguments,
    })),
  ];
}

/** Anthropic counts cached tokens beside `input_tokens`, not within. */
export function inputUsage({ input, cacheRead, cacheWrite }: Usage) {
  return {
    input_tokens: input - cacheRead - cacheWrite,
    cache_creation_input_tokens: cacheWrite,
    cache_read_input_tokens: cacheRead,
  };
}

export function messageUsage(usage: Usage): unknown {
  return {
    ...inputUsage(usage),
    cache_creation: { ephemeral_5m_input_tokens: usage.cacheWrite, ephemeral_1h_input_tokens: 0 },
    output_tokens: usage.output,
    service_tier: 'standard',
    inference_geo: 'not_available',
  };
}
