import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '#libs/redis';
import type { SnapshotModel } from '#libs/snapshot';
import {
  type Harness,
  ORGANIZATION,
  PRICES,
  route,
  SECRET,
  startHarness,
  until,
} from '../../apps/gateway/test/harness.js';
import { type AppProcess, startApp } from '../e2e/processes.js';
import { type HostileAnswer, hostileAnswers } from './answers.js';
import { hostileBodies } from './bodies.js';
import { hostileHeads } from './heads.js';
import { sendRaw } from './raw-http.js';

/** What a gateway may grow by over the whole catalogue, in MB: it has read some hundred megabytes of garbage by then. */
const GROWTH_MAX_MB = 250;

let harness: Harness;
let dataDir: string;
let gateway: AppProcess;
let provider: Server;
let answer: Pick<HostileAnswer, 'serve'> | undefined;
let startedWithMb: number;

beforeAll(async () => {
  harness = await startHarness();
  provider = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => answer?.serve(socket));
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const { port } = provider.address() as { port: number };
  const { providerCredentials, models, routes } = harness.defaults;
  const enemy = { ...(providerCredentials[0] as (typeof providerCredentials)[number]), id: 'enemy', slug: 'enemy' };
  await harness.configure({
    providerCredentials: [
      ...providerCredentials,
      { ...enemy, baseUrl: `http://127.0.0.1:${port}/v1`, sealedSecret: harness.sealed('enemy', SECRET) },
    ],
    models: [...models, ...hostileAnswers.map((_, index) => enemyModel(index))],
    routes: [...routes, ...hostileAnswers.map((_, index) => route(`enemy-${index}`, [`enemy-${index}`]))],
  });
  dataDir = await mkdtemp(join(tmpdir(), 'tollgate-hostile-'));
  gateway = await startApp('gateway', {
    REDIS_URL: harness.redisUrl,
    TOLLGATE_MASTER_KEY: harness.masterKey,
    TOLLGATE_DATA_DIR: dataDir,
    TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true',
    TOLLGATE_BODY_LIMIT_BYTES: '1048576',
    TOLLGATE_REQUEST_TIMEOUT_MS: '1000',
    TOLLGATE_LOOP_DELAY_MAX_MS: '60000',
    GATEWAY_PORT: '0',
    LOG_LEVEL: 'debug',
  });
  expect((await post('{"model":"fast","messages":[{"role":"user","content":"say hello"}]}')).status).toBe(200);
  startedWithMb = await residentMb();
});
afterAll(async () => {
  await gateway?.stop();
  provider?.close();
  await harness?.[Symbol.asyncDispose]();
  await rm(dataDir, { recursive: true, force: true });
});

/** One for each answer: what a gateway learns of a model's health must not decide about the next one. */
const enemyModel = (index: number): SnapshotModel => ({
  id: `enemy-${index}`,
  slug: `enemy-${index}`,
  provider: 'openai',
  credential: 'enemy',
  upstreamModel: 'm',
  region: null,
  limits: { maxOutputTokens: 100 },
  capabilities: {},
  prices: PRICES,
});

const post = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`http://127.0.0.1:${gateway.port}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json', ...headers },
    body: body as string,
  });

const residentMb = async (): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]) / 1024;

describe('a hostile body', () => {
  it.each(hostileBodies)('$name is answered with $status', async ({ body, headers, status, code }) => {
    const response = await post(body, headers);
    const text = await response.text();
    expect({ status: response.status, text }).toMatchObject({ status });
    if (code !== undefined) expect(JSON.parse(text)).toMatchObject({ error: { code } });
    expect(text).not.toMatch(/\bat .+\.js:\d+/);
  });
});

describe('a hostile head', () => {
  it.each(hostileHeads('KEY'))('$name is answered with $status', async ({ name, status }) => {
    const { pieces } = hostileHeads(harness.key).find((head) => head.name === name) ?? { pieces: [] };
    const answered = await sendRaw(gateway.port, pieces);
    expect(answered).toMatchObject({ status });
    expect(answered.headers['set-cookie']).toBeUndefined();
  });
});

describe('a hostile answer', () => {
  it.each(
    hostileAnswers.flatMap(({ whole, streamed, ...each }, index) => [
      ...(whole === undefined ? [] : [{ ...each, index, how: 'whole', stream: false, status: whole }]),
      { ...each, index, how: 'as a stream', stream: true, status: streamed },
    ]),
  )('$name, asked for $how, reaches the client as $status', async (each) => {
    answer = each;
    const before = (await harness.events()).length;
    const response = await post(
      `{"model":"enemy-${each.index}","stream":${each.stream},"messages":[{"role":"user","content":"hi"}]}`,
    );
    const text = await response.text();
    expect({ status: response.status, text: text.slice(0, 500) }).toMatchObject({ status: each.status });
    expect(text).not.toContain(SECRET);
    expect(text).not.toMatch(/\bat .+\.js:\d+/);
    await until(async () => (await harness.events()).length > before);
    const { costNanoUsd, tokens } = (await harness.events()).at(-1)!;
    expect(BigInt(costNanoUsd)).toBeGreaterThanOrEqual(0n);
    for (const count of Object.values(tokens))
      expect(count).toSatisfy((n: number) => Number.isSafeInteger(n) && n >= 0);
  });
});

describe('after all of it', () => {
  it('the process is the same, answers, holds no reservation and has not grown', async () => {
    const response = await post('{"model":"fast","messages":[{"role":"user","content":"say hello"}]}');
    expect(response.status).toBe(200);
    expect(await response.json()).not.toHaveProperty('polluted');
    await until(async () => (await harness.redis.zcard(keys.reservations(ORGANIZATION))) === 0);
    expect(await harness.redis.keys(`{${ORGANIZATION}}:reservation:*`)).toEqual([]);
    expect((await residentMb()) - startedWithMb).toBeLessThan(GROWTH_MAX_MB);
    expect(gateway.output()).not.toContain(SECRET);
    expect(gateway.output()).not.toContain(harness.key);
  });
});
