import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { uuidv7 } from '#libs/core';
import {
  beginClosing,
  dayOf,
  findReconciliation,
  findStatement,
  ledgerTotal,
  type ReconciliationParameters,
  uploadExport,
} from '#libs/ledger';
import { QUEUES } from '#libs/messages';
import { keys, QUEUE_PREFIX } from '#libs/redis';
import { usageEvent } from '#libs/testing';
import { startWorker, type WorkerApp } from '../../../test/worker/start-worker.js';

const PERIOD = new Date().toISOString().slice(0, 7);

let worker: WorkerApp;
let organizationId: string;

const prisma = () => worker.connections.database.prisma;
const pool = () => worker.connections.database.pool;

beforeAll(async () => {
  worker = await startWorker();
  organizationId = uuidv7();
  await prisma().organization.create({
    data: { id: organizationId, slug: 'acme', name: 'Acme', wrappedDataKey: 'k' },
  });
});

afterAll(() => worker?.stop());

const emit = (): Promise<unknown> =>
  worker.connections.redis.xadd(
    keys.usage(organizationId),
    '*',
    'event',
    JSON.stringify(usageEvent({ organizationId })),
  );

const queue = (name: string): Queue =>
  new Queue(name, { connection: { url: worker.connections.config.redisUrl }, prefix: QUEUE_PREFIX });

const eventually = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe('the worker', () => {
  it('has made the partitions of today and a week ahead when it is ready', async () => {
    const { rows } = await pool().query(
      `SELECT relname FROM pg_class WHERE relname LIKE 'usage_records_2%' AND relkind = 'r'`,
    );
    const today = Date.parse(dayOf(Date.now()));
    const expected = Array.from({ length: 8 }, (_, day) => dayOf(today + day * 86_400_000).replaceAll('-', ''));
    expect(rows.map(({ relname }) => relname.slice(-8)).sort()).toEqual(expected);
    await using partitions = disposable(queue(QUEUES.partitions));
    expect(await partitions.getJobSchedulers()).toMatchObject([{ pattern: '10 0 * * *', tz: 'UTC' }]);
  });

  it('notices an organization that was made after it started, records its calls and folds them', async () => {
    await emit();
    await eventually(async () => expect(await prisma().usageRecord.count({ where: { organizationId } })).toBe(1));
    await eventually(async () => {
      const rollups = await prisma().usageRollup.findMany({ where: { organizationId } });
      expect(rollups).toMatchObject([{ requests: 1, costNanoUsd: 270_000n }]);
    });
    expect(await prisma().rollupPending.count({ where: { organizationId } })).toBe(0);
  });

  it('closes a statement, and puts its hash into the audit trail once, however often it is asked', async () => {
    const statement = await beginClosing(pool(), organizationId, PERIOD);
    await using closing = disposable(queue(QUEUES.closeStatement));
    const job = { organizationId, statementId: statement.id };
    await closing.addBulk(Array.from({ length: 3 }, () => ({ name: 'close', data: job })));
    await eventually(async () => {
      const { completed, failed } = await closing.getJobCounts('completed', 'failed');
      expect([completed, failed]).toEqual([3, 0]);
    });
    const closed = await findStatement(pool(), statement);
    expect(closed).toMatchObject({ status: 'closed', linesHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(closed?.usageNanoUsd).toBe(await ledgerTotal(pool(), organizationId, PERIOD));
    const proofs = await prisma().auditEvent.findMany({ where: { organizationId, action: 'statement.closed' } });
    expect(proofs).toMatchObject([{ resource: { id: statement.id }, after: { linesHash: closed?.linesHash } }]);
  });

  it('holds an uploaded export against the ledger', async () => {
    const columns = { day: 'day', model: 'model' };
    const tolerance = { tokens: 0, requests: 0, costNanoUsd: '0', millionths: 0 };
    const how = { provider: 'openai', delimiter: ',', credentials: {}, timezone: 'UTC', columns, tolerance } as const;
    const upload = { organizationId, kind: 'generic' as const, parameters: how satisfies ReconciliationParameters };
    const { id } = await uploadExport(pool(), upload, bytesOf('day,model\n2026-11-01,gpt\n'));
    await using reconcile = disposable(queue(QUEUES.reconcile));
    await reconcile.add('reconcile', { organizationId, reconciliationId: id });
    await eventually(async () =>
      expect(await findReconciliation(pool(), { id, organizationId })).toMatchObject({ status: 'done', rows: 1n }),
    );
  });

  it('compares rollups with records, reports what differs as an incident, and has it folded anew', async () => {
    await pool().query('UPDATE usage_rollups SET requests = requests + 1 WHERE organization_id = $1', [organizationId]);
    await using check = disposable(queue(QUEUES.checkRollups));
    await check.add('now', {});
    await eventually(async () => {
      const incidents = await prisma().auditEvent.findMany({ where: { organizationId, action: 'rollup.differed' } });
      expect(incidents[0]).toMatchObject({ before: { requests: 2 }, after: { requests: 1 } });
    });
    await eventually(async () =>
      expect(
        await prisma().webhookEvent.count({ where: { organizationId, type: 'ledger.difference' } }),
      ).toBeGreaterThan(0),
    );
    expect(await prisma().rollupPending.count({ where: { organizationId } })).toBe(1);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toMatch(/tollgate_rollup_differences_total\{span="hour"\} 1/);
    await using rollup = disposable(queue(QUEUES.rollup));
    await rollup.add('catch-up', {});
    await eventually(async () => expect(await prisma().rollupPending.count({ where: { organizationId } })).toBe(0));
  });

  it('writes an export that was ordered, and looks after old records nightly', async () => {
    const range = { from: new Date(0), to: new Date(Date.now() + 86_400_000) };
    const { id } = await prisma().export.create({
      data: { id: uuidv7(), organizationId, kind: 'requests', format: 'jsonl', ...range },
    });
    await using exports = disposable(queue(QUEUES.exports));
    await exports.add('exports', { organizationId, exportId: id });
    await eventually(async () =>
      expect(await prisma().export.findUnique({ where: { id } })).toMatchObject({ status: 'done', rows: 1n }),
    );
    await using retain = disposable(queue(QUEUES.retain));
    expect(await retain.getJobSchedulers()).toMatchObject([{ pattern: '30 2 * * *', tz: 'UTC' }]);
  });

  it('answers for its health and shows its metrics', async () => {
    expect((await fetch(`${worker.url}/health/live`)).status).toBe(200);
    const ready = await fetch(`${worker.url}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([
      200,
      { status: 'ok', components: { postgres: { status: 'ok' }, redis: { status: 'ok' } } },
    ]);
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toContain('tollgate_ingest_events_total{outcome="record"} 1');
    expect(metrics).toContain('tollgate_ingest_working 1');
  });

  it('is not ready while Redis does not answer, and is again when it does', async () => {
    process.kill(worker.redisPid, 'SIGSTOP');
    try {
      const answer = await fetch(`${worker.url}/health/ready`);
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ components: { redis: { status: 'unavailable' } } });
    } finally {
      process.kill(worker.redisPid, 'SIGCONT');
    }
    await emit();
    await eventually(async () => expect(await prisma().usageRecord.count({ where: { organizationId } })).toBe(2));
    expect((await fetch(`${worker.url}/health/ready`)).status).toBe(200);
  });
});

function disposable(it: Queue): Queue & AsyncDisposable {
  return Object.assign(it, { [Symbol.asyncDispose]: () => it.close() });
}

async function* bytesOf(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
