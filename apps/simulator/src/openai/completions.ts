import { hear, type OutputFormat, type Prompt } from '../answering/prompt.js';
import { type End, type Replies, replyTo, type Usage } from '../answering/reply.js';
import { alphanumericId, nowSeconds } from '../ids.js';
import { elements, type Fields, fields, number, text, texts } from '../json.js';
import type { Endpoint, StreamEvent } from '../vendor.js';
import { invalid, missing, openaiErrorOf } from './errors.js';

/** Length of a completion that states none. */
const OUTPUT_TOKENS_MAX = 16;

/** POST /completions, the legacy one. https://platform.openai.com/docs/api-reference/completions */
export const completions: Endpoint = {
  method: 'POST',
  path: /^\/completions$/,
  body: 'json',
  modelOf: ({ json }) => text(fields(json)['model']),
  answer: ({ json, model, fault }) => {
    const request = fields(json);
    const replies = replyTo(readPrompt(request), fault);
    const { usage } = replies;
    if (request['stream'] !== true)
      return { kind: 'json', body: body(model, replies, { withUsage: !fault.noUsage }), usage };
    const withUsage = fields(request['stream_options'])['include_usage'] === true && !fault.noUsage;
    return {
      kind: 'stream',
      framing: 'sse',
      events: events(model, replies, { withUsage }),
      failure: [{ data: JSON.stringify({ error: openaiErrorOf(500) }), paced: false }],
      usage,
    };
  },
};

const TEXT: OutputFormat = { kind: 'text' };

function readPrompt(request: Fields): Prompt {
  if (text(request['model']) === undefined) throw invalid('you must provide a model parameter', null);
  const given = request['prompt'];
  if (given === undefined) throw missing('prompt');
  const prompts = typeof given === 'string' ? [given] : elements(given).map(String);
  return {
    ...hear([{ speaker: 'user', texts: prompts, images: 0 }], [], 0),
    tools: [],
    toolChoice: { mode: 'none' },
    parallelTools: false,
    output: TEXT,
    reasoningSentences: 0,
    outputTokensMax: number(request['max_tokens']) ?? OUTPUT_TOKENS_MAX,
    stopSequences: texts(request['stop']),
    choices: number(request['n']) ?? 1,
  };
}

const head = (model: string) => ({
  id: alphanumericId('cmpl-', 29),
  object: 'text_completion',
  created: nowSeconds(),
  model,
});

const choice = (content: string, index: number, end: End | null) => ({
  text: content,
  index,
  logprobs: null,
  finish_reason: end === null ? null : finishReason(end),
});

function finishReason(end: End): string {
  if (end === 'refusal') return 'content_filter';
  return end === 'length' ? 'length' : 'stop';
}

const usageOf = ({ input, output }: Usage) => ({
  prompt_tokens: input,
  completion_tokens: output,
  total_tokens: input + output,
});

function body(model: string, { choices, usage }: Replies, options: { readonly withUsage: boolean }): unknown {
  return {
    ...head(model),
    choices: choices.map((reply, index) => choice(reply.text.join(''), index, reply.end)),
    ...(options.withUsage && { usage: usageOf(usage) }),
  };
}

function* events(
  model: string,
  { choices, usage }: Replies,
  { withUsage }: { readonly withUsage: boolean },
): Iterable<StreamEvent> {
  const shared = head(model);
  const chunk = (choicesNow: unknown[], used: unknown, paced: boolean): StreamEvent => ({
    data: JSON.stringify({ ...shared, choices: choicesNow, ...(withUsage && { usage: used }) }),
    paced,
  });
  for (const [index, reply] of choices.entries()) {
    for (const token of reply.text) yield chunk([choice(token, index, null)], null, true);
    yield chunk([choice('', index, reply.end)], null, false);
  }
  if (withUsage) yield chunk([], usageOf(usage), false);
  yield { data: '[DONE]', paced: false, closing: true };
}
