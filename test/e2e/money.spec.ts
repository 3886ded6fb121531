import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ledger, lookInto, sumOf } from './ledger.js';
import { type CallOutcome, chat, create, makeCostlyRoute, makeTeam, Random } from './load.js';
import { type Stack, startStack, until } from './stack.js';

const CALLS = 500;
const DOLLAR = 1_000_000_000n;

let stack: Stack;
let ledger: Ledger;
beforeAll(async () => {
  stack = await startStack({ gateways: 2, env: { LOG_LEVEL: 'warn' } });
  ledger = lookInto(stack);
  await makeCostlyRoute(stack);
}, 120_000);
afterAll(async () => {
  await ledger?.[Symbol.asyncDispose]();
  await stack?.[Symbol.asyncDispose]();
});

/** Clients at once, each with one call of random size; a refused one tries a few times more, one that was shed until it is in. */
async function rush(token: string, seed: number, leaving: number): Promise<readonly CallOutcome[]> {
  const random = new Random(seed);
  const clients = Array.from({ length: CALLS }, (_, index) => {
    const leaves = random.chance(leaving);
    return {
      url: stack.gatewayUrls[index % 2] as string,
      token,
      model: 'costly',
      // Long enough to leave in the middle of.
      words: leaves ? 20 : random.between(1, 12),
      maxTokens: leaves ? 20 : random.between(2, 16),
      stream: leaves || random.chance(0.5),
      leaves,
      patienceMs: random.between(200, 800),
    };
  });
  return Promise.all(
    clients.map(async ({ patienceMs, ...call }) => {
      let outcome = await chat(call);
      for (let refused = 0; outcome.status === 503 || (outcome.status === 429 && refused < 6); ) {
        if (outcome.status === 429) refused += 1;
        await setTimeout(patienceMs);
        outcome = await chat(call);
      }
      return outcome;
    }),
  );
}

/** Until nothing is reserved and every event is recorded. */
async function settled(): Promise<void> {
  await until(async () => {
    const { events, reservations } = await ledger.underWay();
    return events === 0 && reservations === 0;
  }, 30_000);
}

const budgetOf = (slug: string, scope: object, amount: string) =>
  create(stack, '/budgets', { slug, scope, amount, period: 'total', enforcement: 'hard' });

function expectOnlyGoodOrRefused(outcomes: readonly CallOutcome[]): void {
  for (const { status, code } of outcomes)
    if (status !== 200) expect([status, code]).toEqual([429, 'insufficient_quota']);
}

/** Redis = ledger = records, and none above the amount. Returns the share of the amount that was booked. */
async function expectIdentity(budgetId: string, team: string, amount: bigint): Promise<number> {
  const booked = sumOf(await ledger.rows(team));
  expect(await ledger.counter(budgetId)).toEqual({ committedNanoUsd: booked, reservedNanoUsd: 0n });
  const usage = await stack.admin<{ data: readonly { team: string; costUsd: string }[] }>(
    'GET',
    '/organizations/acme/usage?groupBy=team',
  );
  const reported = usage.body.data.find((row) => row.team === team)?.costUsd ?? '0.';
  expect(BigInt(reported.replace('.', '').padEnd(reported.indexOf('.') + 9, '0'))).toBe(booked);
  expect(booked).toBeLessThanOrEqual(amount);
  return Number((booked * 10_000n) / amount) / 10_000;
}

