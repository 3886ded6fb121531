import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import { memberOf } from '../admin/sign-in.js';
import { type AdminApp, startAdmin } from '../admin/start-admin.js';
import { type Stack, startStack, tokenOf, until } from '../e2e/stack.js';

/** `npm run revocation` tries each kind a hundred times, and holds each to a second: a measurement, for a quiet machine. */
const TRIALS = Number(process.env['REVOCATION_TRIALS'] ?? 2);
const WITHIN_MS = Number(process.env['REVOCATION_WITHIN_MS'] ?? 60_000);
const LOOK_EVERY_MS = 5;

/** Something that lets a caller in, and how it is taken away. */
interface Granted {
  /** What a gateway answers to it, 200 as long as it is good. */
  status(gatewayUrl: string): Promise<number>;
  revoke(): Promise<{ readonly status: number }>;
}

const services = '/organizations/acme/services';
let stack: Stack;
let redis: Redis;
let made = 0;

beforeAll(async () => {
  stack = await startStack({ gateways: 2, env: { LOG_LEVEL: 'error' } });
  redis = new Redis(stack.redisUrl);
}, 180_000);
afterAll(async () => {
  redis?.disconnect();
  await stack?.[Symbol.asyncDispose]();
});

async function created(path: string, body: object): Promise<Record<string, string>> {
  const answer = await stack.admin<Record<string, string>>('POST', path, body);
  if (answer.status !== 201) throw new Error(`POST ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function newService() {
  made += 1;
  const slug = `trial-${made}`;
  const { clientId = '', clientSecret = '' } = await created(services, { slug, name: slug, team: 'web' });
  return { path: `${services}/${slug}`, token: await tokenOf(stack.issuer, clientId, clientSecret) };
}

const bearing =
  (bearer: string, path = '/v1/models') =>
  async (gatewayUrl: string) => {
    const response = await fetch(gatewayUrl + path, { headers: { authorization: `Bearer ${bearer}` } });
    await response.arrayBuffer();
    return response.status;
  };

const GRANTS: Readonly<Record<string, () => Promise<Granted>>> = {
  credential: async () => {
    const { path, token } = await newService();
    const { body } = await stack.admin<{ data: { id: string }[] }>('GET', `${path}/credentials`);
    return { status: bearing(token), revoke: () => stack.admin('DELETE', `${path}/credentials/${body.data[0]?.id}`) };
  },
  key: async () => {
    const { path } = await newService();
    const { id, key = '' } = await created(`${path}/keys`, { name: 'trial' });
    return { status: bearing(key), revoke: () => stack.admin('DELETE', `${path}/keys/${id}`) };
  },
  service: async () => {
    const { path, token } = await newService();
    return { status: bearing(token), revoke: () => stack.admin('POST', `${path}/decommission`) };
  },
  'model access': async () => {
    const { path, token } = await newService();
    const revoke = () => stack.admin('PATCH', path, { allowedModels: ['smart'] });
    return { status: bearing(token, '/v1/models/fast'), revoke };
  },
};

/** Milliseconds from sending the revocation until the last of the gateways has refused. */
async function timeToRefusal({ status, revoke }: Granted): Promise<number> {
  for (const url of stack.gatewayUrls) await until(async () => (await status(url)) === 200);
  const start = performance.now();
  const refused = async (url: string): Promise<number> => {
    while ((await status(url)) === 200) await delay(LOOK_EVERY_MS);
    return performance.now() - start;
  };
  const [answer, ...times] = await Promise.all([revoke(), ...stack.gatewayUrls.map(refused)]);
  expect(answer.status).toBeLessThan(300);
  return Math.max(...times);
}

function report(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => String(Math.round(sorted[Math.ceil(sorted.length * share) - 1] ?? 0));
  console.log(`${what}: ${sorted.length} trials, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`);
}

async function measure(what: string, trials: number, trial: () => Promise<number>): Promise<void> {
  const times: number[] = [];
  for (let n = 0; n < trials; n++) times.push(await trial());
  report(what, times);
  expect(times.filter((ms) => ms > WITHIN_MS)).toEqual([]);
}

describe('at two gateways', () => {
  it.each(Object.entries(GRANTS))(
    '%s: a revocation counts',
    async (what, grant) => {
      await measure(what, Math.ceil(TRIALS / 2), async () => timeToRefusal(await grant()));
    },
    600_000,
  );

  it('a revocation counts though its message is lost', async () => {
    // Nobody hears what is published: those who listened are cut off, and may not listen again.
    await redis.acl('SETUSER', 'default', '-subscribe');
    await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    expect(await redis.pubsub('NUMSUB', keys.snapshotChanged)).toEqual([keys.snapshotChanged, 0]);
    for (const [what, grant] of Object.entries(GRANTS))
      await measure(`${what}, message lost`, Math.floor(TRIALS / 2), async () => timeToRefusal(await grant()));
    expect(await redis.pubsub('NUMSUB', keys.snapshotChanged)).toEqual([keys.snapshotChanged, 0]);
  }, 600_000);
});

describe('at the admin API, from the next request on', () => {
  let admin: AdminApp;
  beforeAll(async () => {
    admin = await startAdmin();
    await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' });
  });
  afterAll(() => admin.stop());

  const look = async (call: AdminApp['call']) => (await call('GET', '/organizations/acme/members')).status;
  /** Milliseconds from sending the revocation until the request after its answer was refused. */
  const refusal = async (call: AdminApp['call'], path: string, status: number): Promise<number> => {
    expect(await look(call)).toBe(200);
    const start = performance.now();
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect(await look(call)).toBe(status);
    return performance.now() - start;
  };

  it('role: a binding that was taken counts', async () => {
    const { call } = await memberOf(admin, 'acme', 'role@acme.example');
    const { data } = (await admin.call('GET', '/organizations/acme/members')).body;
    await measure('role', TRIALS, async () => {
      const body = { member: data[0].id, role: 'auditor' };
      const { id } = (await admin.call('POST', '/organizations/acme/role-bindings', body)).body;
      return refusal(call, `/organizations/acme/role-bindings/${id}`, 403);
    });
  }, 600_000);

  it('member: who was removed is out', async () => {
    await measure('member', TRIALS, async () => {
      made += 1;
      const email = `member-${made}@acme.example`;
      const { call } = await memberOf(admin, 'acme', email, { role: 'auditor' });
      const me = (await call('GET', '/me')).body;
      return refusal(call, `/organizations/acme/members/${me.id}`, 401);
    });
  }, 600_000);
});
