import type { CallFacts } from './call-facts.js';

/** What of a plan says how long it holds. */
interface Dated {
  readonly budgets: readonly { readonly resetsAtMs: number | null }[];
}

type Planner<Plan> = (facts: CallFacts, nowMs: number) => Plan;

interface Remembered<Plan> {
  readonly plan: Plan;
  readonly fromMs: number;
  /** From then on another budget period counts. */
  readonly untilMs: number;
}

/** Callers differ in few facts, but users and tags are whatever clients send: what is kept has a bound. */
const KEPT_MAX = 1_000;

/** Plans made once per set of facts: most calls of a service are bound by the same counters as its last one. */
export function remembered<Plan extends Dated>(make: Planner<Plan>): Planner<Plan> {
  const known = new Map<string, Remembered<Plan>>();
  return (facts, nowMs) => {
    const name = nameOf(facts);
    const found = known.get(name);
    if (found && nowMs >= found.fromMs && nowMs < found.untilMs) return found.plan;
    const plan = make(facts, nowMs);
    if (known.size >= KEPT_MAX) known.clear();
    known.set(name, { plan, fromMs: nowMs, untilMs: untilOf(plan) });
    return plan;
  };
}

/** JSON, so that no value can pose as two. */
const nameOf = ({ organizationId, teamPath, service, agent, user, route, models, tags }: CallFacts): string =>
  JSON.stringify([organizationId, teamPath, service, agent, user, route, models, tags]);

function untilOf({ budgets }: Dated): number {
  return budgets.reduce((until, { resetsAtMs }) => Math.min(until, resetsAtMs ?? until), Number.POSITIVE_INFINITY);
}
