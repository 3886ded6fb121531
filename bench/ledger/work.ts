import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { uuidv7 } from '#libs/core';
import { QUEUES } from '#libs/messages';
import { keys, QUEUE_PREFIX } from '#libs/redis';
import { usageEvent } from '#libs/testing';
import { until } from '../../test/e2e/stack.js';
import { WORLD } from './fill.js';
import { peakOf } from './memory.js';
import type { World } from './world.js';

const MINUTES_MS = 60_000;
const PUSH = 1_000;

/** Has the worker fold every marked hour, day and month; returns seconds. */
export async function foldAll({ stack, database }: World): Promise<number> {
  const queue = new Queue(QUEUES.rollup, { connection: { url: stack.redisUrl }, prefix: QUEUE_PREFIX });
  const begin = performance.now();
  await until(async () => {
    const { rows } = await database.pool.query(
      'SELECT 1 FROM usage_rollup_pending UNION ALL SELECT 1 FROM usage_span_pending LIMIT 1',
    );
    if (rows.length === 0) return true;
    if ((await queue.getWaitingCount()) === 0) await queue.add('catch-up', {}, { removeOnComplete: true });
    return false;
  }, 30 * MINUTES_MS);
  await queue.close();
  await database.pool.query('VACUUM ANALYZE usage_rollups, usage_span_rollups');
  return (performance.now() - begin) / 1000;
}

/** Puts events into the stream while the worker stands still, and returns records per second of its catching up. */
export async function ingestRate({ stack, organizationId }: World, events: number): Promise<number> {
  const redis = new Redis(stack.redisUrl);
  const { pid } = stack.apps.worker;
  process.kill(pid, 'SIGSTOP');
  try {
    for (let done = 0; done < events; done += PUSH) {
      const batch = redis.pipeline();
      for (let index = 0; index < PUSH; index++)
        batch.xadd(keys.usage(organizationId), '*', 'event', JSON.stringify(eventOf(organizationId, done + index)));
      await batch.exec();
    }
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const begin = performance.now();
  await until(async () => (await redis.xlen(keys.usage(organizationId))) === 0, 10 * MINUTES_MS);
  const seconds = (performance.now() - begin) / 1000;
  redis.disconnect();
  return events / seconds;
}

function eventOf(organizationId: string, n: number) {
  const service = n % WORLD.services;
  return usageEvent({
    ...{ organizationId, callId: uuidv7(), team: `team-${service % WORLD.teams}`, service: `service-${service}` },
    ...{ model: `model-${n % WORLD.models}`, route: `route-${n % 80}`, session: `session-${n}`, endUser: `user-${n}` },
    tags: { env: 'prod', customer: `c-${n % WORLD.customers}` },
  });
}

/** Closes the statement of a month over the admin API; returns seconds until it is closed. */
export async function closeMonth({ stack }: World, period: string): Promise<number> {
  const begin = performance.now();
  const path = '/organizations/acme/chargeback/statements';
  const { body } = await stack.admin<{ id: string }>('POST', path, { period });
  await until(
    async () => (await stack.admin<{ status: string }>('GET', `${path}/${body.id}`)).body.status === 'closed',
    10 * MINUTES_MS,
  );
  return (performance.now() - begin) / 1000;
}

export interface ExportFigures {
  readonly rows: number;
  readonly seconds: number;
  readonly workerMb: number;
  readonly downloadSeconds: number;
  readonly adminMb: number;
}

/** Orders the log of calls of a time as a file, and downloads it; the most memory that the worker and the admin app had. */
export async function exportRequests({ stack }: World, format: string, from: Date, to: Date): Promise<ExportFigures> {
  const [worker, admin] = [peakOf(stack.apps.worker.pid), peakOf(stack.apps.admin.pid)];
  const begin = performance.now();
  const order = { kind: 'requests', format, from: from.toISOString(), to: to.toISOString() };
  const { body } = await stack.admin<{ id: string }>('POST', '/organizations/acme/exports', order);
  const path = `/organizations/acme/exports/${body.id}`;
  const done = await until(async () => {
    const answer = await stack.admin<{ status: string; rows: number }>('GET', path);
    return answer.body.status === 'done' && answer.body;
  }, 10 * MINUTES_MS);
  const seconds = (performance.now() - begin) / 1000;
  const response = await fetch(`${stack.adminUrl}/api/v1${path}/download`, {
    headers: { authorization: `Bearer ${stack.operatorToken}` },
  });
  for await (const _ of response.body as AsyncIterable<Uint8Array>);
  const downloadSeconds = (performance.now() - begin) / 1000 - seconds;
  return { rows: done.rows, seconds, workerMb: worker(), downloadSeconds, adminMb: admin() };
}
