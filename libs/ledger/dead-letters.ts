import type { Redis } from 'ioredis';
import { keys } from '#libs/redis';

/** An event that could not become a record, and why. */
export interface DeadLetter {
  readonly organizationId: string;
  /** Of the entry in the organization's usage stream. */
  readonly entryId: string;
  readonly reason: string;
  readonly buriedAtMs: number;
  /** As it came. */
  readonly event: string;
}

interface Buried {
  readonly reason: string;
  readonly buriedAtMs: number;
  readonly event: string;
}

const PAGE = 500;

/**
 * Puts events aside with the reason, by their stream id, so that the same one is there once however often it comes. They
 * stay until they are replayed.
 */
export async function bury(redis: Redis, letters: readonly DeadLetter[]): Promise<void> {
  await Promise.all(
    letters.map(({ organizationId, entryId, reason, buriedAtMs, event }) =>
      redis.hset(
        keys.deadUsage(organizationId),
        entryId,
        JSON.stringify({ reason, buriedAtMs, event } satisfies Buried),
      ),
    ),
  );
}

/** How many events of an organization wait for somebody to look at them. */
export function countDeadLetters(redis: Redis, organizationId: string): Promise<number> {
  return redis.hlen(keys.deadUsage(organizationId));
}

/** The events put aside, in no order; read in pages, so of any number. One may be shown twice while others are buried. */
export async function* readDeadLetters(redis: Redis, organizationId: string): AsyncGenerator<DeadLetter> {
  let cursor = '0';
  do {
    const [next, fields] = await redis.hscan(keys.deadUsage(organizationId), cursor, 'COUNT', PAGE);
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const buried = JSON.parse(fields[at + 1] as string) as Buried;
      yield { organizationId, entryId: fields[at] as string, ...buried };
    }
    cursor = next;
  } while (cursor !== '0');
}

/**
 * Gives the events that were put aside to ingest once more, e.g. after a release that understands them. Those that still cannot
 * be recorded are put aside again. Each moves in one step, and records are idempotent by call id: nothing is lost or doubled,
 * whoever dies or does the same meanwhile. Returns how many.
 */
export async function replayDeadLetters(redis: Redis, organizationId: string): Promise<number> {
  const letters: DeadLetter[] = [];
  for await (const letter of readDeadLetters(redis, organizationId)) letters.push(letter);
  const distinct = new Map(letters.map((letter) => [letter.entryId, letter.event]));
  for (const [entryId, event] of distinct)
    await redis
      .multi()
      .xadd(keys.usage(organizationId), '*', 'event', event)
      .hdel(keys.deadUsage(organizationId), entryId)
      .exec();
  return distinct.size;
}
