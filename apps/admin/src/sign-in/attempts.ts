import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { TollgateError } from '#libs/core';
import { keys } from '#libs/redis';
import { REDIS } from '../connections/tokens.js';
import { networkOf } from '../http/failure-limit.js';

/** Who tries to sign in, from where. */
export interface Attempt {
  /** Slug as typed; empty for operators. */
  readonly organization: string;
  readonly email: string;
  readonly ip: string;
}

interface Limit {
  readonly subject: string;
  readonly attemptsMax: number;
  readonly seconds: number;
}

const QUARTER_SECONDS = 900;
const RETRY_MS = 1000;

/**
 * Slows down guessing of passwords, at all admin apps together. Each attempt counts before its password is looked at, so
 * that many at once gain nothing. Beyond a limit nothing is let through until its time is over, a right password neither;
 * the limit on an account from everywhere is high, because it lets a stranger lock its member out.
 */
@Injectable()
export class Attempts {
  constructor(@Inject(REDIS) private readonly redis: Redis) {}

  /** Counts an attempt. Returns seconds to wait, 0 when it may go on. Throws overloaded when Redis is away: nobody gets in. */
  async count(attempt: Attempt): Promise<number> {
    try {
      const waits = await Promise.all(limitsOf(attempt).map((limit) => this.countOne(limit)));
      return Math.max(...waits);
    } catch (cause) {
      const message = 'Nobody can sign in right now, because attempts cannot be counted.';
      throw new TollgateError('overloaded', message, { retryAfterMs: RETRY_MS, cause });
    }
  }

  /** After a right password: what was mistyped before is forgotten. */
  async forgive(attempt: Attempt): Promise<void> {
    const [own] = limitsOf(attempt);
    if (own) await this.redis.del(keys.signInAttempts(own.subject));
  }

  private async countOne({ subject, attemptsMax, seconds }: Limit): Promise<number> {
    const key = keys.signInAttempts(subject);
    const answers = await this.redis.multi().set(key, 0, 'EX', seconds, 'NX').incr(key).ttl(key).exec();
    const [, [, attempts], [, left]] = answers as [unknown, [null, number], [null, number]];
    return attempts > attemptsMax ? Math.max(left, 1) : 0;
  }
}

function limitsOf({ organization, email, ip }: Attempt): Limit[] {
  const account = createHash('sha256').update(`${organization}\n${email.toLowerCase()}`).digest('base64url');
  const network = networkOf(ip);
  return [
    { subject: `${account}:${network}`, attemptsMax: 5, seconds: QUARTER_SECONDS },
    { subject: `${account}:everywhere`, attemptsMax: 100, seconds: 4 * QUARTER_SECONDS },
    { subject: `everyone:${network}`, attemptsMax: 100, seconds: QUARTER_SECONDS },
  ];
}
