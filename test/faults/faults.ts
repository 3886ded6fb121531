import { setTimeout } from 'node:timers/promises';
import { type Ledger, lookInto } from '../e2e/ledger.js';
import { create, makeCostlyRoute, makeTeam, Random } from '../e2e/load.js';
import { type Stack, startStack, until } from '../e2e/stack.js';
import { type Callers, type ClientCall, oneCall } from './clients.js';
import { type Death, planDeaths } from './deaths.js';
import { type KillableServices, startKillableServices } from './killable-services.js';
import { type Counted, judge, type Verdict } from './verdict.js';

export interface FaultRun {
  readonly calls: number;
  /** The same seed: the same calls and the same deaths, after the same number of calls. */
  readonly seed: number;
  /** How often each of gateway, worker, Redis and Postgres is killed. */
  readonly deathsEach: number;
  /** Told a line now and then. */
  readonly onProgress: (line: string) => void;
}

const CLIENTS = 24;
const GATEWAYS = 2;
/** Until everything is booked: orphans are due 15 s after their admission, and swept every 5. */
const SETTLED_WITHIN_MS = 120_000;
const READY_WITHIN_MS = 60_000;

/** Runs the product under load while its processes die, and judges what is left. Stops by itself; leaves nothing behind. */
export async function runFaults(run: FaultRun): Promise<Verdict> {
  const deaths = planDeaths(new Random(run.seed), run.calls, run.deathsEach);
  const services = await startKillableServices();
  await using stack = await startStack({
    services,
    gateways: GATEWAYS,
    env: { LOG_LEVEL: 'warn', TOLLGATE_RESERVATION_HOLD_MS: '1000', TOLLGATE_DRAIN_MS: '2000' },
  });
  await stack.simulator.settings({ record: false, tokenDelayMs: 2 });
  const { callers, budgets } = await furnish(stack);
  await using ledger = lookInto(stack);
  const calls = await load(run, callers, deaths, (death) => die(death, stack, services));
  run.onProgress('all calls are over; waiting until everything is booked');
  await settled(stack, ledger);
  return await judge(calls, ledger, [...callers.keys.keys()], budgets);
}

/** Two teams inside nested hard budgets that nobody exhausts, and one under none. */
async function furnish(stack: Stack): Promise<{ callers: Callers; budgets: Counted[] }> {
  await makeCostlyRoute(stack, { timeoutMs: 5_000 });
  await makeTeam(stack, 'company');
  const keys = new Map<string, string>();
  for (const [team, parent] of [
    ['inner', 'company'],
    ['outer', 'company'],
    ['free', undefined],
  ] as const) {
    await makeTeam(stack, team, parent);
    const { key } = await create<{ key: string }>(stack, `/services/${team}-app/keys`, { name: 'load' });
    keys.set(team, key);
  }
  const budgetOf = async (slug: string, scope: object, teams: readonly string[]): Promise<Counted> => {
    const body = { slug, scope, amount: '100000.00', period: 'total', enforcement: 'hard' };
    return { budgetId: (await create(stack, '/budgets', body)).id, teams };
  };
  const budgets = [
    await budgetOf('company', { team: 'company' }, ['inner', 'outer']),
    await budgetOf('inner', { team: 'inner' }, ['inner']),
    await budgetOf('route', { route: 'costly' }, ['inner', 'outer', 'free']),
  ];
  const callers = { urls: stack.gatewayUrls, keys };
  const probe = new Random(0);
  for (const url of stack.gatewayUrls)
    for (const team of keys)
      await until(async () => (await oneCall({ urls: [url], keys: new Map([team]) }, probe)).status === 200);
  return { callers, budgets };
}

/** A fixed number of clients make all calls, one after another each; a death that is due begins beside them. */
async function load(
  { calls, seed, onProgress }: FaultRun,
  callers: Callers,
  deaths: readonly Death[],
  strike: (death: Death) => Promise<void>,
): Promise<readonly ClientCall[]> {
  const done: ClientCall[] = [];
  const dying: Promise<void>[] = [];
  const due = [...deaths];
  let begun = 0;
  const client = async (): Promise<void> => {
    while (begun < calls) {
      begun += 1;
      for (let next = due[0]; next && next.afterCalls <= begun; next = due[0]) {
        due.shift();
        onProgress(`${begun} of ${calls} calls: kill -9 ${next.of}`);
        // One after the other: the second death of a process must find it alive.
        dying.push((dying.at(-1) ?? Promise.resolve()).then(() => strike(next)));
      }
      const random = Random.of(seed, begun);
      const call = await oneCall(callers, random);
      done.push(call);
      if (call.seen === 'broken' || call.status === 503) await setTimeout(random.between(100, 600));
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  await Promise.all(dying);
  return done;
}

async function die({ of, which, deadMs }: Death, stack: Stack, services: KillableServices): Promise<void> {
  switch (of) {
    case 'gateway': {
      const restart = await stack.killGateway(which % GATEWAYS);
      await setTimeout(deadMs);
      return restart();
    }
    case 'worker':
      await stack.apps.worker.kill();
      await setTimeout(deadMs);
      // It does not start without Postgres and Redis, as its supervisor knows.
      return until(
        () =>
          stack.killAndRestart('worker').then(
            () => true,
            () => false,
          ),
        READY_WITHIN_MS,
      ).then(() => undefined);
    case 'redis':
    case 'postgres':
      await services.kill(of);
      return services.back(of);
  }
}

async function settled(stack: Stack, ledger: Ledger): Promise<void> {
  for (const url of stack.gatewayUrls)
    await until(async () => {
      const response = await fetch(`${url}/health/ready`).catch(() => null);
      const components = ((await response?.json()) as { components?: { quota?: { status: string } } })?.components;
      return components?.quota?.status === 'up';
    }, READY_WITHIN_MS);
  await until(async () => {
    const { events, reservations } = await ledger.underWay();
    return events === 0 && reservations === 0;
  }, SETTLED_WITHIN_MS);
}
