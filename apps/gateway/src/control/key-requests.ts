import type { Redis } from 'ioredis';
import type { TrustedIssuer } from '#libs/identity';
import { keys } from '#libs/redis';
import type { Logger } from '#libs/telemetry';

/** Anyone can send a token that names a key which nobody has: each issuer is asked about at most this often. */
const AGAIN_MS = 10_000;

/**
 * Asks the admin app to read the keys of identity providers again, when a token names one that the snapshot does not have.
 * The call does not wait: its token is refused, and the next one finds the new key.
 */
export function keyRequests(redis: Redis, log: Logger, nowMs: () => number) {
  const asked = new Map<string, number>();
  return (issuers: readonly TrustedIssuer[]): void => {
    for (const { id } of issuers) {
      if (nowMs() - (asked.get(id) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) continue;
      asked.set(id, nowMs());
      redis
        .zadd(keys.unknownKeys, 'NX', nowMs(), id)
        .catch((error: unknown) => log.warn({ error: String(error) }, 'new keys could not be asked for'));
    }
  };
}
