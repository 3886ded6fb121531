import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '#libs/embedded';
import { faulty, type Harness, route, startHarness, until } from '../../apps/gateway/test/harness.js';
import { type AppProcess, startApp } from '../e2e/processes.js';
import { startBalancer } from './balancer.js';

const CALLS_PER_SECOND = 200;
/** A machine that cannot keep up makes fewer calls, not more at once: its own queues are not what is tested. */
const AT_ONCE_MAX = 100;

let harness: Harness;
let dataDir: string;
const gateways: AppProcess[] = [];
beforeAll(async () => {
  harness = await startHarness();
  dataDir = await mkdtemp(join(tmpdir(), 'tollgate-rolling-'));
});
afterAll(async () => {
  await Promise.all(gateways.map((gateway) => gateway.stop()));
  await rm(dataDir, { recursive: true, force: true });
  await harness?.[Symbol.asyncDispose]();
});

const gatewayOn = (port: number): Promise<AppProcess> =>
  startApp('gateway', {
    REDIS_URL: harness.redisUrl,
    TOLLGATE_MASTER_KEY: harness.masterKey,
    TOLLGATE_DATA_DIR: join(dataDir, String(port)),
    TOLLGATE_ALLOW_PRIVATE_UPSTREAMS: 'true',
    TOLLGATE_DRAIN_DELAY_MS: '5000',
    TOLLGATE_DRAIN_MS: '30000',
    // Nor is shedding.
    TOLLGATE_LOOP_DELAY_MAX_MS: '60000',
    GATEWAY_PORT: String(port),
    LOG_LEVEL: 'warn',
  });

it('a rolling restart of two gateways under 200 calls a second, half of them streams, fails no call', async () => {
  await harness.configure({
    models: [faulty('steady', 'tokens=20;tokenDelayMs=20')],
    routes: [route('fast', ['steady'])],
  });
  await harness.simulator.settings({ record: false });
  const ports = [await freePort(), await freePort()];
  gateways.push(...(await Promise.all(ports.map(gatewayOn))));
  await using balancer = await startBalancer(ports);
  expect(balancer.ready()).toEqual(ports);

  const load = startLoad(balancer.url);
  for (const [index, port] of ports.entries()) {
    await load.more(CALLS_PER_SECOND);
    expect(await gateways[index]?.stop()).toBe(0);
    await load.more(CALLS_PER_SECOND);
    gateways[index] = await gatewayOn(port);
    await until(() => balancer.ready().includes(port));
  }
  await load.more(CALLS_PER_SECOND);
  const { calls, perSecond, failures } = await load.stop();
  expect(failures).toEqual([]);
  console.info(`${calls} calls, ${perSecond} a second, went through the restart of two gateways.`);
}, 240_000);

/** Calls at a steady rate, whatever becomes of those before. */
function startLoad(url: string) {
  const failures: string[] = [];
  const running = new Set<Promise<void>>();
  const startedMs = performance.now();
  let made = 0;
  let answered = 0;

  const callOnce = async (stream: boolean): Promise<void> => {
    try {
      const { statusCode, body } = await request(`${url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${harness.key}`, 'content-type': 'application/json' },
        body: `{"model":"fast","stream":${stream},"messages":[{"role":"user","content":"say hello"}]}`,
      });
      const text = await body.text();
      const whole = stream ? text.includes('[DONE]') : text.includes('"finish_reason":"stop"');
      if (statusCode !== 200 || !whole) failures.push(`${statusCode} ${text.slice(0, 300)}`);
    } catch (error) {
      failures.push(String(error));
    }
    answered += 1;
  };
  const timer = setInterval(() => {
    const due = ((performance.now() - startedMs) / 1_000) * CALLS_PER_SECOND;
    for (; made < due && running.size < AT_ONCE_MAX; made++) {
      const call = callOnce(made % 2 === 0);
      running.add(call);
      void call.finally(() => running.delete(call));
    }
  }, 10);

  return {
    /** Resolves when so many more calls have been answered. */
    more: async (count: number): Promise<void> => {
      const enough = answered + count;
      while (answered < enough) await Promise.race(running.size > 0 ? running : [new Promise(setImmediate)]);
    },
    stop: async () => {
      clearInterval(timer);
      await Promise.all(running);
      const seconds = (performance.now() - startedMs) / 1_000;
      return { calls: made, perSecond: Math.round(made / seconds), failures };
    },
  };
}
