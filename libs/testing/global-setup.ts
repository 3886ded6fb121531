import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '#libs/database';
import { type RedisRuntime, redisRuntime, startEmbedded } from '#libs/embedded';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the Postgres server of this run, any database: databases are made on it by testDatabase(). */
    postgresUrl: string;
    /** How testRedis() starts a server. */
    redisRuntime: RedisRuntime;
  }
}

/** Copies of this database are handed to specs; it is migrated once per run. */
export const TEMPLATE = 'tollgate_template';

/** Binaries survive between runs; data never does. */
const CACHE = resolve('node_modules/.cache/tollgate');

/**
 * One Postgres for the whole run, on a free port with its data in a temporary directory. Its guardian stops it and
 * removes the directory when vitest ends, also by Ctrl-C or kill -9; and with it whatever a spec that was cut short has
 * left, because the run's directory for temporary files is inside.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const onProgress = (line: string): void => void process.stdout.write(`${line}\n`);
  const dataDir = mkdtempSync(join(tmpdir(), 'tollgate-test-'));
  const services = await startEmbedded({
    dataDir,
    runtimeDir: CACHE,
    postgres: true,
    redis: false,
    durable: false,
    temporary: true,
    onProgress,
  });
  if (services.databaseUrl === null) throw new Error('embedded Postgres gave no address');
  await createTemplate(services.databaseUrl);
  project.provide('postgresUrl', services.databaseUrl);
  project.provide('redisRuntime', await redisRuntime(CACHE, onProgress));
  const temporary = join(dataDir, 'tmp');
  mkdirSync(temporary);
  process.env['TMPDIR'] = temporary;
  return services.stop;
}

async function createTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  const template = new URL(serverUrl);
  template.pathname = `/${TEMPLATE}`;
  await migrate(template.toString());
}
