import { objectOf, textOf } from '../json/index.js';
import type { Finish, JsonObject, Part } from '../neutral/index.js';

/** Why a response ended: its status, the reason if it is incomplete, and what is in it. */
export function decodeFinish(response: JsonObject, kinds: ReadonlySet<Part['type']>): Finish {
  const incomplete = textOf(objectOf(response['incomplete_details'])['reason']);
  const raw = incomplete ?? textOf(response['status']) ?? null;
  if (incomplete === 'max_output_tokens') return { reason: 'length', raw };
  if (incomplete === 'content_filter') return { reason: 'content-filter', raw };
  if (incomplete !== undefined) return { reason: 'other', raw };
  if (kinds.has('tool-call')) return { reason: 'tool-calls', raw };
  if (kinds.has('refusal')) return { reason: 'refusal', raw };
  return { reason: raw === 'completed' || raw === null ? 'stop' : 'other', raw };
}

/** `incomplete_details` of an answer that ended for this reason; null where it is complete. */
export function incompleteOf({ reason }: Finish): { readonly reason: 'max_output_tokens' | 'content_filter' } | null {
  if (reason === 'length') return { reason: 'max_output_tokens' };
  return reason === 'content-filter' ? { reason: 'content_filter' } : null;
}
