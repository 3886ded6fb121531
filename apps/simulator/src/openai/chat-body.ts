import type { End, Replies, Reply, ToolCall, Usage } from '../answering/reply.js';
import { alphanumericId, nowSeconds } from '../ids.js';

const FINISH_REASONS: Readonly<Record<End, string>> = {
  stop: 'stop',
  'stop-sequence': 'stop',
  length: 'length',
  tools: 'tool_calls',
  refusal: 'stop',
};

export function finishReason(end: End): string {
  return FINISH_REASONS[end];
}

/** What every chunk and body of one completion shares. */
export function chatHead(model: string, object: 'chat.completion' | 'chat.completion.chunk') {
  return { id: alphanumericId('chatcmpl-', 29), object, created: nowSeconds(), model };
}

export const SYSTEM_FINGERPRINT = 'fp_de604bd877';

/** A whole `chat.completion`. */
export function chatBody(
  model: string,
  { choices, usage }: Replies,
  options: { readonly withUsage: boolean },
): unknown {
  return {
    ...chatHead(model, 'chat.completion'),
    choices: choices.map((reply, index) => ({
      index,
      message: messageOf(reply),
      logprobs: null,
      finish_reason: finishReason(reply.end),
    })),
    ...(options.withUsage && { usage: chatUsage(usage) }),
    service_tier: 'default',
    system_fingerprint: SYSTEM_FINGERPRINT,
  };
}

function messageOf(reply: Reply): unknown {
  const content = reply.text.join('');
  const refused = reply.end === 'refusal';
  return {
    role: 'assistant',
    content: refused || reply.toolCalls.length > 0 ? null : content,
    ...(reply.toolCalls.length > 0 && { tool_calls: reply.toolCalls.map(toolCallOf) }),
    refusal: refused ? content : null,
    annotations: [],
  };
}

function toolCallOf(call: ToolCall): unknown {
  return {
    id: newToolCallId(),
    type: 'function',
    function: { name: call.name, arguments: call.tokens.join('') },
  };
}

export function newToolCallId(): string {
  return alphanumericId('call_', 24);
}

export function chatUsage(usage: Usage): unknown {
  return {
    prompt_tokens: usage.input,
    completion_tokens: usage.output,
    total_tokens: usage.input + usage.output,
    prompt_tokens_details: { cached_tokens: usage.cacheRead, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: usage.reasoning,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}
