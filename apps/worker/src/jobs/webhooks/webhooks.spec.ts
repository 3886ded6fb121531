import { Queue } from 'bullmq';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock, uuidv7 } from '#libs/core';
import { QUEUES } from '#libs/messages';
import { keys, QUEUE_PREFIX } from '#libs/redis';
import { newDataKey, seal } from '#libs/vault';
import { newWebhookSecret, signedHeaders } from '#libs/webhooks';
import { startReceiver } from '../../../../../test/worker/receiver.js';
import { startWorker, type WorkerApp } from '../../../../../test/worker/start-worker.js';
import { expiringCredentials } from '../alert/expiring-credentials.js';
import { deliver } from './deliver.js';
import { post } from './post.js';

let worker: WorkerApp;
let organizationId: string;
let dataKey: Buffer;
let jobs: Queue;

const prisma = () => worker.connections.database.prisma;
const redis = () => worker.connections.redis;

beforeAll(async () => {
  worker = await startWorker({ TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true' });
  organizationId = uuidv7();
  const { wrapped, key } = await newDataKey(worker.connections.masterKey, organizationId);
  dataKey = key;
  await prisma().organization.create({
    data: { id: organizationId, slug: 'acme', name: 'Acme', wrappedDataKey: wrapped },
  });
  jobs = new Queue(QUEUES.webhooks, { connection: { url: worker.connections.config.redisUrl }, prefix: QUEUE_PREFIX });
});
afterAll(async () => {
  await jobs?.close();
  await worker?.stop();
});

const eventually = (check: () => Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 50 });

async function webhook(url: string, events: string[], enabled = true): Promise<{ id: string; secret: string }> {
  const [id, secret] = [uuidv7(), newWebhookSecret()];
  const sealedSecret = seal(dataKey, id, secret);
  await prisma().webhook.create({
    data: { id, organizationId, slug: `w-${id.slice(-12)}`, url, events, enabled, sealedSecret },
  });
  return { id, secret };
}

async function delivery(webhookId: string): Promise<string> {
  const event = { id: uuidv7(), organizationId, type: 'webhook.test', key: uuidv7(), at: new Date(), data: {} };
  await prisma().webhookEvent.create({ data: event });
  return (await prisma().webhookDelivery.create({ data: { id: uuidv7(), webhookId, eventId: event.id } })).id;
}

const parts = () => ({
  prisma: prisma(),
  masterKey: worker.connections.masterKey,
  clock: systemClock,
  allowPrivate: true,
});

describe('a webhook', () => {
  it('is told once of a budget threshold that was found crossed twice, signed; one that is disabled or wants other events is not', async () => {
    await using receiver = await startReceiver();
    const { id, secret } = await webhook(receiver.url, ['budget.threshold', 'audit.anchor']);
    const off = await webhook(receiver.url, ['budget.threshold'], false);
    const other = await webhook(receiver.url, ['ledger.difference']);
    const data = { id: uuidv7(), organizationId, slug: 'monthly', amountNanoUsd: 2_000_000_000n, period: 'month' };
    await prisma().budget.create({ data });
    const crossed = ['budget', data.id, 'subject', '', 'period', '2026-11', 'share', '500'];
    const entry = [...crossed, 'committed', '1200000000', 'reserved', '100000000'];
    for (const _ of [1, 2]) await redis().xadd(keys.budgetAlerts(organizationId), '*', ...entry);
    await eventually(async () => {
      const [row] = await prisma().webhookDelivery.findMany({ where: { webhookId: id } });
      expect(row).toMatchObject({ status: 'delivered', attempts: 1, lastStatus: 204, nextAttemptAt: null });
      expect(await redis().xlen(keys.budgetAlerts(organizationId))).toBe(0);
    });
    expect(await prisma().webhookDelivery.count({ where: { webhookId: { in: [id, off.id, other.id] } } })).toBe(1);
    const [{ headers, body } = { headers: {}, body: '' }, ...more] = receiver.received;
    expect(more).toEqual([]);
    expect(JSON.parse(body)).toMatchObject({
      ...{ id: headers['webhook-id'], type: 'budget.threshold', organization: 'acme' },
      data: { budget: 'monthly', share: 0.5, amountUsd: '2.00', spentUsd: '1.10', period: '2026-11' },
    });
    const sent = { id: String(headers['webhook-id']), atMs: Number(headers['webhook-timestamp']) * 1000, body };
    expect(headers).toMatchObject(signedHeaders([secret], sent));
  });

  it('gets an event again under the same id when it did not take it', async () => {
    await using receiver = await startReceiver(500);
    const { id } = await webhook(receiver.url, ['ingest.dead_letter']);
    await redis().xadd(keys.usage(organizationId), '*', 'event', '{"no":"event"}');
    await eventually(async () => {
      const [row] = await prisma().webhookDelivery.findMany({ where: { webhookId: id } });
      expect(row).toMatchObject({ status: 'waiting', attempts: 1, lastStatus: 500, nextAttemptAt: expect.any(Date) });
      await (await jobs.getJob(row?.id ?? ''))?.promote();
    });
    await eventually(async () => {
      const [row] = await prisma().webhookDelivery.findMany({ where: { webhookId: id } });
      expect(row).toMatchObject({ status: 'delivered', attempts: 2, lastStatus: 204, lastError: null });
    });
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  it('is given up after the last attempt, and at once when it says that it is gone', async () => {
    await using receiver = await startReceiver(503, 410);
    const { id } = await webhook(receiver.url, ['audit.anchor']);
    const [last, gone] = [await delivery(id), await delivery(id)];
    expect(await deliver(parts(), last, null)).toBeNull();
    expect(await deliver(parts(), gone, 1_000)).toBeNull();
    for (const [deliveryId, lastStatus] of [
      [last, 503],
      [gone, 410],
    ] as const)
      expect(await prisma().webhookDelivery.findUnique({ where: { id: deliveryId } })).toMatchObject({
        ...{ status: 'failed', lastStatus, nextAttemptAt: null, finishedAt: expect.any(Date) },
        lastError: `The receiver answered with status ${lastStatus}.`,
      });
    expect(await deliver(parts(), gone, 1_000)).toBeNull();
    expect(receiver.received).toHaveLength(2);
  });

  it('gets what it missed when the jobs were lost with Redis', async () => {
    await using receiver = await startReceiver();
    const { id } = await webhook(receiver.url, ['audit.anchor']);
    const lost = await delivery(id);
    await prisma().webhookDelivery.update({ where: { id: lost }, data: { nextAttemptAt: new Date(0) } });
    await jobs.add('tidy', {});
    await eventually(async () =>
      expect(await prisma().webhookDelivery.findUnique({ where: { id: lost } })).toMatchObject({ status: 'delivered' }),
    );
  });

  it('is signed by both secrets while one is changed for the other', async () => {
    await using receiver = await startReceiver();
    const { id, secret } = await webhook(receiver.url, ['audit.anchor']);
    const next = newWebhookSecret();
    const sealed = { sealedSecret: seal(dataKey, id, next), sealedPreviousSecret: seal(dataKey, id, secret) };
    const change = (untilMs: number) =>
      prisma().webhook.update({ where: { id }, data: { ...sealed, previousUntil: new Date(untilMs) } });
    await change(Date.now() + 60_000);
    await deliver(parts(), await delivery(id), null);
    await change(Date.now() - 1);
    await deliver(parts(), await delivery(id), null);
    const signatures = receiver.received.map(({ headers }) => String(headers['webhook-signature']).split(' ').length);
    expect(signatures).toEqual([2, 1]);
  });

  it('on a private network is not connected to, written as an address or as a name', async () => {
    await using receiver = await startReceiver();
    for (const url of [receiver.url, receiver.url.replace('127.0.0.1', 'localhost')])
      expect(await post({ url, headers: {}, body: '', allowPrivate: false })).toEqual({
        status: null,
        error: 'The URL leads to a private network.',
      });
    expect(receiver.received).toEqual([]);
  });
});

describe('what is announced', () => {
  it('of a model whose breaker is open: what the gateways report, once in a quarter of an hour', async () => {
    const credential = { id: uuidv7(), organizationId, slug: 'c', provider: 'openai', sealedSecret: 'x', hint: '' };
    await prisma().providerCredential.create({ data: credential });
    const model = { id: uuidv7(), organizationId, slug: 'm', provider: 'openai', upstreamModel: 'gpt' };
    await prisma().model.create({ data: { ...model, credentialId: credential.id } });
    const report = (state: string, atMs = Date.now()) =>
      JSON.stringify({ atMs, models: [{ id: model.id, state, untilMs: null, firstTokenMs: null }] });
    const hash = keys.modelHealthReports(organizationId);
    await redis().hset(hash, { a: report('open'), b: report('closed'), dead: report('open', 0) });
    await eventually(async () => {
      const events = await prisma().webhookEvent.findMany({ where: { organizationId, type: 'model.breaker_open' } });
      expect(events.map(({ data }) => data)).toContainEqual({ model: 'm', provider: 'openai', gateways: 1 });
      expect(events.length).toBeLessThanOrEqual(2);
    });
  });

  it('of credentials: those that end within seven days, and not those of a service that has ended', async () => {
    const team = { id: uuidv7(), organizationId, slug: 't', name: 'T' };
    await prisma().team.create({ data: team });
    const service = (slug: string, decommissionedAt: Date | null) => ({
      ...{ id: uuidv7(), organizationId, teamId: team.id, slug, name: slug, clientId: slug, decommissionedAt },
    });
    const [running, ended] = [service('running', null), service('ended', new Date())];
    await prisma().service.createMany({ data: [running, ended] });
    const key = (serviceId: string, days: number) => ({
      ...{ id: uuidv7(), organizationId, serviceId, name: 'k', hash: uuidv7(), prefix: 'tg-1' },
      expiresAt: new Date(Date.now() + days * 86_400_000),
    });
    const soon = key(running.id, 6);
    await prisma().gatewayKey.createMany({ data: [soon, key(running.id, 8), key(running.id, -1), key(ended.id, 6)] });
    const events = await expiringCredentials(prisma(), Date.now());
    expect(events).toMatchObject([
      { type: 'credential.expiring', data: { service: 'running', id: soon.id, kind: 'key', name: 'k', hint: 'tg-1' } },
    ]);
    expect(await expiringCredentials(prisma(), Date.now() + 1)).toMatchObject([{ key: events[0]?.key }]);
  });
});
