import type { CallFacts } from './call-facts.js';
import type { AdmissionPlan, CompiledQuota } from './plan.js';

interface Remembered {
  readonly plan: AdmissionPlan;
  readonly fromMs: number;
  /** From then on another budget period counts. */
  readonly untilMs: number;
}

/** Callers differ in few facts, but users and tags are whatever clients send: what is kept has a bound. */
const KEPT_MAX = 1_000;

/** Plans made once per set of facts: most calls of a service are bound by the same counters as its last one. */
export function remembered(make: CompiledQuota['plan']): CompiledQuota['plan'] {
  const known = new Map<string, Remembered>();
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

function untilOf({ budgets }: AdmissionPlan): number {
  return budgets.reduce((until, { resetsAtMs }) => Math.min(until, resetsAtMs ?? until), Number.POSITIVE_INFINITY);
}
