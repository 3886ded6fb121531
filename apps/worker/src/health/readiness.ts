import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { POOL, REDIS } from '../connections/tokens.js';

export interface ComponentHealth {
  readonly status: 'ok' | 'unavailable';
  /** What is missing, without secrets; absent when all is well. */
  readonly message?: string;
}

const TIMEOUT_MS = 2_000;

/** Whether each component that the worker cannot do without is there. */
@Injectable()
export class Readiness {
  constructor(
    @Inject(POOL) private readonly pool: Pool,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  async components(): Promise<Readonly<Record<'postgres' | 'redis', ComponentHealth>>> {
    const [postgres, redis] = await Promise.all([
      healthOf('Postgres', this.pool.query('SELECT 1')),
      healthOf('Redis', this.redis.ping()),
    ]);
    return { postgres, redis };
  }
}

/** A component that answers late is as good as away. */
async function healthOf(name: string, answer: Promise<unknown>): Promise<ComponentHealth> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  const timeout = new Promise<ComponentHealth>((resolve) => {
    late.addEventListener('abort', () =>
      resolve({ status: 'unavailable', message: `${name} does not answer in time` }),
    );
  });
  const answered = answer.then(
    (): ComponentHealth => ({ status: 'ok' }),
    (): ComponentHealth => ({ status: 'unavailable', message: `${name} does not answer` }),
  );
  return Promise.race([answered, timeout]);
}
