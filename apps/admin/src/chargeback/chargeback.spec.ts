import { Worker } from 'bullmq';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseUsd, uuidv7 } from '#libs/core';
import { closeStatement, ledgerTotal } from '#libs/ledger';
import { type CloseStatementJob, QUEUES } from '#libs/messages';
import { QUEUE_PREFIX } from '#libs/redis';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../test/admin/record-usage.js';
import { type AdminApp, type Answer, startAdmin } from '../../../../test/admin/start-admin.js';

const PERIOD = '2026-10';
const AT_MS = Date.UTC(2026, 9, 5);

let admin: AdminApp;
let worker: Worker<CloseStatementJob>;
let organization: string;
let organizationId: string;
let statements: string;

beforeAll(async () => {
  admin = await startAdmin();
  const { database, config } = admin.connections;
  worker = new Worker<CloseStatementJob>(
    QUEUES.closeStatement,
    async ({ data }) => {
      await closeStatement(database.pool, { id: data.statementId, organizationId: data.organizationId });
    },
    { connection: { url: config.redisUrl, maxRetriesPerRequest: null }, prefix: QUEUE_PREFIX },
  );
});

afterAll(async () => {
  await worker?.close();
  await admin?.stop();
});

beforeEach(async () => {
  organization = `org-${uuidv7().slice(-12)}`;
  organizationId = (await admin.call('POST', '/organizations', { slug: organization, name: 'Acme' })).body.id;
  await admin.call('POST', `/organizations/${organization}/teams`, {
    slug: 'engineering',
    name: 'Engineering',
    costCenter: 'CC-9',
  });
  statements = `/organizations/${organization}/chargeback/statements`;
});

const record = (...costs: string[]): Promise<void> =>
  recordUsage(
    admin.connections.database.pool,
    costs.map((costNanoUsd, index) =>
      usageEvent({ organizationId, atMs: AT_MS, costNanoUsd, service: `service-${index}`, agent: '=cmd()' }),
    ),
  );

const close = (): Promise<Answer> => admin.call('POST', statements, { period: PERIOD });

const total = (rows: readonly Record<string, string>[]): bigint =>
  rows.reduce((sum, row) => sum + parseUsd(row['total_usd'] ?? ''), 0n);

const csvRows = async (id: string): Promise<Record<string, string>[]> =>
  parse((await admin.call('GET', `${statements}/${id}.csv`)).text, { columns: true });

