import { Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { PrismaClient, readMigrations } from '#libs/database';
import { REDIS } from '../connections/tokens.js';

export interface ComponentHealth {
  readonly status: 'ok' | 'unavailable';
  /** What is missing, without secrets; absent when all is well. */
  readonly message?: string;
}

const TIMEOUT_MS = 2_000;
const OK: ComponentHealth = { status: 'ok' };

/** Whether each component that the admin app cannot do without is there. */
@Injectable()
export class Readiness {
  private readonly needed = readMigrations().map(({ name }) => name);

  constructor(
    private readonly database: PrismaClient,
    @Inject(REDIS) private readonly redis: Redis,
  ) {}

  async components(): Promise<Readonly<Record<'postgres' | 'redis' | 'migrations', ComponentHealth>>> {
    const [postgres, redis, migrations] = await Promise.all([
      healthOf(
        'Postgres',
        this.database.$queryRaw`SELECT 1`.then(() => OK),
      ),
      healthOf(
        'Redis',
        this.redis.ping().then(() => OK),
      ),
      healthOf('Postgres', this.migrations()),
    ]);
    return { postgres, redis, migrations };
  }

  private async migrations(): Promise<ComponentHealth> {
    const rows = await this.database.$queryRaw<{ migration_name: string }[]>`
      SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`;
    const applied = new Set(rows.map((row) => row.migration_name));
    const missing = this.needed.filter((name) => !applied.has(name));
    return missing.length === 0 ? OK : { status: 'unavailable', message: `not applied: ${missing.join(', ')}` };
  }
}

/** A component that answers late is as good as away. */
async function healthOf(name: string, answer: Promise<ComponentHealth>): Promise<ComponentHealth> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  const timeout = new Promise<ComponentHealth>((resolve) => {
    late.addEventListener('abort', () =>
      resolve({ status: 'unavailable', message: `${name} does not answer in time` }),
    );
  });
  const failed = (): ComponentHealth => ({ status: 'unavailable', message: `${name} does not answer` });
  return Promise.race([answer.catch(failed), timeout]);
}
