import type { Redis } from 'ioredis';
import { keys } from '#libs/redis';
import type { StreamEntry } from './usage-streams.js';

/** An event that can never become a record. */
export interface DeadLetter {
  readonly entry: StreamEntry;
  readonly reason: string;
}

/**
 * Puts events aside with the reason, by their stream id, so that the same one is there once however often it comes. They
 * stay until an operator has looked at them.
 */
export async function bury(redis: Redis, letters: readonly DeadLetter[], nowMs: number): Promise<void> {
  await Promise.all(
    letters.map(({ entry, reason }) =>
      redis.hset(
        keys.deadUsage(entry.organizationId),
        entry.id,
        JSON.stringify({ reason, buriedAtMs: nowMs, event: entry.json }),
      ),
    ),
  );
}
