import { Worker } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcile } from '#libs/ledger';
import { QUEUES, type ReconcileJob } from '#libs/messages';
import { QUEUE_PREFIX } from '#libs/redis';
import { usageEvent } from '#libs/testing';
import { recordUsage } from '../../../../../test/admin/record-usage.js';
import { type AdminApp, startAdmin } from '../../../../../test/admin/start-admin.js';

const reconciliations = '/organizations/acme/chargeback/reconciliations';
const HEADER = 'start_time_iso,num_model_requests,api_key_id,model,input_tokens,output_tokens,input_cached_tokens\r\n';
const DAY = '2026-10-05T00:00:00+00:00';
const CSV = `${HEADER}${DAY},1,key_1,gpt-4o-mini-2024-07-18,1500,100,300\r\n${DAY},4,key_1,=cmd(),10,10,0\r\n`;
const CSV_TYPE = { 'content-type': 'text/csv' };

let admin: AdminApp;
let worker: Worker<ReconcileJob>;

beforeAll(async () => {
  admin = await startAdmin();
  const { database, config } = admin.connections;
  worker = new Worker<ReconcileJob>(
    QUEUES.reconcile,
    async ({ data: { organizationId, reconciliationId: id } }) => {
      await reconcile(database.pool, { id, organizationId }, async () => {});
    },
    { connection: { url: config.redisUrl, maxRetriesPerRequest: null }, prefix: QUEUE_PREFIX },
  );
  const { body } = await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' });
  await recordUsage(database.pool, [usageEvent({ organizationId: body.id, atMs: Date.UTC(2026, 9, 5, 12) })]);
});

afterAll(async () => {
  await worker?.close();
  await admin?.stop();
});

describe('reconciliations', () => {
  it('201: takes a CSV and answers what matches, what is missing and what differs', async () => {
    const answer = await admin.call('POST', `${reconciliations}?kind=openai-usage`, CSV, CSV_TYPE);
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body).toMatchObject({
      kind: 'openai-usage',
      provider: 'openai',
      status: 'done',
      progress: 100,
      rows: 2,
      from: '2026-10-05',
      lines: [
        { model: '=cmd()', outcome: 'missing-here', cause: 'unknown-model', provider: { requests: 4, costUsd: null } },
        { model: 'gpt-4o-mini-2024-07-18', outcome: 'matched', ledger: { inputTokens: 1500, costUsd: '0.00027' } },
      ],
    });
    const again = await admin.call('POST', `${reconciliations}?kind=openai-usage`, CSV, CSV_TYPE);
    expect(again.body.id).toBe(answer.body.id);
    expect((await admin.call('GET', reconciliations)).body.data).toHaveLength(1);
    const missing = await admin.call('GET', `${reconciliations}/${answer.body.id}?outcome=missing-here`);
    expect(missing.body.lines).toHaveLength(1);
    const csv = await admin.call('GET', `${reconciliations}/${answer.body.id}.csv`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.text).toContain(`'=cmd(),,missing-here,unknown-model,4,`);
  });

  it('201: takes a form with the file in it', async () => {
    const form = new FormData();
    form.set('kind', 'generic');
    form.set('parameters', JSON.stringify({ provider: 'openai', columns: { day: 'd', model: 'm', requests: 'n' } }));
    form.set('file', new Blob(['d,m,n\n2026-10-05,gpt-4o-mini,1\n'], { type: 'text/csv' }), 'bill.csv');
    const request = new Request('http://x', { method: 'POST', body: form });
    const type = request.headers.get('content-type') ?? '';
    const answer = await admin.call('POST', reconciliations, await request.text(), { 'content-type': type });
    expect(answer.status, answer.text).toBe(201);
    expect(answer.body.summary).toEqual([
      { outcome: 'matched', cause: null, lines: 1, providerCostUsd: null, ledgerCostUsd: '0.00027' },
    ]);
  });

  it('201: answers failed, with the reason, for a file that is something else', async () => {
    const { status, body } = await admin.call('POST', `${reconciliations}?kind=openai-costs`, CSV, CSV_TYPE);
    expect([status, body.status, body.error]).toEqual([201, 'failed', expect.stringContaining('amount_value')]);
  });

  it.each([
    ['kind', '?kind=invoice', CSV, CSV_TYPE],
    ['provider', `?kind=generic&parameters={"columns":{"day":"d","model":"m"}}`, CSV, CSV_TYPE],
    ['columns', '?kind=generic&parameters={"provider":"openai"}', CSV, CSV_TYPE],
    ['parameters', '?kind=openai-usage&parameters=[', CSV, CSV_TYPE],
    ['timezone', '?kind=openai-usage&parameters={"timezone":"Mars"}', CSV, CSV_TYPE],
    ['file', '?kind=openai-usage', '', CSV_TYPE],
    ['file', '?kind=openai-usage', {}, {}],
    ['file', '', '--x--\r\n', { 'content-type': 'multipart/form-data; boundary=x' }],
  ])('400: without a sound %s (%s)', async (field, query, body, headers) => {
    const answer = await admin.call('POST', `${reconciliations}${query}`, body, headers);
    expect([answer.status, answer.text.includes(field)], answer.text).toEqual([400, true]);
  });

  it('415: no other operation takes a file', async () => {
    expect((await admin.call('POST', '/organizations/acme/teams', CSV, CSV_TYPE)).status).toBe(415);
  });

  it('404: no reconciliation of another organization, by any path', async () => {
    await admin.call('POST', '/organizations', { slug: 'other', name: 'Other' });
    const [{ id }] = (await admin.call('GET', reconciliations)).body.data;
    const theirs = `/organizations/other/chargeback/reconciliations/${id}`;
    expect((await admin.call('GET', theirs)).status).toBe(404);
    expect((await admin.call('GET', `${theirs}.csv`)).status).toBe(404);
  });
});
