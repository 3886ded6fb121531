import type { Replies } from '../answering/reply.js';
import { hexadecimalId, nowSeconds } from '../ids.js';
import { type Fields, fields } from '../json.js';
import type { OutputItem } from './responses-items.js';

/** A response that has just begun: the request's settings, with OpenAI's defaults, and no output yet. */
export function describeResponse(model: string, request: Fields) {
  return {
    id: hexadecimalId('resp_', 50),
    object: 'response',
    created_at: nowSeconds(),
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: request['instructions'] ?? null,
    max_output_tokens: request['max_output_tokens'] ?? null,
    max_tool_calls: null,
    model,
    output: [],
    parallel_tool_calls: request['parallel_tool_calls'] ?? true,
    previous_response_id: request['previous_response_id'] ?? null,
    prompt_cache_key: request['prompt_cache_key'] ?? null,
    prompt_cache_retention: null,
    reasoning: { effort: null, summary: null, ...fields(request['reasoning']) },
    safety_identifier: null,
    service_tier: 'default',
    store: request['store'] ?? true,
    temperature: request['temperature'] ?? 1,
    text: { verbosity: 'medium', format: { type: 'text' }, ...fields(request['text']) },
    tool_choice: request['tool_choice'] ?? 'auto',
    tools: request['tools'] ?? [],
    top_logprobs: 0,
    top_p: request['top_p'] ?? 1,
    truncation: 'disabled',
    usage: null,
    ...(typeof request['user'] === 'string' && { user: request['user'] }),
    metadata: request['metadata'] ?? {},
  };
}

export type DescribedResponse = ReturnType<typeof describeResponse>;

/** The same response at its end. */
export function finished(
  opened: DescribedResponse,
  { choices, usage }: Replies,
  items: readonly OutputItem[],
  options: { readonly withUsage: boolean },
): object {
  const cut = choices.some((reply) => reply.end === 'length');
  return {
    ...opened,
    status: cut ? 'incomplete' : 'completed',
    ...(cut && { incomplete_details: { reason: 'max_output_tokens' } }),
    completed_at: cut ? null : nowSeconds(),
    output: items.map((item) => item.closed),
    usage: options.withUsage
      ? {
          input_tokens: usage.input,
          input_tokens_details: { cached_tokens: usage.cacheRead, cache_write_tokens: usage.cacheWrite },
          output_tokens: usage.output,
          output_tokens_details: { reasoning_tokens: usage.reasoning },
          total_tokens: usage.input + usage.output,
        }
      : null,
  };
}
