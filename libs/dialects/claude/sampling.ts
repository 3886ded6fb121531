import type { Dropped } from '../neutral/dropped.js';
import type { ChatRequest } from '../neutral/index.js';
import type { Traits } from './traits.js';

type Sampling = Pick<ChatRequest, 'temperature' | 'topP' | 'topK'>;

/** What of the sampling a model of these traits takes. Temperature goes to 1 here, to 2 elsewhere; while thinking only `topP` of 0.95 and more is taken. */
export function encodeSampling(
  { temperature, topP, topK }: ChatRequest,
  { sampling }: Traits,
  thinks: boolean,
  dropped: Dropped,
): Sampling {
  const free = sampling !== 'none' && !thinks;
  const takesTopP = free ? sampling === 'all' || temperature === undefined : sampling !== 'none' && (topP ?? 0) >= 0.95;
  if (temperature !== undefined && (free ? temperature > 1 : temperature !== 1)) dropped.add('temperature');
  if (topP !== undefined && !takesTopP && topP !== 1) dropped.add('topP');
  if (topK !== undefined && !free) dropped.add('topK');
  return {
    ...(temperature !== undefined && free ? { temperature: Math.min(temperature, 1) } : {}),
    ...(topP !== undefined && takesTopP ? { topP } : {}),
    ...(topK !== undefined && free ? { topK } : {}),
  };
}
