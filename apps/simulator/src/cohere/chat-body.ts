import { randomUUID } from 'node:crypto';
import type { End, Replies, Reply, Usage } from '../answering/reply.js';
import { alphanumericId } from '../ids.js';

const FINISH_REASONS: Readonly<Record<End, string>> = {
  stop: 'COMPLETE',
  'stop-sequence': 'STOP_SEQUENCE',
  length: 'MAX_TOKENS',
  tools: 'TOOL_CALL',
  refusal: 'COMPLETE',
};

/** What the model says before it calls tools. */
export const TOOL_PLAN = ['I', ' will', ' use', ' the', ' tool', '.'];

export const finishReason = (end: End): string => FINISH_REASONS[end];

/** Ids are made of the tool's name. */
export const newToolCallId = (name: string): string => alphanumericId(`${name}_`, 12).toLowerCase();

/** Billed tokens, and those that the model saw; cached ones are among both. */
export function chatUsage({ input, output, cacheRead }: Usage): unknown {
  const counts = { input_tokens: input, output_tokens: output };
  return { billed_units: counts, tokens: counts, cached_tokens: cacheRead };
}

/** Cohere answers with one choice always. */
export function onlyChoice({ choices }: Replies): Reply {
  const [reply] = choices;
  if (reply === undefined) throw new Error('a reply has at least one choice');
  return reply;
}

/** A whole answer. Content and calls exclude each other. */
export function chatBody(replies: Replies, { withUsage }: { readonly withUsage: boolean }): unknown {
  const reply = onlyChoice(replies);
  const content = [
    ...(reply.reasoning.length === 0 ? [] : [{ type: 'thinking', thinking: reply.reasoning.join('') }]),
    ...(reply.text.length === 0 ? [] : [{ type: 'text', text: reply.text.join('') }]),
  ];
  const calls = reply.toolCalls.map((call) => ({
    id: newToolCallId(call.name),
    type: 'function',
    function: { name: call.name, arguments: call.tokens.join('') },
  }));
  return {
    id: randomUUID(),
    message: {
      role: 'assistant',
      ...(content.length > 0 && { content }),
      ...(calls.length > 0 && { tool_plan: TOOL_PLAN.join(''), tool_calls: calls }),
    },
    finish_reason: finishReason(reply.end),
    ...(withUsage && { usage: chatUsage(replies.usage) }),
  };
}
