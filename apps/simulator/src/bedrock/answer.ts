import type { End, Replies, Reply, Usage } from '../answering/reply.js';
import { signatureOf } from '../anthropic/signature.js';
import { alphanumericId } from '../ids.js';
import type { StreamEvent } from '../vendor.js';

interface Options {
  readonly withUsage: boolean;
}

const STOP_REASONS: Readonly<Record<End, string>> = {
  stop: 'end_turn',
  'stop-sequence': 'stop_sequence',
  length: 'max_tokens',
  tools: 'tool_use',
  refusal: 'content_filtered',
};

const newToolUseId = (): string => alphanumericId('tooluse_', 22);

/** Bedrock counts cached tokens beside `inputTokens`, not within, but within the total. */
function usageOf({ input, cacheRead, cacheWrite, output }: Usage): object {
  return {
    inputTokens: input - cacheRead - cacheWrite,
    outputTokens: output,
    totalTokens: input + output,
    cacheReadInputTokens: cacheRead,
    cacheWriteInputTokens: cacheWrite,
  };
}

/** Bedrock answers with one choice always. */
function onlyChoice({ choices }: Replies): Reply {
  const [reply] = choices;
  if (reply === undefined) throw new Error('a reply has at least one choice');
  return reply;
}

/** A whole answer of Converse. It does not name the model. */
export function converseBody(replies: Replies, { withUsage }: Options): unknown {
  const reply = onlyChoice(replies);
  const thinking = reply.reasoning.join('');
  const content = [
    ...(thinking === ''
      ? []
      : [{ reasoningContent: { reasoningText: { text: thinking, signature: signatureOf(thinking) } } }]),
    ...(reply.text.length === 0 ? [] : [{ text: reply.text.join('') }]),
    ...reply.toolCalls.map((call) => ({
      toolUse: { toolUseId: newToolUseId(), name: call.name, input: call.arguments },
    })),
  ];
  return {
    output: { message: { role: 'assistant', content } },
    stopReason: STOP_REASONS[reply.end],
    ...(withUsage && { usage: usageOf(replies.usage) }),
    metrics: { latencyMs: 12 },
  };
}

/** The same as events: only a call's block has a start, usage comes after the stop. */
export function* converseEvents(replies: Replies, { withUsage }: Options): Iterable<StreamEvent> {
  const reply = onlyChoice(replies);
  yield event('messageStart', { role: 'assistant' });
  for (const [contentBlockIndex, { start, deltas }] of blocksOf(reply).entries()) {
    if (start !== undefined) yield event('contentBlockStart', { contentBlockIndex, start });
    for (const delta of deltas) yield event('contentBlockDelta', { contentBlockIndex, delta }, true);
    yield event('contentBlockStop', { contentBlockIndex });
  }
  yield { ...event('messageStop', { stopReason: STOP_REASONS[reply.end] }), closing: true };
  const usage = withUsage && { usage: usageOf(replies.usage) };
  yield event('metadata', { ...usage, metrics: { latencyMs: 12 } });
}

interface Block {
  readonly start?: object;
  readonly deltas: readonly object[];
}

function blocksOf({ reasoning, text, toolCalls }: Reply): readonly Block[] {
  const signature = signatureOf(reasoning.join(''));
  const thoughts = reasoning.map((token) => ({ reasoningContent: { text: token } }));
  return [
    ...(reasoning.length === 0 ? [] : [{ deltas: [...thoughts, { reasoningContent: { signature } }] }]),
    ...(text.length === 0 ? [] : [{ deltas: text.map((token) => ({ text: token })) }]),
    ...toolCalls.map((call) => ({
      start: { toolUse: { toolUseId: newToolUseId(), name: call.name } },
      deltas: call.tokens.map((token) => ({ toolUse: { input: token } })),
    })),
  ];
}

function event(name: string, payload: object, paced = false): StreamEvent {
  return { name, data: JSON.stringify(payload), paced };
}
