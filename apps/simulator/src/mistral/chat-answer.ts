import type { End, Replies, Reply, ToolCall, Usage } from '../answering/reply.js';
import { alphanumericId, hexadecimalId, nowSeconds } from '../ids.js';
import type { StreamEvent } from '../vendor.js';

interface Options {
  readonly withUsage: boolean;
}

function finishReason(end: End): string {
  if (end === 'tools') return 'tool_calls';
  return end === 'length' ? 'length' : 'stop';
}

const usageOf = ({ input, output, cacheRead }: Usage) => ({
  prompt_tokens: input,
  total_tokens: input + output,
  completion_tokens: output,
  ...(cacheRead > 0 && { prompt_tokens_details: { cached_tokens: cacheRead } }),
});

const head = (model: string, object: string) => ({ id: hexadecimalId('', 32), object, created: nowSeconds(), model });

const thinkingPart = (thought: string) => ({ type: 'thinking', thinking: [{ type: 'text', text: thought }] });
const textPart = (said: string) => ({ type: 'text', text: said });

/** Mistral's tool calls have ids of nine characters, no `type`, and come whole, in streams too. */
const toolCall = (call: ToolCall, index: number) => ({
  id: alphanumericId('', 9),
  function: { name: call.name, arguments: call.tokens.join('') },
  index,
});

/** A whole completion. With reasoning, `content` is a list of a thinking part and a text part. */
export function chatBody(model: string, { choices, usage }: Replies, { withUsage }: Options): unknown {
  return {
    ...head(model, 'chat.completion'),
    ...(withUsage && { usage: usageOf(usage) }),
    choices: choices.map((reply, index) => ({
      index,
      finish_reason: finishReason(reply.end),
      message: {
        role: 'assistant',
        tool_calls: reply.toolCalls.length === 0 ? null : reply.toolCalls.map(toolCall),
        content: contentOf(reply),
      },
    })),
  };
}

function contentOf(reply: Reply): unknown {
  const said = reply.text.join('');
  return reply.reasoning.length === 0 ? said : [thinkingPart(reply.reasoning.join('')), textPart(said)];
}

/** A completion as chunks; usage rides on the last one, unasked. */
export function* chatEvents(model: string, { choices, usage }: Replies, { withUsage }: Options): Iterable<StreamEvent> {
  const shared = head(model, 'chat.completion.chunk');
  const chunk = (index: number, delta: object, finish: string | null, last: boolean, paced: boolean): StreamEvent => ({
    data: JSON.stringify({
      ...shared,
      choices: [{ index, delta, finish_reason: finish, logprobs: null }],
      ...(last && withUsage && { usage: usageOf(usage) }),
    }),
    paced,
  });
  for (const [index, reply] of choices.entries()) {
    const last = index === choices.length - 1;
    const finish = finishReason(reply.end);
    yield chunk(index, { role: 'assistant', content: '' }, null, false, false);
    for (const delta of deltasOf(reply)) yield chunk(index, delta, null, false, true);
    if (reply.toolCalls.length > 0)
      yield chunk(index, { content: null, tool_calls: reply.toolCalls.map(toolCall) }, finish, last, true);
    else yield chunk(index, { content: '' }, finish, last, false);
  }
  yield { data: '[DONE]', paced: false, closing: true };
}

function* deltasOf(reply: Reply): Iterable<object> {
  for (const token of reply.reasoning) yield { content: [thinkingPart(token)] };
  for (const token of reply.text) yield { content: reply.reasoning.length === 0 ? token : [textPart(token)] };
}
