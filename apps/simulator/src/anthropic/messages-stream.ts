import type { Replies, Reply, ToolCall } from '../answering/reply.js';
import type { StreamEvent } from '../vendor.js';
import { inputUsage, messageUsage, newMessageId, newToolUseId, onlyChoice, stopReason } from './messages-body.js';
import { signatureOf } from './signature.js';

/**
 * A message as events: message_start, the blocks (start, deltas, stop), message_delta with the final usage, message_stop;
 * one ping after the first block's start. https://docs.claude.com/en/docs/build-with-claude/streaming
 */
export function* messageEvents(
  model: string,
  replies: Replies,
  { withUsage }: { readonly withUsage: boolean },
): Iterable<StreamEvent> {
  const reply = onlyChoice(replies);
  const { usage } = replies;
  yield event('message_start', {
    message: {
      model,
      id: newMessageId(),
      type: 'message',
      role: 'assistant',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      ...(withUsage && { usage: messageUsage({ ...usage, output: 1 }) }),
    },
  });
  let first = true;
  for (const [index, block] of blocksOf(reply).entries()) {
    yield event('content_block_start', { index, content_block: block.start });
    if (first) yield event('ping', {});
    first = false;
    for (const delta of block.deltas) yield event('content_block_delta', { index, delta }, true);
    yield event('content_block_stop', { index });
  }
  yield event('message_delta', {
    delta: { stop_reason: stopReason(reply.end), stop_sequence: reply.stopSequence },
    ...(withUsage && { usage: { ...inputUsage(usage), output_tokens: usage.output } }),
  });
  yield { ...event('message_stop', {}), closing: true };
}

function event(type: string, rest: object, paced = false): StreamEvent {
  return { name: type, data: JSON.stringify({ type, ...rest }), paced };
}

interface Block {
  readonly start: unknown;
  readonly deltas: readonly unknown[];
}

function blocksOf(reply: Reply): readonly Block[] {
  return [
    ...(reply.reasoning.length === 0 ? [] : [thinkingBlock(reply.reasoning)]),
    ...(reply.text.length === 0 ? [] : [textBlock(reply.text)]),
    ...reply.toolCalls.map(toolUseBlock),
  ];
}

function thinkingBlock(tokens: readonly string[]): Block {
  return {
    start: { type: 'thinking', thinking: '', signature: '' },
    deltas: [
      ...tokens.map((thinking) => ({ type: 'thinking_delta', thinking })),
      { type: 'signature_delta', signature: signatureOf(tokens.join('')) },
    ],
  };
}

function textBlock(tokens: readonly string[]): Block {
  return { start: { type: 'text', text: '' }, deltas: tokens.map((text) => ({ type: 'text_delta', text })) };
}

/** Arguments come as pieces of JSON text, the first of them empty. */
function toolUseBlock(call: ToolCall): Block {
  return {
    start: { type: 'tool_use', id: newToolUseId(), name: call.name, input: {} },
    deltas: ['', ...call.tokens].map((partial) => ({ type: 'input_json_delta', partial_json: partial })),
  };
}
