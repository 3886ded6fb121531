import { textOf } from '../json/index.js';
import type { Finish } from '../neutral/index.js';
import type { StopReason } from './types.js';

const REASONS: Readonly<Record<string, Finish['reason']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'content-filter',
  content_filtered: 'content-filter',
  malformed_model_output: 'error',
  malformed_tool_use: 'error',
} satisfies Record<StopReason, Finish['reason']>;

const OWN: Readonly<Record<Finish['reason'], StopReason>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'content_filtered',
  refusal: 'content_filtered',
  pause: 'end_turn',
  error: 'malformed_model_output',
  other: 'end_turn',
};

/** `onlyOutputTool`: the one call was the stand-in for structured output, so the answer ended as answers do. */
export function decodeFinish(stopReason: unknown, stopSequence: unknown, onlyOutputTool: boolean): Finish {
  const raw = textOf(stopReason) ?? null;
  const reason = raw === null ? 'other' : (REASONS[raw] ?? 'other');
  if (onlyOutputTool && reason === 'tool-calls') return { reason: 'stop', raw: 'end_turn' };
  const matched = textOf(stopSequence);
  return { reason, raw, ...(matched === undefined ? {} : { stopSequence: matched }) };
}

export const encodeFinish = ({ reason, raw }: Finish): StopReason =>
  raw !== null && REASONS[raw] === reason ? (raw as StopReason) : OWN[reason];