describe('five hundred calls at once through two gateways', () => {
  it('never overshoot a hard budget of a dollar, use 95 % of it, and leave Redis, ledger and records equal', async () => {
    const token = await makeTeam(stack, 'solo');
    const { id } = await budgetOf('solo', { team: 'solo' }, '1.00');
    await ready(token);
    const outcomes = await rush(token, 1, 0);
    await settled();
    expectOnlyGoodOrRefused(outcomes);
    const used = await expectIdentity(id, 'solo', DOLLAR);
    console.log(`    $1.00 budget: ${(used * 100).toFixed(2)} % used by ${answered(outcomes)} of ${CALLS} calls`);
    expect(used).toBeGreaterThanOrEqual(0.95);
  }, 120_000);

  it('never overshoot any of nested budgets', async () => {
    await makeTeam(stack, 'outer');
    const token = await makeTeam(stack, 'inner', 'outer');
    const outer = await budgetOf('outer', { team: 'outer' }, '1.00');
    const inner = await budgetOf('inner', { team: 'inner' }, '0.70');
    const service = await budgetOf('inner-app', { service: 'inner-app' }, '0.90');
    await ready(token);
    expectOnlyGoodOrRefused(await rush(token, 2, 0));
    await settled();
    const used = await expectIdentity(inner.id, 'inner', 700_000_000n);
    for (const { id } of [outer, service]) await expectIdentity(id, 'inner', DOLLAR);
    console.log(`    $0.70 inside $0.90 inside $1.00: ${(used * 100).toFixed(2)} % of the innermost used`);
    expect(used).toBeGreaterThanOrEqual(0.95);
  }, 120_000);

  it('never overshoot while one client in ten leaves in the middle of its stream', async () => {
    const token = await makeTeam(stack, 'fickle');
    const { id } = await budgetOf('fickle', { team: 'fickle' }, '1.00');
    await ready(token);
    let outcomes: readonly CallOutcome[];
    await stack.simulator.settings({ tokenDelayMs: 200 });
    try {
      outcomes = await rush(token, 3, 0.1);
    } finally {
      await stack.simulator.settings({ tokenDelayMs: 0 });
    }
    expectOnlyGoodOrRefused(outcomes);
    await settled();
    const used = await expectIdentity(id, 'fickle', DOLLAR);
    const left = outcomes.filter(({ status, complete }) => status === 200 && !complete);
    const cancelled = (await ledger.rows('fickle')).filter(({ status }) => status === 499);
    console.log(
      `    ${left.length} clients left, ${cancelled.length} in time to cancel: ${(used * 100).toFixed(2)} % used`,
    );
    expect(left.length).toBeGreaterThan(2);
    expect(cancelled.length).toBeGreaterThan(0);
    expect(used).toBeGreaterThanOrEqual(0.95);
  }, 120_000);
});

const answered = (outcomes: readonly CallOutcome[]): number => outcomes.filter(({ status }) => status === 200).length;

/** Both gateways have the budget: one that nobody could afford is refused by it. */
async function ready(token: string): Promise<void> {
  for (const url of stack.gatewayUrls)
    await until(async () => {
      const { code } = await chat({ url, token, model: 'costly', words: 1, maxTokens: 1_500, stream: false });
      return code === 'insufficient_quota';
    });
}

describe('rate limits through two gateways', () => {
  it('in no 60 s admit more than the limit, and under saturation admit all of it', async () => {
    const limits = [30, 90, 200];
    const teams = await Promise.all(
      limits.map(async (limit) => {
        const token = await makeTeam(stack, `limited-${limit}`);
        await create(stack, '/rate-limits', { scope: { team: `limited-${limit}` }, requestsPerMinute: limit });
        return { limit, token };
      }),
    );
    await setTimeout(1_000); // Gateways follow a change within a second.
    const endMs = performance.now() + 66_000;
    const outcomes = await Promise.all(
      teams.map(async ({ limit, token }) => {
        const admitted: CallOutcome[] = [];
        const hammer = async (url: string): Promise<void> => {
          while (performance.now() < endMs) {
            const outcome = await chat({ url, token, model: 'fast', words: 1, maxTokens: 2, stream: false });
            if (outcome.status === 200) admitted.push(outcome);
            else expect([outcome.status, outcome.code]).toEqual([429, 'rate_limit_exceeded']);
            await setTimeout(outcome.status === 200 ? 20 : 100);
          }
        };
        await Promise.all([...stack.gatewayUrls, ...stack.gatewayUrls].map(hammer));
        return { limit, admitted };
      }),
    );
    for (const { limit, admitted } of outcomes) {
      // Sent after the window began and answered before it ended: admitted within it, whatever the clocks.
      const most = Math.max(
        ...admitted.map(
          ({ sentMs }) =>
            admitted.filter((other) => other.sentMs >= sentMs && other.answeredMs <= sentMs + 60_000).length,
        ),
      );
      console.log(`    limit ${limit}: at most ${most} in any 60 s, ${admitted.length} in 66 s`);
      expect(most).toBeLessThanOrEqual(limit);
      expect(most).toBeGreaterThanOrEqual(Math.floor(limit * 0.99));
    }
  }, 90_000);
});
