import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Anchor, anchoredHashes, anchorKeysFrom, append, verify, verifyExport } from '#libs/audit';
import { uuidv7 } from '#libs/core';
import { newDataKey, seal } from '#libs/vault';
import { newWebhookSecret } from '#libs/webhooks';
import { startReceiver } from '../../../../../test/worker/receiver.js';
import { startWorker, type WorkerApp } from '../../../../../test/worker/start-worker.js';

let worker: WorkerApp;
beforeAll(async () => {
  worker = await startWorker({ TOLLGATE_ANCHOR_EVERY_MS: '100', TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true' });
});
afterAll(() => worker.stop());

const eventOf = (organizationId: string) => ({
  organizationId,
  atMs: 0,
  actor: { kind: 'operator' as const, id: 'op', name: 'op' },
  action: 'team.created',
  resource: { kind: 'team', id: 't', slug: null },
  before: null,
  after: null,
  from: { ip: null, userAgent: null, requestId: null },
});

it('a webhook is sent each anchor as it is signed, and it is enough to find a cut end', async () => {
  await using receiver = await startReceiver();
  const { prisma } = worker.connections.database;
  const organizationId = uuidv7();
  const { wrapped, key } = await newDataKey(worker.connections.masterKey, organizationId);
  await prisma.organization.create({
    data: { id: organizationId, slug: 'told', name: 'Told', wrappedDataKey: wrapped },
  });
  const id = uuidv7();
  const sealedSecret = seal(key, id, newWebhookSecret());
  await prisma.webhook.create({
    data: { id, organizationId, slug: 'far', url: receiver.url, events: ['audit.anchor'], sealedSecret },
  });
  await prisma.$transaction((tx) => append(tx, eventOf(organizationId)));
  const anchor = await vi.waitFor(() => {
    const { type, data } = JSON.parse(String(receiver.received[0]?.body));
    expect(type).toBe('audit.anchor');
    return data as Anchor;
  }, 20_000);
  const directory = join(worker.connections.config.dataDir, 'anchors');
  const keys = anchorKeysFrom(JSON.parse(await readFile(join(directory, 'keys.json'), 'utf8')));
  expect(verifyExport({ organizationId, links: [], anchors: [anchor], keys })).toEqual({
    ok: false,
    broken: { sequence: 1n, reason: 'missing tail' },
  });
});

it('an audit trail whose end is cut off in the database is found against the anchors that the worker wrote', async () => {
  const { prisma, pool } = worker.connections.database;
  const directory = join(worker.connections.config.dataDir, 'anchors');
  const organizationId = uuidv7();
  const event = eventOf(organizationId);
  for (let n = 0; n < 3; n++) await prisma.$transaction((tx) => append(tx, event));
  const anchors = (await vi.waitFor(async () => {
    const lines = (await readFile(join(directory, `${organizationId}.jsonl`), 'utf8')).trimEnd().split('\n');
    const read = lines.map((line) => JSON.parse(line) as Anchor);
    expect(read.at(-1)?.sequence).toBe('3');
    return read;
  }, 20_000)) as Anchor[];
  const keys = anchorKeysFrom(JSON.parse(await readFile(join(directory, 'keys.json'), 'utf8')));
  const said = anchoredHashes(organizationId, anchors, keys);
  if (!said.ok) throw new Error(said.broken.reason);
  expect(await verify(prisma, organizationId, said.anchored)).toMatchObject({ ok: true, head: { sequence: 3n } });

  await pool.query(`ALTER TABLE audit_events DISABLE TRIGGER USER;
    DELETE FROM audit_events WHERE sequence = 3 AND organization_id = '${organizationId}';
    ALTER TABLE audit_events ENABLE TRIGGER USER`);
  expect(await verify(prisma, organizationId)).toMatchObject({ ok: true });
  expect(await verify(prisma, organizationId, said.anchored)).toEqual({
    ok: false,
    broken: { sequence: 3n, reason: 'missing tail' },
  });
  await vi.waitFor(async () => {
    const metrics = await (await fetch(`${worker.url}/metrics`)).text();
    expect(metrics).toContain('tollgate_audit_trails_broken 1');
  }, 20_000);
});
