import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ledger, lookInto } from './ledger.js';
import { chat, create, makeCostlyRoute, makeTeam } from './load.js';
import { type Stack, startStack, until } from './stack.js';

let stack: Stack;
let ledger: Ledger;
let token: string;
let budgetId: string;

beforeAll(async () => {
  stack = await startStack({ env: { GATEWAY_WORKERS: '2', TOLLGATE_RESERVATION_HOLD_MS: '1000' } });
  ledger = lookInto(stack);
  await makeCostlyRoute(stack, { timeoutMs: 3_000 });
  token = await makeTeam(stack, 'busy');
  ({ id: budgetId } = await create(stack, '/budgets', {
    slug: 'busy',
    scope: { team: 'busy' },
    amount: '100',
    period: 'total',
    enforcement: 'hard',
  }));
}, 120_000);
afterAll(async () => {
  await ledger?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});

const call = (requestId: string) =>
  chat({ url: stack.gatewayUrl, token, model: 'costly', words: 3, maxTokens: 8, stream: true, requestId });

/** Processes that the gateway has started. */
function workers(): readonly number[] {
  const { pid } = stack.apps.gateway;
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

async function census(): Promise<string | undefined> {
  const response = await fetch(`${stack.gatewayUrl}/health/ready`);
  const { components } = (await response.json()) as { components: Record<string, { detail?: string }> };
  return components['workers']?.detail;
}

async function callsCounted(): Promise<number> {
  const text = await (await fetch(`${stack.gatewayUrl}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith('tollgate_calls_total{') && line.includes('"200"'));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

describe('a gateway of two workers', () => {
  it('has one set of metrics, whichever of them is asked', async () => {
    const before = await callsCounted();
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, index) => call(`first-${index}`)));
    expect(outcomes.filter(({ complete }) => complete)).toHaveLength(12);
    for (let asked = 0; asked < 4; asked++) expect(await callsCounted()).toBe(before + 12);
  });

  it('goes on when one is killed: it is replaced, nothing stays reserved, no count is lost', async () => {
    const counted = await callsCounted();
    const [victim, survivor] = workers() as [number, number];
    await stack.simulator.settings({ tokenDelayMs: 200 });
    const running = Array.from({ length: 16 }, (_, index) => call(`running-${index}`));
    await until(async () => (await ledger.underWay()).reservations === 16);
    process.kill(victim, 'SIGKILL');
    const outcomes = await Promise.allSettled(running);
    const finished = outcomes.filter((outcome) => outcome.status === 'fulfilled' && outcome.value.complete);
    expect(finished.length).toBeGreaterThan(0);
    expect(finished.length).toBeLessThan(16);
    await stack.simulator.settings({ tokenDelayMs: 0 });

    const after = await Promise.all(Array.from({ length: 8 }, (_, index) => call(`after-${index}`)));
    expect(after.filter(({ complete }) => complete)).toHaveLength(8);
    await until(async () => (await census()) === '2 of 2 run');
    expect(workers()).toHaveLength(2);
    expect(workers()).toContain(survivor);
    expect(workers()).not.toContain(victim);
    expect(await callsCounted()).toBe(counted + finished.length + 8);

    await until(async () => (await ledger.underWay()).reservations === 0, 40_000);
    expect((await ledger.counter(budgetId)).reservedNanoUsd).toBe(0n);
    await until(async () => (await ledger.underWay()).events === 0, 20_000);
    const orphans = (await ledger.rows('busy')).filter(({ orphaned }) => orphaned);
    expect(orphans).toHaveLength(16 - finished.length);
  }, 90_000);

  it('ends all of them when it is told to stop, with what they have finished', async () => {
    const pids = workers();
    await stack.simulator.settings({ tokenDelayMs: 100 });
    const running = Array.from({ length: 6 }, (_, index) => call(`last-${index}`));
    await until(async () => (await ledger.underWay()).reservations === 6);
    expect(await stack.apps.gateway.stop()).toBe(0);
    expect((await Promise.all(running)).filter(({ complete }) => complete)).toHaveLength(6);
    for (const pid of pids) expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  }, 30_000);
});
