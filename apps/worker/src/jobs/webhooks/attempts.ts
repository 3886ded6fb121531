import type { Job } from 'bullmq';

/** Fourteen attempts within 11 hours: 5 s after the first, then twice as long each time, up to a fifth earlier. */
export const ATTEMPTS = {
  attempts: 14,
  backoff: { type: 'exponential', delay: 5_000, jitter: 0.2 },
  // A job that stayed in Redis would keep the next one of its id from being added.
  removeOnComplete: true,
  removeOnFail: true,
} as const;

/** When BullMQ tries again at the latest if the attempt that runs fails, ms from now; null when it was the last. */
export function retryWithinMs({ attemptsMade, opts }: Pick<Job, 'attemptsMade' | 'opts'>): number | null {
  if (attemptsMade + 1 >= (opts.attempts ?? 1)) return null;
  const { backoff } = opts;
  return typeof backoff === 'object' ? (backoff.delay ?? 0) * 2 ** attemptsMade : (backoff ?? 0);
}
