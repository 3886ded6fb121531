import type pg from 'pg';
import { uuidv7 } from '#libs/core';
import { type RuleLine, ruleLines, type TeamUsage } from './rule-lines.js';
import { readRules } from './rules.js';

interface OpenStatement {
  readonly id: string;
  readonly organizationId: string;
}

/**
 * Replaces the lines that rules put on an open statement by what they say now, from its usage lines. Fixed amounts are due once
 * a period: a statement that follows a closed one has none. In the caller's transaction, after the usage lines.
 */
export async function writeRuleLines(client: pg.PoolClient, statement: OpenStatement, period: string): Promise<void> {
  await client.query(`DELETE FROM adjustments WHERE statement_id = $1 AND kind IN ('shared-cost', 'markup')`, [
    statement.id,
  ]);
  const rules = await readRules(client, statement.organizationId);
  if (rules.sharedCosts.length + rules.markups.length === 0) return;
  const isFirst = !(await followsAnother(client, statement, period));
  const due = isFirst ? rules.sharedCosts : rules.sharedCosts.filter(({ source }) => 'team' in source);
  await insert(client, statement, ruleLines({ ...rules, sharedCosts: due }, await teamsOf(client, statement)));
}

async function followsAnother(
  client: pg.PoolClient,
  { organizationId }: OpenStatement,
  period: string,
): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM statements WHERE organization_id = $1 AND period = $2 AND status = 'closed' LIMIT 1`,
    [organizationId, period],
  );
  return rows.length > 0;
}

/** All teams that there are, and those that only the statement still knows, with what they used on it. */
async function teamsOf(client: pg.PoolClient, { id, organizationId }: OpenStatement): Promise<TeamUsage[]> {
  const { rows } = await client.query<{ team: string; cost_center: string | null; cost: string }>(
    `SELECT coalesce(slug, used.team) AS team, CASE WHEN slug IS NULL THEN used.cost_center ELSE teams.cost_center END AS cost_center,
       coalesce(used.cost, 0)::text AS cost
     FROM (SELECT * FROM teams WHERE organization_id = $2) AS teams
     FULL JOIN (
       SELECT team, min(cost_center) AS cost_center, sum(cost_nano_usd) AS cost
       FROM statement_lines WHERE statement_id = $1 GROUP BY team
     ) AS used ON used.team = slug
     ORDER BY 1`,
    [id, organizationId],
  );
  return rows.map(({ team, cost_center, cost }) => ({ team, costCenter: cost_center, costNanoUsd: BigInt(cost) }));
}

async function insert(
  client: pg.PoolClient,
  { id, organizationId }: OpenStatement,
  lines: readonly RuleLine[],
): Promise<void> {
  await client.query(
    `INSERT INTO adjustments (id, organization_id, statement_id, team, cost_center, amount_nano_usd, kind, reason)
     SELECT line.id, $1, $2, team, cost_center, amount, kind, reason
     FROM unnest($3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[])
       AS line (id, team, cost_center, amount, kind, reason)`,
    [
      organizationId,
      id,
      lines.map(() => uuidv7()),
      lines.map(({ team }) => team),
      lines.map(({ costCenter }) => costCenter),
      lines.map(({ amountNanoUsd }) => amountNanoUsd.toString()),
      lines.map(({ kind }) => kind),
      lines.map(({ reason }) => reason),
    ],
  );
}
