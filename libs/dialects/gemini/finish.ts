import { textOf } from '../json/index.js';
import type { Finish } from '../neutral/index.js';
import type { WireFinish } from './types.js';

const REASONS: Readonly<Record<string, Finish['reason']>> = {
  FINISH_REASON_UNSPECIFIED: 'other',
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  LANGUAGE: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  IMAGE_SAFETY: 'content-filter',
  IMAGE_PROHIBITED_CONTENT: 'content-filter',
  IMAGE_RECITATION: 'content-filter',
  MALFORMED_FUNCTION_CALL: 'error',
  UNEXPECTED_TOOL_CALL: 'error',
  TOO_MANY_TOOL_CALLS: 'error',
  CONTINUATION: 'pause',
  NO_IMAGE: 'other',
  IMAGE_OTHER: 'other',
  OTHER: 'other',
} satisfies Record<WireFinish, Finish['reason']>;

/** `CONTINUATION` would make the SDK ask again with a token that nobody else has. */
const OWN: Readonly<Record<Finish['reason'], WireFinish>> = {
  stop: 'STOP',
  length: 'MAX_TOKENS',
  'tool-calls': 'STOP',
  'content-filter': 'SAFETY',
  refusal: 'SAFETY',
  pause: 'OTHER',
  error: 'OTHER',
  other: 'OTHER',
};

/** Whether a `finishReason` says that the answer is over: some servers send the enumeration's default, or nothing, until it is. */
export const isReason = (value: unknown): boolean =>
  typeof value === 'string' && value !== '' && value !== 'FINISH_REASON_UNSPECIFIED';

/** `finishReason`; the API has none of its own for an answer that ends in calls. */
export function decodeFinish(finishReason: unknown, called: boolean): Finish {
  const raw = textOf(finishReason) ?? null;
  const reason = raw === null ? 'other' : (REASONS[raw] ?? 'other');
  return { reason: called && reason === 'stop' ? 'tool-calls' : reason, raw };
}

/** A prompt that was blocked has no candidate; in the neutral form it is an answer that was filtered whole. */
export function blockedFinish(blockReason: unknown): Finish {
  return { reason: 'content-filter', raw: textOf(blockReason) ?? null };
}

export function encodeFinish({ reason, raw }: Finish): WireFinish {
  const own = raw === null ? undefined : REASONS[raw];
  return own === reason || (own === 'stop' && reason === 'tool-calls') ? (raw as WireFinish) : OWN[reason];
}
