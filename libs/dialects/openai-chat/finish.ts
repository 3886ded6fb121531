import type { Finish, Part } from '../neutral/index.js';

type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter';

const REASONS: Readonly<Record<string, Finish['reason']>> = {
  stop: 'stop',
  eos: 'stop',
  end_turn: 'stop',
  length: 'length',
  max_tokens: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  error: 'error',
  insufficient_system_resource: 'error',
};

/**
 * A vendor's `finish_reason` in neutral words. Some say `stop` after calling tools, and OpenAI says it after refusing: what is
 * in the answer decides.
 */
export function decodeFinish(raw: string | null, kinds: ReadonlySet<Part['type']>): Finish {
  const reason = raw !== null && Object.hasOwn(REASONS, raw) ? (REASONS[raw] ?? 'other') : 'other';
  if (reason === 'stop' && kinds.has('tool-call')) return { reason: 'tool-calls', raw };
  if (reason === 'stop' && kinds.has('refusal')) return { reason: 'refusal', raw };
  if (reason === 'tool-calls' && !kinds.has('tool-call') && !kinds.has('opaque')) return { reason: 'stop', raw };
  return { reason, raw };
}

/** The closest of the four words that OpenAI has. A refusal that came without words is a filter's work to clients. */
export function encodeFinish({ reason }: Finish, kinds: ReadonlySet<Part['type']>): FinishReason {
  switch (reason) {
    case 'length':
      return 'length';
    case 'tool-calls':
      return 'tool_calls';
    case 'content-filter':
      return 'content_filter';
    case 'refusal':
      return kinds.has('refusal') ? 'stop' : 'content_filter';
    default:
      return 'stop';
  }
}
