import { textOf } from '../json/index.js';
import type { Finish } from '../neutral/index.js';
import type { StopReason } from './types.js';

const REASONS: Readonly<Record<string, Finish['reason']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_use: 'tool-calls',
  refusal: 'refusal',
  pause_turn: 'pause',
  compaction: 'pause',
} satisfies Record<StopReason | 'compaction', Finish['reason']>;

const OWN: Readonly<Record<Finish['reason'], StopReason>> = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  refusal: 'refusal',
  pause: 'pause_turn',
  error: 'end_turn',
  other: 'end_turn',
};

/** `stop_reason` and `stop_sequence` of an answer or of a `message_delta`. */
export function decodeFinish(stopReason: unknown, stopSequence: unknown): Finish {
  const raw = textOf(stopReason) ?? null;
  const matched = textOf(stopSequence);
  const reason = raw === null ? 'other' : (REASONS[raw] ?? 'other');
  return { reason, raw, ...(matched === undefined ? {} : { stopSequence: matched }) };
}

/** The call of the stand-in for structured output is how a normal answer ends, not a tool call. */
export function withoutOutputTool(finish: Finish, outputToolOnly: boolean): Finish {
  return outputToolOnly && finish.reason === 'tool-calls' ? { reason: 'stop', raw: 'end_turn' } : finish;
}

export interface WireFinish {
  readonly stop_reason: StopReason;
  readonly stop_sequence: string | null;
}

/** The provider's own word where it is one of this dialect, else the nearest. */
export function encodeFinish(finish: Finish): WireFinish {
  if (finish.raw !== null && REASONS[finish.raw] === finish.reason) {
    return { stop_reason: finish.raw as StopReason, stop_sequence: finish.stopSequence ?? null };
  }
  return finish.stopSequence === undefined
    ? { stop_reason: OWN[finish.reason], stop_sequence: null }
    : { stop_reason: 'stop_sequence', stop_sequence: finish.stopSequence };
}
