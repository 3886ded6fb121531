import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock, uuidv7 } from '#libs/core';
import { createDatabase, type Database } from '#libs/database';
import { countDeadLetters, replayDeadLetters } from '#libs/ledger';
import type { UsageEvent } from '#libs/messages';
import { connectRedis, INGEST_GROUP, keys } from '#libs/redis';
import { createLogger, createRegistry } from '#libs/telemetry';
import { type TestDatabase, type TestRedis, testDatabase, testRedis, usageEvent } from '#libs/testing';
import { type IngestParts, ingest } from './ingest.js';
import { ingestMetrics } from './ingest-metrics.js';
import { RecordWriter } from './record-writer.js';
import { UsageStreams } from './usage-streams.js';

let server: TestDatabase;
let redisServer: TestRedis;
let database: Database;
let redis: ReturnType<typeof connectRedis>;
let organizationId: string;
const closers: (() => Promise<void>)[] = [];

beforeEach(async () => {
  [server, redisServer] = await Promise.all([testDatabase(), testRedis()]);
  database = createDatabase(server.url);
  redis = connectRedis(redisServer.url, { name: 'spec', patience: 'wait' });
  organizationId = uuidv7();
});

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  redis.disconnect();
  await database.close();
  await Promise.all([server.stop(), redisServer.stop()]);
});

/** What one worker process has, without the process. */
function consumer(): { readonly streams: UsageStreams; readonly parts: IngestParts; readonly touched: string[] } {
  const blocking = connectRedis(redisServer.url, { name: 'spec-blocking', patience: 'wait' });
  closers.push(async () => blocking.disconnect());
  const streams = new UsageStreams(redis, blocking, randomUUID());
  const touched: string[] = [];
  const parts: IngestParts = {
    streams,
    redis,
    records: new RecordWriter(database.pool),
    organizations: async () => [organizationId],
    onDead: async () => undefined,
    onTouched: async (hours) => {
      touched.push(...hours.map(({ hour }) => hour));
    },
    metrics: ingestMetrics(createRegistry(), () => systemClock.now()),
    logger: createLogger('worker', 'silent'),
    clock: systemClock,
  };
  return { streams, parts, touched };
}

/** Starts ingest and stops it when the test ends. */
function start({ parts }: { readonly parts: IngestParts }): void {
  const stopping = new AbortController();
  const running = ingest(parts, stopping.signal);
  closers.push(async () => {
    stopping.abort();
    await running;
  });
}

async function emit(...events: readonly (UsageEvent | string)[]): Promise<void> {
  for (const event of events)
    await redis.xadd(
      keys.usage(organizationId),
      '*',
      'event',
      typeof event === 'string' ? event : JSON.stringify(event),
    );
}

const event = (facts: Partial<UsageEvent> = {}): UsageEvent => usageEvent({ organizationId, ...facts });

const many = (count: number): UsageEvent[] => Array.from({ length: count }, () => event());

const recorded = async (): Promise<string[]> => {
  const records = await database.prisma.usageRecord.findMany({ where: { organizationId } });
  return records.map(({ callId }) => callId).sort();
};

const idsOf = (events: readonly UsageEvent[]): string[] => events.map(({ callId }) => callId).sort();

const settled = (): Promise<void> =>
  vi.waitFor(
    async () => {
      expect(await redis.xlen(keys.usage(organizationId))).toBe(0);
      expect(await redis.xpending(keys.usage(organizationId), INGEST_GROUP)).toEqual([0, null, null, null]);
    },
    { timeout: 15_000, interval: 20 },
  );

