import type { Prisma } from '#libs/database';
import type { Users } from './in-use.js';

/** What can be named in the scope of a rate limit, budget or guardrail. */
export type ScopeAttribute = 'team' | 'service' | 'model' | 'route';

/** The rate limits, budgets and guardrails whose scope names this slug. They would silently bind nothing without it. */
export async function usersByScope(
  tx: Prisma.TransactionClient,
  organizationId: string,
  attribute: ScopeAttribute,
  slug: string,
): Promise<Users[]> {
  const where = { organizationId, scope: { path: [attribute], equals: slug } };
  const rateLimits = await tx.rateLimit.findMany({ where, select: { id: true } });
  const budgets = await tx.budget.findMany({ where, select: { slug: true } });
  const guardrails = await tx.guardrail.findMany({ where, select: { slug: true } });
  return [
    ['rate limit', rateLimits.map((row) => row.id)],
    ['budget', budgets.map((row) => row.slug)],
    ['guardrail', guardrails.map((row) => row.slug)],
  ];
}
