import type { Replies, Reply } from '../answering/reply.js';
import type { StreamEvent } from '../vendor.js';
import { chatHead, chatUsage, finishReason, newToolCallId, SYSTEM_FINGERPRINT } from './chat-body.js';

export interface ChatStreamOptions {
  /** `usage: null` on every chunk and a last chunk with usage and no choices. */
  readonly withUsage: boolean;
  /** Random padding on every chunk, which OpenAI sends unless asked not to. */
  readonly withObfuscation: boolean;
}

/** A chat completion as chunks: role, tokens, finish reason, usage if asked for, `[DONE]`. Choices take turns. */
export function* chatEvents(
  model: string,
  { choices, usage }: Replies,
  options: ChatStreamOptions,
): Iterable<StreamEvent> {
  const head = {
    ...chatHead(model, 'chat.completion.chunk'),
    service_tier: 'default',
    system_fingerprint: SYSTEM_FINGERPRINT,
  };
  const chunk = (choice: unknown[], used: unknown, paced: boolean): StreamEvent => ({
    data: JSON.stringify({
      ...head,
      choices: choice,
      ...(options.withUsage && { usage: used }),
      ...(options.withObfuscation && { obfuscation: 'yhjoJbEF' }),
    }),
    paced,
  });

  for (const { index, delta, paced } of inTurns(choices))
    yield chunk([{ index, delta, logprobs: null, finish_reason: null }], null, paced);
  for (const [index, reply] of choices.entries())
    yield chunk([{ index, delta: {}, logprobs: null, finish_reason: finishReason(reply.end) }], null, false);
  if (options.withUsage) yield chunk([], chatUsage(usage), false);
  yield { data: '[DONE]', paced: false, closing: true };
}

interface Delta {
  readonly delta: unknown;
  readonly paced: boolean;
}

function* inTurns(choices: readonly Reply[]): Iterable<Delta & { readonly index: number }> {
  const sources = choices.map((reply, index) => ({ index, deltas: deltasOf(reply) }));
  let speaking = sources;
  while (speaking.length > 0) {
    const still: typeof sources = [];
    for (const source of speaking) {
      const next = source.deltas.next();
      if (next.done) continue;
      yield { index: source.index, ...next.value };
      still.push(source);
    }
    speaking = still;
  }
}

function* deltasOf(reply: Reply): Generator<Delta, void> {
  const refused = reply.end === 'refusal';
  const content = refused || reply.toolCalls.length > 0 ? null : '';
  yield { delta: { role: 'assistant', content, refusal: refused ? '' : null }, paced: false };
  for (const token of reply.text) yield { delta: refused ? { refusal: token } : { content: token }, paced: true };
  for (const [index, call] of reply.toolCalls.entries()) {
    const opening = { index, id: newToolCallId(), type: 'function', function: { name: call.name, arguments: '' } };
    yield { delta: { tool_calls: [opening] }, paced: true };
    for (const token of call.tokens)
      yield { delta: { tool_calls: [{ index, function: { arguments: token } }] }, paced: true };
  }
}
