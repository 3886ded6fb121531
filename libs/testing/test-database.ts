import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { TEMPLATE } from './global-setup.js';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  /** Drops the database, also under open connections. */
  stop(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Default true. False: an empty database, for tests of migrating itself. */
  readonly migrated?: boolean;
}

/** A database of its own on the Postgres of this test run, with all migrations applied. About 50 ms. */
export async function testDatabase({ migrated = true }: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `test_${randomBytes(8).toString('hex')}`;
  await query(server, `CREATE DATABASE ${name} TEMPLATE ${migrated ? TEMPLATE : 'template0'}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  const stop = (): Promise<void> => query(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  return { url: url.toString(), stop, [Symbol.asyncDispose]: stop };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
