import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { append } from '#libs/audit';
import { parseUsd, systemClock, uuidv7 } from '#libs/core';
import { createDatabase, type Database, type Export } from '#libs/database';
import { ensurePartitions, exportPath, insertUsage, readUsageEvent } from '#libs/ledger';
import type { UsageEvent } from '#libs/messages';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import { carryOut, type ExportParts, expire, KEEP_MS } from './carry-out.js';

const DAY = Date.UTC(2026, 9, 5);
const DAY_MS = 86_400_000;

let server: TestDatabase;
let database: Database;
let parts: ExportParts;
let organizationId: string;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url, { max: 4 });
  const { pool, prisma } = database;
  parts = { pool, prisma, clock: systemClock, dataDir: await mkdtemp(join(tmpdir(), 'tollgate-exports-')) };
  await ensurePartitions(pool, ['2026-10-05', '2026-10-06']);
});
afterAll(async () => {
  await rm(parts.dataDir, { recursive: true, force: true });
  await database?.close();
  await server?.stop();
});
beforeEach(async () => {
  organizationId = uuidv7();
  const data = { id: organizationId, slug: organizationId.slice(-12), name: 'Acme', wrappedDataKey: 'k' };
  await database.prisma.organization.create({ data });
});

async function record(count: number, facts: Partial<UsageEvent> = {}): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => {
    const event = usageEvent({ organizationId, atMs: DAY + index * 1000, costNanoUsd: String(index + 1), ...facts });
    const read = readUsageEvent(JSON.stringify(event), organizationId, DAY + DAY_MS);
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  await insertUsage(database.pool, rows);
}

const order = (kind: string, format: string): Promise<Export> =>
  database.prisma.export.create({
    data: { id: uuidv7(), organizationId, kind, format, from: new Date(DAY), to: new Date(DAY + 2 * DAY_MS) },
  });

const run = async (kind: string, format: string): Promise<{ readonly done: Export; readonly text: string }> => {
  const done = await carryOut(parts, await order(kind, format), async () => undefined);
  return { done, text: await readFile(exportPath(parts.dataDir, done.id), 'utf8') };
};

describe('an export', () => {
  it('of requests has a row for every call of the time and organization, and its costs add up', async () => {
    await record(4_500);
    await record(1, { atMs: DAY - 1 + 2 * DAY_MS - DAY_MS, agent: '=cmd()', tags: { app: 'é,"x"' } });
    const { done, text } = await run('requests', 'csv');
    const rows: Record<string, string>[] = parse(text, { columns: true });
    expect(done).toMatchObject({ status: 'done', rows: 4_501n, progress: 1000 });
    expect(rows).toHaveLength(4_501);
    const sum = rows.reduce((total, row) => total + parseUsd(row['cost_usd'] ?? ''), 0n);
    expect(sum).toBe((4_500n * 4_501n) / 2n + 1n);
    expect(rows[0]).toMatchObject({ agent: `'=cmd()`, tags: '{"app":"é,\\"x\\""}', input_tokens: '1500' });
    expect(BigInt((await stat(exportPath(parts.dataDir, done.id))).size)).toBe(done.bytes);
  });

  it('of usage has a row per hour and key', async () => {
    await record(2);
    await record(1, { atMs: DAY + DAY_MS, team: 'sales' });
    const { text } = await run('usage', 'jsonl');
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { hour: '2026-10-05T00:00:00.000Z', team: 'engineering', requests: 2, cost_usd: '0.000000003' },
      { hour: '2026-10-06T00:00:00.000Z', team: 'sales', requests: 1 },
    ]);
  });

  it('of the audit trail has what its chain is verified by', async () => {
    const actor = { kind: 'system', id: 'x', name: 'x' } as const;
    await database.prisma.$transaction((tx) =>
      append(tx, {
        ...{ organizationId, atMs: DAY, actor, action: 'team.created', before: null, after: { name: 'A' } },
        resource: { kind: 'team', id: '1', slug: 'a' },
        from: { ip: null, userAgent: null, requestId: null },
      }),
    );
    const { text } = await run('audit', 'jsonl');
    expect(JSON.parse(text)).toMatchObject({ action: 'team.created', hash: expect.any(String), after: { name: 'A' } });
  });

  it('is written once, and begins anew when it was cut short', async () => {
    await record(1);
    const { done } = await run('requests', 'csv');
    expect(await carryOut(parts, done, async () => undefined)).toEqual(done);
    const failing = { ...parts, pool: { query: () => Promise.reject(new Error('away')) } } as unknown as ExportParts;
    const cut = await order('requests', 'csv');
    await expect(carryOut(failing, cut, async () => undefined)).rejects.toThrow('away');
    expect((await readdir(join(parts.dataDir, 'exports'))).filter((name) => name.startsWith(cut.id))).toEqual([]);
    expect(await carryOut(parts, cut, async () => undefined)).toMatchObject({ status: 'done', rows: 1n });
  });

  it('is readable by nobody else, and gone when its time is over', async () => {
    const { done } = await run('requests', 'csv');
    const path = exportPath(parts.dataDir, done.id);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await expire(parts)).toBe(0);
    const later = { ...systemClock, now: () => Date.now() + KEEP_MS + 1 };
    expect(await expire({ ...parts, clock: later })).toBeGreaterThan(0);
    await expect(stat(path)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await database.prisma.export.findUnique({ where: { id: done.id } })).toMatchObject({ status: 'expired' });
  });
});