describe('statements', () => {
  it('201: previews a month, again and again under one id, and then closes that one', async () => {
    await record('1');
    const preview = await admin.call('POST', statements, { period: PERIOD, preview: true });
    expect(preview).toMatchObject({
      status: 201,
      body: { period: PERIOD, status: 'preview', totalUsd: '0.000000001', linesHash: null },
    });
    await record('1');
    const again = await admin.call('POST', statements, { period: PERIOD, preview: true });
    expect(again.body).toMatchObject({ id: preview.body.id, totalUsd: '0.000000002' });
    const closed = await close();
    expect(closed.body).toMatchObject({ id: preview.body.id, status: 'closed', totalUsd: '0.000000002' });
    expect(closed.body.lines).toMatchObject([
      { costCenter: 'CC-100', team: 'engineering', service: 'service-0', agent: '=cmd()', requests: 2 },
    ]);
  });

  it('the CSV, the statement and the ledger have one total, to the last digit, adjustments included', async () => {
    await record('333333333', '1', '999999999999999');
    const { body } = await close();
    await admin.call('POST', `${statements}/${body.id}/adjustments`, {
      team: 'engineering',
      amount: '-0.000000001',
      reason: 'rounding',
    });
    const current = (await admin.call('GET', `${statements}/${body.id}`)).body;
    const rows = await csvRows(body.id);
    expect(rows).toHaveLength(4);
    expect(total(rows)).toBe(parseUsd(current.totalUsd));
    expect(total(rows)).toBe(await ledgerTotal(admin.connections.database.pool, organizationId, PERIOD));
    expect(rows[0]).toMatchObject({ statement_id: body.id, period: PERIOD, organization, agent: `'=cmd()` });
  });

  it('the CSV comes as a file of RFC 4180', async () => {
    await record('1');
    const { body } = await close();
    const csv = await admin.call('GET', `${statements}/${body.id}.csv`);
    expect(csv.status).toBe(200);
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(csv.headers.get('content-disposition')).toContain(`chargeback-${organization}-${PERIOD}-${body.id}.csv`);
    expect(csv.text.split('\r\n')).toHaveLength(3);
  });

  it('409: a closed month is not closed again unless something was recorded since', async () => {
    await record('10');
    const first = (await close()).body;
    expect((await close()).status).toBe(409);
    await record('5');
    const second = (await close()).body;
    expect([second.totalUsd, second.id === first.id]).toEqual(['0.000000005', false]);
    expect((await admin.call('GET', `${statements}/${first.id}`)).body).toEqual(first);
    expect((await admin.call('GET', statements)).body.data).toMatchObject([{ id: first.id }, { id: second.id }]);
  });

  it('an Idempotency-Key closes once', async () => {
    await record('10');
    const body = { period: PERIOD };
    const answers = await Promise.all(
      [1, 2].map(() => admin.call('POST', statements, body, { 'idempotency-key': 'k' })),
    );
    const done = answers.filter(({ status }) => status === 201);
    expect(done.length).toBeGreaterThan(0);
    const later = await admin.call('POST', statements, body, { 'idempotency-key': 'k' });
    expect(later).toMatchObject({ status: 201, body: { id: done[0]?.body.id, status: 'closed' } });
    expect((await admin.call('GET', statements)).body.data).toHaveLength(1);
  });

  it('201: an adjustment names its team and reason, and is a line of its own', async () => {
    await record('10');
    const { body } = await close();
    const adjustment = await admin.call('POST', `${statements}/${body.id}/adjustments`, {
      team: 'engineering',
      service: 'service-0',
      amount: '2.5',
      reason: 'seat licence',
    });
    expect(adjustment).toMatchObject({ status: 201, body: { statement: body.id, costCenter: 'CC-9', amount: '2.50' } });
    const after = (await admin.call('GET', `${statements}/${body.id}`)).body;
    expect(after).toMatchObject({ status: 'closed', linesHash: body.linesHash, totalUsd: '2.50000001' });
    expect(after.lines.at(-1)).toMatchObject({ adjustmentUsd: '2.50', costUsd: '0.00', reason: 'seat licence' });
  });

  it('closing and adjusting are in the audit trail', async () => {
    await record('10');
    const { body } = await close();
    await admin.call('POST', `${statements}/${body.id}/adjustments`, {
      team: 'engineering',
      amount: '1',
      reason: 'x',
    });
    const { prisma } = admin.connections.database;
    const events = await prisma.auditEvent.findMany({ where: { organizationId }, orderBy: { sequence: 'asc' } });
    expect(events.map(({ action }) => action).slice(-2)).toEqual(['statement.created', 'adjustment.created']);
  });

  it.each([
    ['period', { period: '2026-13' }],
    ['period', {}],
    ['preview', { period: PERIOD, preview: 'yes' }],
    ['surprise', { period: PERIOD, surprise: 1 }],
  ])('400: names the field that is wrong: %s', async (field, body) => {
    const answer = await admin.call('POST', statements, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it.each([
    ['amount', { team: 'engineering', amount: '0', reason: 'x' }],
    ['amount', { team: 'engineering', amount: 'lots', reason: 'x' }],
    ['reason', { team: 'engineering', amount: '1' }],
  ])('400: an adjustment without a sound %s', async (field, body) => {
    await record('1');
    const { id } = (await close()).body;
    const answer = await admin.call('POST', `${statements}/${id}/adjustments`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it('404: an adjustment to a team that nobody knows', async () => {
    await record('1');
    const { id } = (await close()).body;
    const body = { team: 'nobody', amount: '1', reason: 'x' };
    const answer = await admin.call('POST', `${statements}/${id}/adjustments`, body);
    expect([answer.status, answer.body.errors[0].field]).toEqual([404, 'team']);
  });

  it('404: no statement of another organization, by any path', async () => {
    await record('1');
    const { id } = (await close()).body;
    await admin.call('POST', '/organizations', { slug: `x${organization}`, name: 'Other' });
    const theirs = `/organizations/x${organization}/chargeback/statements`;
    const adjustment = { team: 'engineering', amount: '1', reason: 'x' };
    expect((await admin.call('GET', `${theirs}/${id}`)).status).toBe(404);
    expect((await admin.call('GET', `${theirs}/${id}.csv`)).status).toBe(404);
    expect((await admin.call('POST', `${theirs}/${id}/adjustments`, adjustment)).status).toBe(404);
    expect((await admin.call('GET', `${statements}/nothing.csv`)).status).toBe(404);
  });
});
