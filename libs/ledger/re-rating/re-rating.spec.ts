import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NO_TOKENS, uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import type { UsageEvent } from '#libs/messages';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import {
  beginClosing,
  closeStatement,
  ensurePartitions,
  findStatement,
  insertUsage,
  ledgerTotal,
  previewReRating,
  readUsageEvent,
  reRate,
  verifyStatement,
} from '../index.js';

const PERIOD = '2026-10';
const AT_MS = Date.UTC(2026, 9, 5);
/** A thousand nano-USD per token of input, a thousandth of the usual price. */
const RIGHT = { version: 'right', input: 1_000_000_000n, output: 0n, perRequest: 7n, perTool: { web_search: 100n } };

let server: TestDatabase;
let database: Database;
let organizationId: string;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url, { max: 4 });
  await ensurePartitions(database.pool, ['2026-10-05', '2026-10-06']);
});
afterAll(async () => {
  await database?.close();
  await server?.stop();
});
beforeEach(async () => {
  organizationId = uuidv7();
  const data = { id: organizationId, slug: organizationId.slice(-12), name: 'Acme', wrappedDataKey: 'k' };
  await database.prisma.organization.create({ data });
});

async function record(...events: Partial<UsageEvent>[]): Promise<void> {
  const rows = events.map((facts) => {
    const tokens = { ...NO_TOKENS, input: 10 };
    const event = usageEvent({ organizationId, atMs: AT_MS, tokens, costNanoUsd: '4', ...facts });
    const read = readUsageEvent(JSON.stringify(event), organizationId, Date.UTC(2026, 10, 24));
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  await insertUsage(database.pool, rows);
}

const of = () => ({ organizationId, period: PERIOD, model: 'gpt' });
const preview = () => previewReRating(database.pool, of(), () => RIGHT);
const commit = () => reRate(database.pool, of(), () => RIGHT);

describe('a re-rating', () => {
  it('prices every record of the model anew, units, tiers and tools included, and changes nothing as a preview', async () => {
    await record({}, { units: 3 }, { service: 'other', toolCalls: { web_search: 2 } }, { model: 'claude' });
    const found = await preview();
    expect(found).toMatchObject({ records: 3, left: 0, statementId: null, differenceNanoUsd: 30_235n - 12n });
    expect(found.lines).toMatchObject([
      { service: 'assistant', records: 2, bookedNanoUsd: 8n, ratedNanoUsd: 20_028n, differenceNanoUsd: 20_020n },
      { service: 'other', records: 1, bookedNanoUsd: 4n, ratedNanoUsd: 10_207n },
    ]);
    expect(await database.prisma.adjustment.count({ where: { organizationId } })).toBe(0);
  });

  it('enters adjustments on the closed statement and leaves records and lines as they were', async () => {
    await record({}, {});
    const { id } = await beginClosing(database.pool, organizationId, PERIOD);
    const closed = await closeStatement(database.pool, { id, organizationId });
    const done = await commit();
    expect(done).toMatchObject({ statementId: id, differenceNanoUsd: 20_006n });
    const after = await findStatement(database.pool, closed);
    expect(after).toMatchObject({ usageNanoUsd: 8n, adjustmentNanoUsd: 20_006n, linesHash: closed.linesHash });
    expect(await verifyStatement(database.pool, closed)).toBe(true);
    expect(await ledgerTotal(database.pool, organizationId, PERIOD)).toBe(20_014n);
  });

  it('done again adjusts nothing, and after late calls only those', async () => {
    await record({});
    await commit();
    expect(await commit()).toMatchObject({ differenceNanoUsd: 0n, statementId: null });
    await record({ atMs: AT_MS + 86_400_000 });
    expect(await commit()).toMatchObject({ records: 2, differenceNanoUsd: 10_003n });
    expect(await ledgerTotal(database.pool, organizationId, PERIOD)).toBe(20_014n);
  });

  it('by many at once adjusts once', async () => {
    await record({});
    await Promise.all([commit(), commit(), commit()]);
    expect(await database.prisma.adjustment.count({ where: { organizationId } })).toBe(1);
  });

  it('leaves what was not booked by tokens and this model’s prices alone', async () => {
    const attempts = [
      { model: 'gpt', outcome: 'timeout', ms: 1 },
      { model: 'gpt', outcome: 'ok', ms: 1 },
    ];
    await record({ cache: 'hit' }, { orphaned: true, estimated: true }, { attempts, estimated: true }, { attempts });
    expect(await preview()).toMatchObject({ records: 1, left: 3 });
  });
});