describe('ingest', () => {
  it('moves every event into the ledger, with the partitions of its day, and leaves the stream empty', async () => {
    const events = [...many(20), event({ atMs: Date.now() - 40 * 86_400_000 })];
    await emit(...events);
    const worker = consumer();
    start(worker);
    await settled();
    expect(await recorded()).toEqual(idsOf(events));
    expect(new Set(worker.touched).size).toBeGreaterThanOrEqual(2);
  });

  it('takes an event that comes while it waits', async () => {
    start(consumer());
    const late = event();
    await vi.waitFor(async () => expect(await redis.exists(keys.usage(organizationId))).toBe(1));
    await emit(late);
    await settled();
    expect(await recorded()).toEqual([late.callId]);
  });

  it('notes when a gateway key and a credential were last used, whichever event comes first', async () => {
    const [teamId, serviceId, keyId, credentialId] = [uuidv7(), uuidv7(), uuidv7(), uuidv7()];
    const { prisma } = database;
    const named = { organizationId, slug: 'acme', name: 'Acme' };
    await prisma.organization.create({ data: { id: organizationId, slug: 'acme', name: 'Acme', wrappedDataKey: '' } });
    await prisma.team.create({ data: { id: teamId, ...named } });
    await prisma.service.create({ data: { id: serviceId, teamId, clientId: 'svc', ...named } });
    const of = { organizationId, serviceId };
    await prisma.gatewayKey.create({ data: { id: keyId, ...of, name: 'Key', hash: 'hash', prefix: 'tg-' } });
    await prisma.serviceCredential.create({ data: { id: credentialId, ...of, kind: 'secret' } });
    const nowMs = Date.now();
    const used = (id: string, agoMs: number) => event({ credentialId: id, atMs: nowMs - agoMs });
    await emit(used(keyId, 0), used(keyId, 500_000), used(credentialId, 200_000), event({ credentialId: 'not-an-id' }));
    start(consumer());
    await settled();
    expect((await prisma.gatewayKey.findFirst())?.lastUsedAt).toEqual(new Date(nowMs));
    expect((await prisma.serviceCredential.findFirst())?.lastUsedAt).toEqual(new Date(nowMs - 200_000));
  });

  it('by two workers at once keeps each event once', async () => {
    start(consumer());
    start(consumer());
    const events = many(300);
    await emit(...events, ...events.slice(0, 100));
    await settled();
    expect(await recorded()).toEqual(idsOf(events));
  });

  it.each(['after reading', 'after the commit'])('loses and doubles nothing when a worker dies %s', async (moment) => {
    const events = many(50);
    await emit(...events);
    const dying = consumer();
    await dying.streams.open([organizationId]);
    const entries = await dying.streams.readNew([organizationId], 10);
    expect(entries).toHaveLength(50);
    if (moment === 'after the commit') {
      const streams = Object.assign(Object.create(dying.streams), { acknowledge: () => new Promise<void>(() => {}) });
      const stuck = new AbortController();
      const committed = new Promise<void>((resolve) => {
        void ingest({ ...dying.parts, streams, onTouched: async () => resolve() }, stuck.signal);
      });
      await committed;
      stuck.abort();
      expect(await recorded()).toHaveLength(50);
    }
    start(consumer());
    await settled();
    expect(await recorded()).toEqual(idsOf(events));
  });

  it('puts a poison event aside with its reason and keeps the others', async () => {
    const good = many(5);
    await emit('{"version":1', good[0]!, JSON.stringify({ ...event(), version: 9 }), ...good.slice(1));
    await emit(event({ organizationId: uuidv7() }));
    start(consumer());
    await settled();
    expect(await recorded()).toEqual(idsOf(good));
    const dead = Object.values(await redis.hgetall(keys.deadUsage(organizationId))).map((json) => JSON.parse(json));
    expect(dead.map(({ reason }) => reason)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('JSON'),
        'unknown version: 9',
        'belongs to another organization than its stream',
      ]),
    );
    expect(dead.find(({ reason }) => reason.includes('JSON')).event).toBe('{"version":1');
  });

  it('finds the one event that Postgres refuses among many', async () => {
    await database.pool.query(`ALTER TABLE usage_records ADD CONSTRAINT no_thirteen CHECK (latency_ms <> 13)`);
    const good = many(40);
    await emit(...good.slice(0, 20), event({ latencyMs: 13 }), ...good.slice(20));
    start(consumer());
    await settled();
    expect(await recorded()).toEqual(idsOf(good));
    expect(await redis.hlen(keys.deadUsage(organizationId))).toBe(1);
  });

  it('refuses a call from before what its organization keeps; replayed, an event is recorded once it can be', async () => {
    await database.prisma.organization.create({
      data: { id: organizationId, slug: 'acme', name: 'Acme', wrappedDataKey: 'k' },
    });
    const data = { organizationId, recordsFrom: new Date(Date.now() - 3_600_000) };
    await database.prisma.organizationSettings.create({ data });
    const [late, good] = [event({ atMs: Date.now() - 7_200_000 }), event()];
    await emit(late, good);
    start(consumer());
    await settled();
    expect(await recorded()).toEqual(idsOf([good]));
    expect(await countDeadLetters(redis, organizationId)).toBe(1);
    await database.prisma.organizationSettings.delete({ where: { organizationId } });
    expect(await replayDeadLetters(redis, organizationId)).toBe(1);
    await vi.waitFor(async () => expect(await recorded()).toEqual(idsOf([late, good])), { timeout: 10_000 });
    expect(await countDeadLetters(redis, organizationId)).toBe(0);
  });

  it('goes on with the same events when Postgres comes back', async () => {
    const events = many(10);
    await database.pool.query('ALTER TABLE usage_records RENAME TO usage_records_away');
    await emit(...events);
    const worker = consumer();
    const waiting = new Promise<void>((resolve) => {
      start({ parts: { ...worker.parts, metrics: { ...worker.parts.metrics, working: (is) => is || resolve() } } });
    });
    await waiting;
    expect(await redis.xlen(keys.usage(organizationId))).toBe(10);
    await database.pool.query('ALTER TABLE usage_records_away RENAME TO usage_records');
    await settled();
    expect(await recorded()).toEqual(idsOf(events));
  });

  it('goes on when Redis has lost its streams', async () => {
    start(consumer());
    await vi.waitFor(async () => expect(await redis.exists(keys.usage(organizationId))).toBe(1));
    await redis.flushall();
    const events = many(3);
    await emit(...events);
    await settled();
    expect(await recorded()).toEqual(idsOf(events));
  });

  it('leaves no consumer behind when it ends with nothing in hand', async () => {
    const worker = consumer();
    await worker.streams.open([organizationId]);
    await worker.streams.readNew([organizationId], 1);
    await worker.streams.leave();
    expect(await redis.xinfo('CONSUMERS', keys.usage(organizationId), INGEST_GROUP)).toEqual([]);
  });
});
