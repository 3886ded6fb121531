import { randomUUID } from 'node:crypto';
import type { Replies, Reply } from '../answering/reply.js';
import type { StreamEvent } from '../vendor.js';
import { chatUsage, finishReason, newToolCallId, onlyChoice, TOOL_PLAN } from './chat-body.js';

/** A chat as events: message-start, contents, plan, calls, message-end. https://docs.cohere.com/docs/streaming */
export function* chatEvents(replies: Replies, { withUsage }: { readonly withUsage: boolean }): Iterable<StreamEvent> {
  const reply = onlyChoice(replies);
  const message = { role: 'assistant', content: [], tool_plan: '', tool_calls: [], citations: [] };
  yield event('message-start', { id: randomUUID(), delta: { message } });
  yield* contentEvents(reply);
  yield* callEvents(reply);
  const delta = { finish_reason: finishReason(reply.end), ...(withUsage && { usage: chatUsage(replies.usage) }) };
  yield { ...event('message-end', { delta }), closing: true };
}

function* contentEvents(reply: Reply): Iterable<StreamEvent> {
  const blocks = [
    { kind: 'thinking', tokens: reply.reasoning },
    { kind: 'text', tokens: reply.text },
  ].filter(({ tokens }) => tokens.length > 0);
  for (const [index, { kind, tokens }] of blocks.entries()) {
    yield event('content-start', { index, delta: { message: { content: { type: kind, [kind]: '' } } } });
    for (const token of tokens)
      yield event('content-delta', { index, delta: { message: { content: { [kind]: token } } } }, true);
    yield event('content-end', { index });
  }
}

function* callEvents({ toolCalls }: Reply): Iterable<StreamEvent> {
  if (toolCalls.length === 0) return;
  for (const word of TOOL_PLAN) yield event('tool-plan-delta', { delta: { message: { tool_plan: word } } });
  for (const [index, call] of toolCalls.entries()) {
    const opening = { id: newToolCallId(call.name), type: 'function', function: { name: call.name, arguments: '' } };
    yield event('tool-call-start', { index, delta: { message: { tool_calls: opening } } });
    for (const token of call.tokens) {
      const delta = { message: { tool_calls: { function: { arguments: token } } } };
      yield event('tool-call-delta', { index, delta }, true);
    }
    yield event('tool-call-end', { index });
  }
}

function event(type: string, rest: object, paced = false): StreamEvent {
  return { name: type, data: JSON.stringify({ type, ...rest }), paced };
}
