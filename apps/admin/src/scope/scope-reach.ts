import { Prisma } from '#libs/database';
import { type Reach, requireBelow } from '../access/reach.js';

/** Tables of what binds calls by a scope. */
type Scoped = 'rate_limits' | 'budgets';

/** The where of what is in reach by its scope: it names a team that is, or a service of such a team. */
export async function scopesInReach(
  database: Prisma.TransactionClient,
  table: Scoped,
  organizationId: string,
  reach: Reach,
): Promise<{ readonly AND?: { readonly id: { readonly in: string[] } } }> {
  if (reach === 'organization') return {};
  const [ids, slugs] = [reach.map(({ id }) => id), reach.map(({ slug }) => slug)];
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT id FROM ${Prisma.raw(table)}
    WHERE organization_id = ${organizationId}::uuid AND (
      scope->>'team' = ANY(${slugs}::text[]) OR
      scope->>'service' IN (
        SELECT slug FROM services WHERE organization_id = ${organizationId}::uuid AND team_id = ANY(${ids}::uuid[])))`;
  return { AND: { id: { in: rows.map(({ id }) => id) } } };
}

/**
 * Throws permission_denied for a scope that the caller's role does not let them bind: it must name a service of a team in
 * reach, or a team below the caller's own. What binds the own team is set from above, or it would bind nobody.
 */
export async function requireScopeInReach(
  tx: Prisma.TransactionClient,
  organizationId: string,
  scope: Prisma.JsonValue,
  reach: Reach,
): Promise<void> {
  if (reach === 'organization') return;
  const { team, service } = scope as { readonly team?: string; readonly service?: string };
  const teamIds = reach.map(({ id }) => id);
  const ownService =
    service !== undefined &&
    (await tx.service.count({ where: { organizationId, slug: service, teamId: { in: teamIds } } })) > 0;
  if (!ownService) requireBelow(reach, reach.find(({ slug }) => slug === team)?.id ?? null);
}
