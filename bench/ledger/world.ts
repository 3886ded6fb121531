import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createDatabase, type Database, migrate } from '#libs/database';
import { startEmbedded } from '#libs/embedded';
import { type Stack, startStack } from '../../test/e2e/stack.js';

/** The product as processes of the build, on an embedded Postgres and Redis with the settings that `npm start` gives them. */
export interface World extends AsyncDisposable {
  readonly stack: Stack;
  readonly database: Database;
  /** Of `acme`, whose records are counted. */
  readonly organizationId: string;
}

export async function startWorld(): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tollgate-bench-'));
  const runtimeDir = resolve('node_modules/.cache/tollgate');
  const services = await startEmbedded({ dataDir, runtimeDir, postgres: true, redis: true, onProgress: () => {} });
  const { databaseUrl, redisUrl } = services as { databaseUrl: string; redisUrl: string };
  await migrate(databaseUrl);
  const stack = await startStack({
    services: { databaseUrl, redisUrl, stop: () => services.stop() },
    env: { LOG_LEVEL: 'warn' },
  });
  const database = createDatabase(databaseUrl, { max: 2 });
  const { id } = await database.prisma.organization.findFirstOrThrow({ where: { slug: 'acme' } });
  return {
    stack,
    database,
    organizationId: id,
    [Symbol.asyncDispose]: async () => {
      await database.close();
      await stack[Symbol.asyncDispose]();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
