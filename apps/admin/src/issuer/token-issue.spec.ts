import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#libs/core';
import { type TestDatabase, type TestRedis, testDatabase, testRedis } from '#libs/testing';
import {
  type IssuerUnderTest,
  type SeededService,
  seedOperator,
  seedService,
  startIssuerUnderTest,
} from '../../test/issuer-under-test.js';

let database: TestDatabase;
let redis: TestRedis;
let tested: IssuerUnderTest;
let service: SeededService;
/** Turned by hand; the issuer's own protocol runs on real time. */
let aheadMs = 0;

beforeAll(async () => {
  [database, redis] = await Promise.all([testDatabase(), testRedis()]);
  const clock = { ...systemClock, now: () => Date.now() + aheadMs };
  tested = await startIssuerUnderTest({ databaseUrl: database.url, redisUrl: redis.url, clock });
});
beforeEach(async () => {
  aheadMs = 0;
  service = await seedService(tested.prisma);
});
afterAll(async () => {
  await tested?.[Symbol.asyncDispose]();
  await Promise.all([redis?.stop(), database?.stop()]);
});

type Client = Pick<SeededService, 'clientId' | 'secret'>;

function ask({ clientId, secret }: Client, address = '192.0.2.1'): Promise<Response> {
  return fetch(`${tested.url}/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'x-forwarded-for': address,
      'user-agent': 'spec',
    },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
}

const eventsOf = (organizationId: string) =>
  tested.prisma.auditEvent.findMany({ where: { organizationId }, orderBy: { sequence: 'asc' } });

describe('the issue of a token is in the audit trail', () => {
  it('with whose it is, what it was got with, and from where', async () => {
    expect((await ask(service)).status).toBe(200);
    expect(await eventsOf(service.organizationId)).toMatchObject([
      {
        action: 'token.issued',
        actor: { kind: 'service', id: service.serviceId, name: 'app' },
        after: {
          audience: 'urn:tollgate:gateway',
          credential: service.credentialId,
          boundToKey: null,
          onBehalfOf: null,
        },
        origin: { ip: '192.0.2.1', userAgent: 'spec' },
      },
    ]);
  });

  it('once for all that are alike within the ten minutes of a token’s life; the next event says how many they were', async () => {
    for (let n = 0; n < 3; n++) await ask(service);
    expect(await eventsOf(service.organizationId)).toHaveLength(1);
    await ask(service, '198.51.100.7');
    expect(await eventsOf(service.organizationId)).toHaveLength(2);
    aheadMs = 600_001;
    await ask(service);
    const events = await eventsOf(service.organizationId);
    expect(events.at(-1)?.after).toMatchObject({ sinceLastEvent: 2 });
    expect(events).toHaveLength(3);
  });

  it('also of an operator', async () => {
    const operator = await seedOperator(tested.prisma);
    await ask(operator);
    const events = await eventsOf('00000000-0000-0000-0000-000000000000');
    expect(events.at(-1)).toMatchObject({ action: 'token.issued', actor: { kind: 'operator', id: operator.clientId } });
  });

  it('or there is no token', async () => {
    await tested.prisma.$executeRaw`ALTER TABLE audit_events RENAME TO audit_events_away`;
    const answer = await ask(service);
    await tested.prisma.$executeRaw`ALTER TABLE audit_events_away RENAME TO audit_events`;
    expect([answer.status, await answer.json()]).toMatchObject([500, { error: 'server_error' }]);
    expect((await ask(service)).status).toBe(200);
  });
});

describe('after ten failures of a client from one network within a minute', () => {
  const fail = (times: number, address?: string) =>
    Promise.all(Array.from({ length: times }, () => ask({ ...service, secret: 'wrong' }, address)));

  it('429: it has to wait there, at most the minute, with a right secret too', async () => {
    expect((await fail(10)).map(({ status }) => status)).toEqual(Array(10).fill(401));
    const answer = await ask(service);
    expect([answer.status, await answer.json()]).toMatchObject([429, { error: 'temporarily_unavailable' }]);
    const seconds = Number(answer.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
  });

  it('200: it gets in from everywhere else, and everyone else from there', async () => {
    const other = await seedService(tested.prisma);
    await fail(12);
    expect([(await ask(service, '198.51.100.9')).status, (await ask(other)).status]).toEqual([200, 200]);
  });

  it('429: addresses of one IPv6 network are one', async () => {
    await fail(6, '2001:db8:0:1::1');
    await fail(6, '2001:db8:0:1:ffff::2');
    expect((await ask(service, '2001:db8:0:1::3')).status).toBe(429);
    expect((await ask(service, '2001:db8:0:2::1')).status).toBe(200);
  });

  it('nobody whom we do not know is told apart from somebody whom we do', async () => {
    const nobody = { clientId: 'client-nobody', secret: 'wrong' };
    const statuses = async (client: Client) => {
      for (let n = 0; n < 10; n++) await ask(client, '203.0.113.5');
      return (await ask(client, '203.0.113.5')).status;
    };
    expect(await statuses(nobody)).toBe(429);
    expect(await statuses({ ...service, secret: 'wrong' })).toBe(429);
  });
});

it('a network that fails with ever new clients gets 429 instead of 401, and is served where it is right', async () => {
  const address = '203.0.113.77';
  const statuses = new Set<number>();
  for (let n = 0; n < 310; n += 10)
    for (const { status } of await Promise.all(
      Array.from({ length: 10 }, (_, i) => ask({ clientId: `client-${n + i}`, secret: 'wrong' }, address)),
    ))
      statuses.add(status);
  expect([...statuses]).toEqual([401, 429]);
  expect((await ask(service, address)).status).toBe(200);
});

it('the keys that count failures end by themselves', async () => {
  await ask({ ...service, secret: 'wrong' });
  const kept = await tested.redis.keys('tollgate:authentication-failures:*');
  expect(kept.length).toBeGreaterThan(0);
  for (const key of kept) expect(await tested.redis.ttl(key)).toBeGreaterThan(0);
});
