import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Redis } from 'ioredis';
import { keys } from '#libs/redis';

export interface FailureLimitOptions {
  /** Failures of one subject within a window, beyond which it has to wait. */
  readonly max: number;
  /** From the first failure; nobody waits longer. */
  readonly windowSeconds: number;
}

/**
 * Counts refused authentications, at all admin apps together, in keys that end by themselves. While Redis is away nobody is
 * held up: a secret here is 256 random bits, which are not guessed; what is limited is the work that trying makes.
 */
export class FailureLimit {
  constructor(
    private readonly redis: Redis,
    private readonly options: FailureLimitOptions,
  ) {}

  /** Seconds that the subject has to wait; 0 when it need not. Counts nothing. */
  async wait(subject: string): Promise<number> {
    const key = keyOf(subject);
    const answers = await this.redis
      .multi()
      .get(key)
      .ttl(key)
      .exec()
      .catch(() => null);
    if (answers === null) return 0;
    const [[, failures], [, left]] = answers as [[null, string | null], [null, number]];
    return Number(failures) >= this.options.max ? Math.max(left, 1) : 0;
  }

  /** Counts a failure. Returns as {@link wait}, for this very request: the one that reaches the limit is still answered. */
  async failed(subject: string): Promise<number> {
    const key = keyOf(subject);
    const { max, windowSeconds } = this.options;
    const steps = this.redis.multi().set(key, 0, 'EX', windowSeconds, 'NX').incr(key).ttl(key);
    const answers = await steps.exec().catch(() => null);
    if (answers === null) return 0;
    const [, [, failures], [, left]] = answers as [unknown, [null, number], [null, number]];
    return failures > max ? Math.max(left, 1) : 0;
  }
}

/** Whoever has an IPv6 address usually has 2⁶⁴ of them: they count as one. */
export function networkOf(ip: string): string {
  return isIPv6(ip) && !ip.includes('.') ? new URL(`http://[${ip}]`).hostname.split(':').slice(0, 4).join(':') : ip;
}

/** Subjects hold what strangers send: hashed, they are short and hold nothing of it. */
function keyOf(subject: string): string {
  return keys.authenticationFailures(createHash('sha256').update(subject).digest('base64url'));
}
