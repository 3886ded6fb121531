import { afterAll, beforeAll, expect, it } from 'vitest';
import { testCluster, testDatabase } from '#libs/testing';
import { chat, create, makeCostlyRoute, makeTeam } from '../e2e/load.js';
import { type Stack, startStack, tokenOf, until } from '../e2e/stack.js';

const ORGANIZATIONS = ['north', 'east', 'south', 'west'];
const CALLS_EACH = 5;

let stack: Stack;
beforeAll(async () => {
  const [database, cluster] = await Promise.all([testDatabase(), testCluster()]);
  const stop = async (): Promise<void> => {
    await Promise.all([database.stop(), cluster.stop()]);
  };
  stack = await startStack({
    services: { databaseUrl: database.url, redisUrl: cluster.url, stop },
    gateways: 2,
    env: { LOG_LEVEL: 'warn' },
  });
  await makeCostlyRoute(stack);
}, 120_000);
afterAll(() => stack?.[Symbol.asyncDispose]());

const gateway = (index: number): string => stack.gatewayUrls[index % 2] as string;
const small = (token: string, index: number) =>
  chat({ url: gateway(index), token, model: 'costly', words: 8, maxTokens: 8, stream: index % 2 === 0 });

const usageOf = async (organization: string, by: string) =>
  (
    await stack.admin<{ data: readonly Record<string, string & number>[] }>(
      'GET',
      `/organizations/${organization}/usage?groupBy=${by}`,
    )
  ).body.data;

it('on three Redis nodes a hard budget holds against 100 calls at once through two gateways, and equals the ledger', async () => {
  const token = await makeTeam(stack, 'thrifty');
  await create(stack, '/budgets', { slug: 'thrifty', scope: { team: 'thrifty' }, amount: '0.20', period: 'total' });
  await until(
    async () => (await stack.admin('GET', '/organizations/acme/budgets/thrifty')).body['remaining'] === '0.20',
  );
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => small(token, index)));
  expect(outcomes.some(({ status }) => status === 200)).toBe(true);
  for (const { status, code } of outcomes)
    if (status !== 200) expect([status, code]).toEqual([429, 'insufficient_quota']);

  const budget = await until(async () => {
    const { body } = await stack.admin<Record<string, string>>('GET', '/organizations/acme/budgets/thrifty');
    const [used] = (await usageOf('acme', 'team')).filter(({ team }) => team === 'thrifty');
    return Number(body['reserved']) === 0 && Number(used?.['costUsd']) === Number(body['spent']) && body;
  }, 30_000);
  expect(Number(budget['spent'])).toBeGreaterThan(0);
  expect(Number(budget['spent'])).toBeLessThanOrEqual(0.2);
});

it('a rate limit admits what it says through both gateways, and not one more', async () => {
  const token = await makeTeam(stack, 'hasty');
  await create(stack, '/rate-limits', { scope: { team: 'hasty' }, requestsPerMinute: 20 });
  await until(async () =>
    (await Promise.all([0, 1].map(async (index) => limitOf(gateway(index), token)))).every((limit) => limit === '20'),
  );
  const outcomes = await Promise.all(Array.from({ length: 60 }, (_, index) => small(token, index)));
  // Looking whether the gateways know the limit has cost some of it.
  const admitted = outcomes.filter(({ status }) => status === 200).length;
  expect(admitted).toBeGreaterThan(0);
  expect(admitted).toBeLessThan(20);
  expect(outcomes.every(({ status }) => status === 200 || status === 429)).toBe(true);
});

async function limitOf(url: string, token: string): Promise<string | null> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{"model":"fast","messages":[{"role":"user","content":"hi"}]}',
  });
  await response.text();
  return response.headers.get('x-ratelimit-limit-requests');
}

it('calls of organizations on different nodes all reach the ledger, each once, and revocation reaches both gateways', async () => {
  const callers = await Promise.all(ORGANIZATIONS.map(makeOrganization));
  for (const { token } of callers)
    for (let index = 0; index < CALLS_EACH; index++)
      expect(
        (await chat({ url: gateway(index), token, model: 'fast', words: 3, maxTokens: 8, stream: false })).status,
      ).toBe(200);
  for (const { organization } of callers)
    await until(async () => Number((await usageOf(organization, 'service'))[0]?.['requests']) === CALLS_EACH, 30_000);

  const [{ organization, token }] = callers as [(typeof callers)[0]];
  expect(
    (await stack.admin('DELETE', `/organizations/${organization}/services/app`, undefined, { 'if-match': '*' })).status,
  ).toBe(204);
  for (const index of [0, 1])
    await until(
      async () =>
        (await chat({ url: gateway(index), token, model: 'fast', words: 1, maxTokens: 8, stream: false })).status ===
        401,
    );
});

async function makeOrganization(organization: string): Promise<{ organization: string; token: string }> {
  const post = async <T>(path: string, body: unknown): Promise<T> => {
    const answer = await stack.admin<T>('POST', path, body);
    if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await post('/organizations', { slug: organization, name: organization });
  const of = `/organizations/${organization}`;
  await post(`${of}/teams`, { slug: 'team', name: 'Team' });
  const { clientId, clientSecret } = await post<{ clientId: string; clientSecret: string }>(`${of}/services`, {
    slug: 'app',
    name: 'App',
    team: 'team',
  });
  await post(`${of}/provider-credentials`, {
    slug: 'openai',
    provider: 'openai',
    secret: stack.providerSecret,
    baseUrl: stack.simulator.baseUrl('openai'),
  });
  await post(`${of}/models`, { slug: 'mini', provider: 'openai', credential: 'openai', model: 'gpt-4.1-mini' });
  await post(`${of}/routes`, { slug: 'fast', targets: [{ model: 'mini' }] });
  const token = await tokenOf(stack.issuer, clientId, clientSecret);
  for (const url of stack.gatewayUrls)
    await until(async () => (await fetch(`${url}/v1/models`, { headers: { authorization: `Bearer ${token}` } })).ok);
  return { organization, token };
}
