import { Redis } from 'ioredis';
import pg from 'pg';
import { keys } from '#libs/redis';
import type { Stack } from './stack.js';

/** A usage record as far as the proofs look at it. */
export interface LedgerRow {
  readonly requestId: string;
  readonly costNanoUsd: bigint;
  readonly orphaned: boolean;
  readonly estimated: boolean;
  readonly status: number;
}

export interface Counter {
  readonly committedNanoUsd: bigint;
  readonly reservedNanoUsd: bigint;
}

/** Looks straight into Postgres and Redis of a stack, past everything of ours that could be wrong. */
export interface Ledger extends AsyncDisposable {
  readonly redis: Redis;
  /** Records of a team, or of all. */
  rows(team?: string): Promise<readonly LedgerRow[]>;
  /** The one counter of a budget without `*`. */
  counter(budgetId: string): Promise<Counter>;
  /** Events that are not recorded yet, over all organizations, and reservations that are neither settled nor swept. */
  underWay(): Promise<{ readonly events: number; readonly reservations: number }>;
}

export function lookInto({ databaseUrl, redisUrl }: Pick<Stack, 'databaseUrl' | 'redisUrl'>): Ledger {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  pool.on('error', () => {});
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: null });
  redis.on('error', () => {});
  const organizations = async (): Promise<string[]> =>
    (await pool.query<{ id: string }>('SELECT id FROM organizations')).rows.map(({ id }) => id);
  const sum = async (count: (organizationId: string) => Promise<number>): Promise<number> =>
    (await Promise.all((await organizations()).map(count))).reduce((total, each) => total + each, 0);
  return {
    redis,
    rows: async (team) => {
      const { rows } = await pool.query(
        `SELECT request_id, cost_nano_usd::text AS cost, orphaned, estimated, status FROM usage_records
         WHERE $1::text IS NULL OR team = $1`,
        [team ?? null],
      );
      return rows.map(({ request_id: requestId, cost, orphaned, estimated, status }) => ({
        requestId,
        costNanoUsd: BigInt(cost),
        orphaned,
        estimated,
        status,
      }));
    },
    counter: async (budgetId) => {
      const found = await redis.keys(`*:budget:${budgetId}:*`);
      if (found.length > 1) throw new Error(`more than one counter of ${budgetId}`);
      const [committed, reserved] = found[0] === undefined ? [] : await redis.hmget(found[0], 'committed', 'reserved');
      return { committedNanoUsd: BigInt(committed ?? 0), reservedNanoUsd: BigInt(reserved ?? 0) };
    },
    underWay: async () => ({
      events: await sum((id) => redis.xlen(keys.usage(id))),
      reservations: await sum((id) => redis.zcard(keys.reservations(id))),
    }),
    [Symbol.asyncDispose]: async () => {
      redis.disconnect();
      await pool.end();
    },
  };
}

export const sumOf = (rows: readonly LedgerRow[]): bigint =>
  rows.reduce((total, { costNanoUsd }) => total + costNanoUsd, 0n);
