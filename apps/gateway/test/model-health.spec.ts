import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ModelHealthReport } from '#libs/messages';
import { keys } from '#libs/redis';
import { faulty, type Harness, ORGANIZATION, route, startHarness, until } from './harness.js';

let harness: Harness;
const limited = faulty('limited', 'status=429;retryAfter=60');
beforeAll(async () => {
  harness = await startHarness();
  await harness.configure({
    models: [faulty('dead', 'status=500'), limited, ...harness.defaults.models],
    routes: [route('fast', ['dead', 'limited', 'gpt'])],
  });
  for (let i = 0; i < 6; i++) expect((await harness.chat()).status).toBe(200);
});
afterAll(() => harness?.[Symbol.asyncDispose]());

it('a model that is left alone shows in the metrics, by name and state', async () => {
  const metrics = await (await fetch(`${harness.url}/metrics`)).text();
  expect(metrics).toContain('tollgate_model_state{organization="acme",model="dead",state="open"} 1');
  expect(metrics).toContain('tollgate_model_state{organization="acme",model="limited",state="resting"} 1');
  expect(metrics).toContain('tollgate_model_state{organization="acme",model="gpt",state="closed"} 1');
});

it('and in the readiness, which does not change by it', async () => {
  const { components } = (await (await fetch(`${harness.url}/health/ready`)).json()) as {
    components: Record<string, object>;
  };
  expect(components['models']).toEqual({ status: 'up', detail: '2 of 3 in use are left alone' });
});

it('and is reported to the control plane, until the gateway goes', async () => {
  const reports = () => harness.redis.hvals(keys.modelHealthReports(ORGANIZATION));
  await until(async () => (await reports()).length === 1);
  const { models } = JSON.parse((await reports())[0] as string) as ModelHealthReport;
  expect(models.find(({ id }) => id === limited.id)).toMatchObject({ state: 'resting', untilMs: expect.any(Number) });
  expect(await harness.redis.pttl(keys.modelHealthReports(ORGANIZATION))).toBeGreaterThan(0);
});
