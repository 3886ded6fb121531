import { divideHalfUp, type NanoUsd } from '#libs/core';
import type { Markup, SharedCost, StatementRules } from './rules.js';
import { splitBy } from './split.js';

/** What a team used, and who it is to finance. */
export interface TeamUsage {
  readonly team: string;
  readonly costCenter: string | null;
  readonly costNanoUsd: NanoUsd;
}

/** One line that a rule puts on a statement. */
export interface RuleLine {
  readonly kind: 'shared-cost' | 'markup';
  readonly team: string;
  readonly costCenter: string | null;
  readonly amountNanoUsd: NanoUsd;
  readonly reason: string;
}

/**
 * What the rules add to a statement, in the order of the rules and of the teams given. Fixed amounts add up to themselves; a
 * team's usage that others bear adds up to nothing, because it is taken off that team. Mark-ups are of a team's own usage,
 * rounded half up to a nano-USD. Lines of nothing are left out.
 */
export function ruleLines({ sharedCosts, markups }: StatementRules, teams: readonly TeamUsage[]): RuleLine[] {
  const lines = [
    ...sharedCosts.flatMap((cost) => sharedLines(cost, teams)),
    ...markups.flatMap((markup) => markupLines(markup, teams)),
  ];
  return lines.filter(({ amountNanoUsd }) => amountNanoUsd !== 0n);
}

function sharedLines({ name, source, splitBy: key, teams, shares }: SharedCost, all: readonly TeamUsage[]): RuleLine[] {
  const from = 'team' in source ? all.find(({ team }) => team === source.team) : undefined;
  const amount = 'team' in source ? (from?.costNanoUsd ?? 0n) : source.amountNanoUsd;
  const bearers = all.filter((each) => each !== from && (teams.length === 0 || teams.includes(each.team)));
  // Nobody to bear it: it stays where it is, rather than vanish.
  if (bearers.length === 0) return [];
  const weights = bearers.map(({ team, costNanoUsd }) => {
    if (key === 'shares') return BigInt(shares[team] ?? 0);
    if (key === 'even') return 1n;
    return costNanoUsd > 0n ? costNanoUsd : 0n;
  });
  const parts = splitBy(amount, weights);
  const given = from ? [lineOf('shared-cost', from, -amount, `${name}: borne by other teams`)] : [];
  return [...given, ...bearers.map((team, index) => lineOf('shared-cost', team, parts[index] ?? 0n, name))];
}

const MILLION = 1_000_000n;

function markupLines({ name, team, millionths }: Markup, all: readonly TeamUsage[]): RuleLine[] {
  return all
    .filter((each) => team === '*' || each.team === team)
    .map((each) => lineOf('markup', each, divideHalfUp(each.costNanoUsd * millionths, MILLION), name));
}

const lineOf = (
  kind: RuleLine['kind'],
  { team, costCenter }: TeamUsage,
  amountNanoUsd: NanoUsd,
  reason: string,
): RuleLine => ({ kind, team, costCenter, amountNanoUsd, reason });
