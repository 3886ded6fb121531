import { text } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { formatUsd, parseUsd, uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import type { UsageEvent } from '#libs/messages';
import { type TestDatabase, testDatabase, usageEvent } from '#libs/testing';
import {
  addAdjustment,
  beginClosing,
  closeStatement,
  ensurePartitions,
  findStatement,
  insertUsage,
  ledgerTotal,
  listStatements,
  previewStatement,
  readLines,
  readUsageEvent,
  type Statement,
  statementCsv,
  verifyStatement,
} from './index.js';

const PERIOD = '2026-10';
const AT_MS = Date.UTC(2026, 9, 31, 23, 59, 59, 999);

let server: TestDatabase;
let database: Database;
let organizationId: string;

beforeAll(async () => {
  server = await testDatabase();
  database = createDatabase(server.url, { max: 4 });
  await ensurePartitions(database.pool, ['2026-10-01', '2026-10-31', '2026-11-01']);
});

afterAll(async () => {
  await database?.close();
  await server?.stop();
});

beforeEach(async () => {
  organizationId = uuidv7();
  await database.prisma.organization.create({
    data: { id: organizationId, slug: organizationId.slice(-12), name: 'Acme', wrappedDataKey: 'k' },
  });
  await database.prisma.team.create({
    data: { id: uuidv7(), organizationId, slug: 'engineering', name: 'Engineering', costCenter: 'CC-100' },
  });
});

async function record(...events: Partial<UsageEvent>[]): Promise<void> {
  const rows = events.map((facts) => {
    const event = usageEvent({ organizationId, atMs: AT_MS, ...facts });
    const read = readUsageEvent(JSON.stringify(event), organizationId, Date.UTC(2026, 10, 24));
    if (!read.ok) throw new Error(read.error);
    return read.value;
  });
  await insertUsage(database.pool, rows);
}

async function close(): Promise<Statement> {
  const { id } = await beginClosing(database.pool, organizationId, PERIOD);
  return closeStatement(database.pool, { id, organizationId });
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const csvOf = ({ id, period }: Statement): Promise<string> =>
  text(statementCsv({ id, period, organization: 'acme' }, readLines(database.pool, id)));

const rowsOf = (csv: string): Record<string, string>[] => parse(csv, { columns: true });

const sumOf = (rows: readonly Record<string, string>[], column: string): bigint =>
  rows.reduce((sum, row) => sum + parseUsd(row[column] ?? ''), 0n);

const totalOf = ({ usageNanoUsd, adjustmentNanoUsd }: Statement): bigint => usageNanoUsd + adjustmentNanoUsd;

describe('a statement', () => {
  it('has a line for each cost centre, team, service, agent, provider and model, with all input and all output', async () => {
    await record({ costNanoUsd: '1' }, { costNanoUsd: '2' }, { agent: 'planner', costNanoUsd: '4' });
    const statement = await previewStatement(database.pool, organizationId, PERIOD);
    const lines = await collect(readLines(database.pool, statement.id));
    expect(lines).toMatchObject([
      { agent: null, requests: 2n, inputTokens: 3000n, cachedInputTokens: 600n, outputTokens: 200n, costNanoUsd: 3n },
      { agent: 'planner', requests: 1n, reasoningTokens: 20n, costNanoUsd: 4n },
    ]);
    expect(statement).toMatchObject({ status: 'preview', usageNanoUsd: 7n, linesHash: null });
  });

  it('holds its period and no moment more', async () => {
    await record({ atMs: Date.UTC(2026, 9, 1), costNanoUsd: '1' }, { costNanoUsd: '2' });
    await record({ atMs: Date.UTC(2026, 10, 1), costNanoUsd: '4' });
    expect(await previewStatement(database.pool, organizationId, PERIOD)).toMatchObject({ usageNanoUsd: 3n });
  });

  it('never shows what another organization used', async () => {
    await record({ costNanoUsd: '5' });
    const statement = await close();
    expect(await findStatement(database.pool, { id: statement.id, organizationId: uuidv7() })).toBeNull();
    expect(await previewStatement(database.pool, organizationId, '2026-09')).toMatchObject({ usageNanoUsd: 0n });
  });

  it('in preview follows the ledger, under one id', async () => {
    await record({ costNanoUsd: '1' });
    const first = await previewStatement(database.pool, organizationId, PERIOD);
    await record({ costNanoUsd: '1' });
    const second = await previewStatement(database.pool, organizationId, PERIOD);
    expect([second.id, second.usageNanoUsd]).toEqual([first.id, 2n]);
  });

  it('once closed never changes, whatever is recorded after it', async () => {
    await record({ costNanoUsd: '10' });
    const closed = await close();
    const csv = await csvOf(closed);
    await record({ costNanoUsd: '90' });
    expect(await closeStatement(database.pool, closed)).toEqual(closed);
    expect(await csvOf(closed)).toBe(csv);
    expect(await verifyStatement(database.pool, closed)).toBe(true);
  });

  it('tells when a closed line was tampered with', async () => {
    await record({ costNanoUsd: '10' });
    const closed = await close();
    await database.pool.query('UPDATE statement_lines SET cost_nano_usd = 9 WHERE statement_id = $1', [closed.id]);
    expect(await verifyStatement(database.pool, closed)).toBe(false);
  });

  it('of a closed period holds what came late, so that the statements of a period add up to the ledger', async () => {
    await record({ costNanoUsd: '10' }, { costNanoUsd: '5', agent: 'planner' });
    const first = await close();
    await expect(close()).rejects.toMatchObject({ code: 'conflict' });
    await record({ costNanoUsd: '7', agent: 'planner' });
    const second = await close();
    expect(second.id).not.toBe(first.id);
    expect(await collect(readLines(database.pool, second.id))).toMatchObject([
      { agent: 'planner', requests: 1n, costNanoUsd: 7n },
    ]);
    expect(totalOf(first) + totalOf(second)).toBe(await ledgerTotal(database.pool, organizationId, PERIOD));
  });

  it('is closed once when two ask at the same time', async () => {
    await record({ costNanoUsd: '10' });
    const [one, other] = await Promise.all([
      beginClosing(database.pool, organizationId, PERIOD),
      beginClosing(database.pool, organizationId, PERIOD),
    ]);
    expect(one.id).toBe(other.id);
    await expect(previewStatement(database.pool, organizationId, PERIOD)).rejects.toMatchObject({ code: 'conflict' });
    await Promise.all([closeStatement(database.pool, one), closeStatement(database.pool, other)]);
    expect(await listStatements(database.pool, organizationId, { limit: 10, after: organizationId })).toHaveLength(1);
  });

  it('is not closed again once its records are gone', async () => {
    await record({ costNanoUsd: '10' });
    await close();
    await database.pool.query('DELETE FROM usage_records WHERE organization_id = $1', [organizationId]);
    await expect(close()).rejects.toMatchObject({ code: 'conflict' });
  });

  it.each(['2026-13', '2026-1', 'november', '2026-11-01'])('has a month as period, not %s', async (period) => {
    await expect(previewStatement(database.pool, organizationId, period)).rejects.toMatchObject({
      code: 'invalid_request',
    });
  });
});

describe('an adjustment', () => {
  const credit = { team: 'engineering', service: null, amountNanoUsd: -3n, reason: 'outage credit' };

  it('is a line of its own, on an open or a closed statement, and leaves the others as they are', async () => {
    await record({ costNanoUsd: '10' });
    const closed = await close();
    await addAdjustment(database.pool, closed, credit);
    const after = await findStatement(database.pool, closed);
    expect(after).toEqual({ ...closed, adjustmentNanoUsd: -3n });
    expect(await verifyStatement(database.pool, closed)).toBe(true);
    const lines = await collect(readLines(database.pool, closed.id));
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatchObject({ costCenter: 'CC-100', team: 'engineering', adjustmentNanoUsd: -3n, requests: 0n });
    expect(totalOf(after!)).toBe(await ledgerTotal(database.pool, organizationId, PERIOD));
  });

  it('needs a statement of this organization and a team that exists or was billed', async () => {
    await record({ team: 'former', costNanoUsd: '1' });
    const statement = await close();
    await addAdjustment(database.pool, statement, { ...credit, team: 'former' });
    await expect(addAdjustment(database.pool, statement, { ...credit, team: 'nobody' })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(addAdjustment(database.pool, { id: uuidv7(), organizationId }, credit)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('the chargeback CSV', () => {
  it('adds up to the statement and to the ledger, to the last digit', async () => {
    const costs = ['1', '999999999', '1000000001', '123456789012345'];
    await record(...costs.map((costNanoUsd, index) => ({ costNanoUsd, service: `s${index}` })));
    const statement = await close();
    await addAdjustment(database.pool, statement, {
      team: 'engineering',
      service: 's1',
      amountNanoUsd: -7n,
      reason: 'rounding',
    });
    const rows = rowsOf(await csvOf(statement));
    const current = (await findStatement(database.pool, statement))!;
    expect(rows).toHaveLength(5);
    expect(sumOf(rows, 'total_usd')).toBe(totalOf(current));
    expect(sumOf(rows, 'total_usd')).toBe(await ledgerTotal(database.pool, organizationId, PERIOD));
    expect(sumOf(rows, 'cost_usd') + sumOf(rows, 'adjustment_usd')).toBe(totalOf(current));
    expect(rows.at(-1)).toMatchObject({ adjustment_usd: formatUsd(-7n), cost_usd: '0.00', requests: '0' });
  });

  it('has the header that finance was promised, and lines that end as RFC 4180 says', async () => {
    await record({});
    const csv = await csvOf(await close());
    expect(csv.split('\r\n')[0]).toBe(
      'statement_id,period,organization,cost_center,team,service,agent,provider,model,requests,input_tokens,' +
        'cached_input_tokens,cache_write_tokens,output_tokens,reasoning_tokens,cost_usd,adjustment_usd,total_usd',
    );
    expect(csv.endsWith('\r\n')).toBe(true);
  });

  it.each(['=HYPERLINK("http://evil")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1+1'])(
    'never lets a name run as a formula: %j',
    async (agent) => {
      await record({ agent });
      const rows = rowsOf(await csvOf(await close()));
      expect(rows[0]?.['agent']).toBe(`'${agent}`);
    },
  );

  it.each(['say "hi", twice', 'two\nlines', 'a lone\rreturn', 'Zürich 東京 🗼', 'semi;colon'])(
    'carries any name unchanged: %j',
    async (team) => {
      await record({ team, costCenter: null });
      const rows = rowsOf(await csvOf(await close()));
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ team, cost_center: '' });
    },
  );

  it('of many lines is read in pages and complete', async () => {
    const many = Array.from({ length: 4_500 }, (_, index) => ({ agent: `agent-${index}`, costNanoUsd: '3' }));
    await record(...many);
    const rows = rowsOf(await csvOf(await close()));
    expect(new Set(rows.map((row) => row['agent'])).size).toBe(4_500);
    expect(sumOf(rows, 'total_usd')).toBe(13_500n);
  });

  it('breaks off when its lines cannot be read', async () => {
    const broken = (async function* () {
      yield* [];
      throw new Error('connection lost');
    })();
    await expect(text(statementCsv({ id: 'x', period: PERIOD, organization: 'acme' }, broken))).rejects.toThrow(
      'connection lost',
    );
  });
});

describe('a statement of an organization with rules', () => {
  const chargeback = {
    sharedCosts: [
      { name: 'Platform fee', amountUsd: '0.000000100', splitBy: 'even' },
      { name: 'Engineering', team: 'engineering', splitBy: 'usage' },
    ],
    markups: [{ name: 'Margin', team: '*', percent: '10' }],
  };

  beforeEach(async () => {
    await database.prisma.organizationSettings.create({ data: { organizationId, chargeback } });
    await database.prisma.team.create({ data: { id: uuidv7(), organizationId, slug: 'idle', name: 'Idle' } });
  });

  const ruleLinesOf = async ({ id }: Statement): Promise<unknown[]> =>
    (await collect(readLines(database.pool, id)))
      .filter(({ kind }) => kind !== 'usage')
      .map(({ kind, team, costCenter, adjustmentNanoUsd }) => [kind, team, costCenter, adjustmentNanoUsd]);

  it('has their lines beside the usage, anew with every preview, and adds up to the ledger', async () => {
    await record({ costNanoUsd: '1000' }, { costNanoUsd: '300', team: 'gone', costCenter: 'CC-7' });
    await previewStatement(database.pool, organizationId, PERIOD);
    const statement = await previewStatement(database.pool, organizationId, PERIOD);
    expect(await ruleLinesOf(statement)).toEqual([
      ['shared-cost', 'engineering', 'CC-100', 34n],
      ['shared-cost', 'gone', 'CC-7', 33n],
      ['shared-cost', 'idle', null, 33n],
      ['shared-cost', 'engineering', 'CC-100', -1000n],
      ['shared-cost', 'gone', 'CC-7', 1000n],
      ['markup', 'engineering', 'CC-100', 100n],
      ['markup', 'gone', 'CC-7', 30n],
    ]);
    expect(totalOf(statement)).toBe(1300n + 100n + 130n);
    expect(totalOf(statement)).toBe(await ledgerTotal(database.pool, organizationId, PERIOD));
    expect(sumOf(rowsOf(await csvOf(statement)), 'total_usd')).toBe(totalOf(statement));
  });

  it('once closed keeps them, whatever becomes of the rules; tampering shows; fixed amounts are due once', async () => {
    await record({ costNanoUsd: '1000' });
    const closed = await close();
    expect(await verifyStatement(database.pool, closed)).toBe(true);
    await database.prisma.organizationSettings.update({ where: { organizationId }, data: { chargeback: {} } });
    expect(await findStatement(database.pool, closed)).toEqual(closed);
    await database.prisma.organizationSettings.update({ where: { organizationId }, data: { chargeback } });
    await record({ costNanoUsd: '10', team: 'idle' });
    const second = await close();
    expect(await ruleLinesOf(second)).toEqual([['markup', 'idle', null, 1n]]);
    await database.pool.query(`UPDATE adjustments SET amount_nano_usd = 0 WHERE statement_id = $1`, [closed.id]);
    expect(await verifyStatement(database.pool, closed)).toBe(false);
  });

  it('is not closed again when nothing came, although it has rules', async () => {
    await record({ costNanoUsd: '1000' });
    await close();
    await expect(close()).rejects.toMatchObject({ code: 'conflict' });
  });
});
