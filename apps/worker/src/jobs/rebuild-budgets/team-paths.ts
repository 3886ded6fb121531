import type { Pool } from 'pg';

/** Slug of a team → it and its ancestors, innermost first. */
export type TeamPaths = ReadonlyMap<string, readonly string[]>;

/** Ends also where teams form a circle, which the admin app refuses. */
const DEPTH_MAX = 64;

export async function readTeamPaths(pool: Pool, organizationId: string): Promise<TeamPaths> {
  const { rows } = await pool.query<{ team: string; path: string[] }>(
    `WITH RECURSIVE path AS (
       SELECT slug AS team, slug, parent_id, 0 AS depth FROM teams WHERE organization_id = $1
       UNION ALL
       SELECT path.team, outer_team.slug, outer_team.parent_id, depth + 1
       FROM path JOIN teams AS outer_team ON outer_team.id = path.parent_id
       WHERE depth < $2
     )
     SELECT team, array_agg(slug ORDER BY depth) AS path FROM path GROUP BY team`,
    [organizationId, DEPTH_MAX],
  );
  return new Map(rows.map(({ team, path }) => [team, path]));
}
