import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signedHeaders } from '#libs/webhooks';
import { startReceiver } from '../worker/receiver.js';
import { startWorkerOn, type WorkerApp } from '../worker/start-worker.js';
import { type AdminApp, startAdmin } from './start-admin.js';

const webhooks = '/organizations/acme/webhooks';
const EVENTS = ['budget.threshold', 'audit.anchor'];
let admin: AdminApp;
let worker: Omit<WorkerApp, 'redisPid'>;

beforeAll(async () => {
  admin = await startAdmin();
  const { masterKey } = admin.connections.config;
  worker = await startWorkerOn({
    DATABASE_URL: admin.database.url,
    REDIS_URL: admin.redis.url,
    TOLLGATE_MASTER_KEY: (masterKey as Buffer).toString('base64'),
    TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true',
  });
  for (const slug of ['acme', 'other']) await admin.call('POST', '/organizations', { slug, name: slug });
});
afterAll(async () => {
  await worker?.stop();
  await admin?.stop();
});

const make = async (slug: string, url = 'http://127.0.0.1:9/hook') =>
  (await admin.call('POST', webhooks, { slug, url, events: EVENTS })).body;

describe('webhooks', () => {
  it('201: show their secret once, and never again, nor in the audit trail', async () => {
    const body = { slug: 'alerts', url: 'https://hooks.example.com/t?sig=1', events: EVENTS };
    const made = await admin.call('POST', webhooks, body);
    expect(made.status, made.text).toBe(201);
    const { secret, ...rest } = made.body;
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(rest).toMatchObject({ ...body, enabled: true, previousSecretUntil: null });
    expect((await admin.call('GET', `${webhooks}/alerts`)).body).toEqual(rest);
    expect((await admin.call('GET', webhooks)).text).not.toContain('whsec_');
    const { text } = await admin.call('GET', '/organizations/acme/audit-events');
    expect(text).toContain('webhook.created');
    expect(text).not.toContain(secret.slice(6));
  });

  it('200: change, and get a new secret while the one before is still good', async () => {
    const made = await make('changing');
    const changed = await admin.call('PATCH', `${webhooks}/changing`, { events: ['audit.anchor'], enabled: false });
    expect(changed.body).toMatchObject({ events: ['audit.anchor'], enabled: false, url: made.url });
    const rotated = await admin.call('POST', `${webhooks}/changing/rotate-secret`);
    expect(rotated.body.secret).not.toBe(made.secret);
    expect(Date.parse(rotated.body.previousSecretUntil)).toBeGreaterThan(Date.now() + 23 * 3_600_000);
  });

  it('200: a test event arrives, signed by the secret that was shown; what was delivered can be seen and sent again', async () => {
    await using receiver = await startReceiver(500);
    const { secret } = await make('tried', receiver.url);
    const test = await admin.call('POST', `${webhooks}/tried/test`);
    expect(test.body).toMatchObject({
      status: 'waiting',
      attempts: 1,
      lastStatus: 500,
      event: { type: 'webhook.test' },
    });
    const again = await admin.call('POST', `${webhooks}/tried/deliveries/${test.body.id}/redeliver`);
    expect(again.body).toMatchObject({ status: 'delivered', lastStatus: 204, event: test.body.event });
    const { data } = (await admin.call('GET', `${webhooks}/tried/deliveries?limit=1`)).body;
    expect(data).toEqual([again.body]);
    const { headers, body } = receiver.received[1] as (typeof receiver.received)[number];
    const sent = { id: test.body.event.id, atMs: Number(headers['webhook-timestamp']) * 1000, body };
    expect(headers).toMatchObject(signedHeaders([secret], sent));
  });

  it('200: of deliveries, the newest come first, page by page', async () => {
    await using receiver = await startReceiver();
    await make('paged', receiver.url);
    const sent: string[] = [];
    for (const _ of [1, 2, 3]) sent.unshift((await admin.call('POST', `${webhooks}/paged/test`)).body.id);
    const first = (await admin.call('GET', `${webhooks}/paged/deliveries?limit=2`)).body;
    const rest = await admin.call('GET', `${webhooks}/paged/deliveries?limit=2&cursor=${first.nextCursor}`);
    expect([...first.data, ...rest.body.data].map(({ id }) => id)).toEqual(sent);
    expect(rest.body.nextCursor).toBeNull();
  });

  it.each([
    ['url', { url: 'ftp://example.com' }],
    ['url', { url: 'https://user:secret@example.com' }],
    ['events', { events: [] }],
    ['events', { events: ['audit.anchor', 'audit.anchor'] }],
    ['events', { events: ['everything'] }],
    ['slug', { slug: 'A B' }],
  ])('400: name the field that is wrong: %s', async (field, wrong) => {
    const body = { slug: 'wrong', url: 'https://example.com', events: EVENTS, ...wrong };
    const answer = await admin.call('POST', webhooks, body);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
  });

  it("404: another organization's webhook and its deliveries are not found", async () => {
    const { id } = await make('own');
    for (const path of ['', '/deliveries', `/deliveries/${id}`])
      expect((await admin.call('GET', `/organizations/other/webhooks/${id}${path}`)).status).toBe(404);
    expect((await admin.call('POST', `/organizations/other/webhooks/${id}/test`)).status).toBe(404);
  });

  it('409 and 412: a slug is taken once, and a change needs the version that was seen', async () => {
    await make('once');
    expect((await admin.call('POST', webhooks, { slug: 'once', url: 'https://e.com', events: EVENTS })).status).toBe(
      409,
    );
    const stale = { 'if-match': '"never"' };
    expect((await admin.call('POST', `${webhooks}/once/rotate-secret`, undefined, stale)).status).toBe(412);
  });

  it('204: are deleted with their deliveries', async () => {
    const { id } = await make('gone');
    await admin.connections.database.prisma.webhookEvent.create({
      data: {
        ...{ id, organizationId: (await admin.call('GET', '/organizations/acme')).body.id, type: 'audit.anchor' },
        ...{ key: 'x', at: new Date(), data: {}, deliveries: { create: { id, webhookId: id } } },
      },
    });
    expect((await admin.call('DELETE', `${webhooks}/gone`)).status).toBe(204);
    expect((await admin.call('GET', `${webhooks}/gone`)).status).toBe(404);
    expect(await admin.connections.database.prisma.webhookDelivery.count({ where: { webhookId: id } })).toBe(0);
  });
});
