import type { Prisma } from '#libs/database';
import type { ReachedTeam } from './reach.js';

/** Far more than teams can be nested: ends the walk even if they ran in a circle. */
const DEPTH_MAX = 50;

/** The teams with these ids and all below them. */
export function reachedTeams(
  database: Prisma.TransactionClient,
  organizationId: string,
  teamIds: readonly string[],
): Promise<ReachedTeam[]> {
  return database.$queryRaw<ReachedTeam[]>`
    WITH RECURSIVE reached AS (
      SELECT id, slug, 0 AS depth FROM teams
      WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...teamIds]}::uuid[])
      UNION
      SELECT team.id, team.slug, depth + 1 FROM teams team JOIN reached ON team.parent_id = reached.id
      WHERE depth < ${DEPTH_MAX}
    )
    SELECT id, slug, bool_or(depth > 0) AS below FROM reached GROUP BY id, slug`;
}
