import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import { beginRebuild, finishRebuild, isOpen, type RebuildOf, subjectOf } from '#libs/quota';
import { compileBudget } from '#libs/snapshot';
import { spentBySubject } from './spending.js';
import { readTeamPaths, type TeamPaths } from './team-paths.js';

export interface RebuildParts {
  readonly redis: Redis;
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly clock: Clock;
}

export interface Rebuilt {
  /** Slugs of budgets whose counters now say what the ledger says. */
  readonly rebuilt: readonly string[];
  /** Slugs of budgets that someone else is rebuilding, or whose Redis lost its data meanwhile. */
  readonly overtaken: readonly string[];
}

/**
 * Sets the counters of an organization's budgets (null: of all) in their current periods from the ledger and the events that
 * are on their way to it. Exact under traffic, and holds no call that was not held before. May be repeated at any time.
 * Rejects when Redis or Postgres is away; what was rebuilt by then stays.
 */
export async function rebuildBudgets(
  parts: RebuildParts,
  organizationId: string,
  budgetIds: readonly string[] | null,
): Promise<Rebuilt> {
  const wanted = budgetIds === null ? {} : { id: { in: [...budgetIds] } };
  const rows = await parts.prisma.budget.findMany({ where: { organizationId, ...wanted }, orderBy: { id: 'asc' } });
  const teamPaths = await readTeamPaths(parts.pool, organizationId);
  const rebuilt: string[] = [];
  const overtaken: string[] = [];
  for (const row of rows) {
    const of = { organizationId, budget: compileBudget(row), nowMs: parts.clock.now() };
    const outcome = await rebuildOne(parts, of, teamPaths);
    (outcome === 'rebuilt' ? rebuilt : overtaken).push(row.slug);
  }
  return { rebuilt, overtaken };
}

async function rebuildOne(parts: RebuildParts, of: RebuildOf, teamPaths: TeamPaths): Promise<'rebuilt' | 'overtaken'> {
  const rebuild = await beginRebuild(parts.redis, of, await subjectsOf(parts, of, teamPaths));
  const spent = await spentBySubject(parts, of, rebuild.lastEvent, teamPaths);
  return finishRebuild(parts.redis, rebuild, spent);
}

/** Of an open scope, the subjects that anything was spent for so far. One that appears later begins at zero, rightly. */
async function subjectsOf(parts: RebuildParts, of: RebuildOf, teamPaths: TeamPaths): Promise<readonly string[]> {
  const { scope } = of.budget;
  return isOpen(scope) ? [...(await spentBySubject(parts, of, '+', teamPaths)).keys()] : [subjectOf(scope)];
}
