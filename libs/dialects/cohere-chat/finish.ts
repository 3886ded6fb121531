import { textOf } from '../json/index.js';
import type { Finish } from '../neutral/index.js';
import type { WireFinish } from './types.js';

const REASONS: Readonly<Record<string, Finish['reason']>> = {
  COMPLETE: 'stop',
  STOP_SEQUENCE: 'stop',
  MAX_TOKENS: 'length',
  TOOL_CALL: 'tool-calls',
  ERROR: 'error',
  TIMEOUT: 'error',
} satisfies Record<WireFinish, Finish['reason']>;

const OWN: Readonly<Record<Finish['reason'], WireFinish>> = {
  stop: 'COMPLETE',
  length: 'MAX_TOKENS',
  'tool-calls': 'TOOL_CALL',
  'content-filter': 'COMPLETE',
  refusal: 'COMPLETE',
  pause: 'COMPLETE',
  error: 'ERROR',
  other: 'COMPLETE',
};

/** `onlyOutputTool`: the one call was the stand-in for structured output, so the answer ended as answers do. */
export function decodeFinish(value: unknown, onlyOutputTool: boolean): Finish {
  const raw = textOf(value) ?? null;
  const reason = raw === null ? 'other' : (REASONS[raw] ?? 'other');
  return onlyOutputTool && reason === 'tool-calls' ? { reason: 'stop', raw: 'COMPLETE' } : { reason, raw };
}

export const encodeFinish = ({ reason, raw }: Finish): WireFinish =>
  raw !== null && REASONS[raw] === reason ? (raw as WireFinish) : OWN[reason];
