import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.js';

export interface Database extends AsyncDisposable {
  /** Typed access, for everything that is read or written a few rows at a time. */
  readonly prisma: PrismaClient;
  /** The same pool for raw SQL: bulk inserts (`INSERT … SELECT FROM unnest(…)`), partitions, analytics. */
  readonly pool: pg.Pool;
  /** Ends all connections; running queries finish first. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Most connections of the pool, 1 or more; default 10. */
  readonly max?: number;
}

/** Opens nothing yet: the first query connects, and fails with the driver's error when the server is away. */
export function createDatabase(url: string, { max = 10 }: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max, connectionTimeoutMillis: 10_000 });
  // An idle connection that the server drops is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => {});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  const close = async (): Promise<void> => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, pool, close, [Symbol.asyncDispose]: close };
}
