import { createHash } from 'node:crypto';
import type pg from 'pg';
import { type NanoUsd, TollgateError, uuidv7 } from '#libs/core';
import { requireKept } from './kept.js';
import { type Period, parsePeriod } from './period.js';
import { writeRuleLines } from './rules/write-rule-lines.js';
import { getStatement, type Statement, type StatementId, type StatementStatus } from './statement.js';
import { type LineKind, readLines, type StatementLine, writeLines } from './statement-lines.js';
import { inTransaction } from './transaction.js';

/**
 * The open statement of a period with its lines as of now: made if there is none. While one is closing the period has no
 * open statement, which is `conflict`; a bad period is `invalid_request`.
 */
export async function previewStatement(pool: pg.Pool, organizationId: string, period: string): Promise<Statement> {
  const month = parsePeriod(period);
  return inTransaction(pool, async (client) => {
    await lockPeriod(client, organizationId, period);
    const open = await openStatement(client, organizationId, period);
    if (open.status === 'closing') throw new TollgateError('conflict', `The statement of ${period} is being closed.`);
    const total = await compute(client, open, month);
    await client.query('UPDATE statements SET total_nano_usd = $2 WHERE id = $1', [open.id, total]);
    return getStatement(client, open);
  });
}

/**
 * Takes the open statement of a period out of the hands of previews: it is `closing` until `closeStatement` has run. Asked
 * again meanwhile, it answers the same statement. Throws `conflict` when the period is closed and nothing came after, and
 * when records that were billed are no longer kept; a bad period is `invalid_request`.
 */
export async function beginClosing(pool: pg.Pool, organizationId: string, period: string): Promise<Statement> {
  const month = parsePeriod(period);
  return inTransaction(pool, async (client) => {
    await lockPeriod(client, organizationId, period);
    const open = await openStatement(client, organizationId, period);
    if (open.status === 'preview') {
      await requireKept(client, organizationId, month);
      if (await hasClosedStatement(client, organizationId, period)) {
        await compute(client, open, month);
        await refuseUnlessSomethingCame(client, open, period);
      }
      await client.query(`UPDATE statements SET status = 'closing' WHERE id = $1`, [open.id]);
    }
    return getStatement(client, open);
  });
}

/**
 * Closes a statement: lines from the ledger for the last time, their hash, the total. Does nothing to one that is closed, so
 * it may be tried again. Throws `not_found`.
 */
export async function closeStatement(pool: pg.Pool, identity: StatementId): Promise<Statement> {
  return inTransaction(pool, async (client) => {
    const { period } = await getStatement(client, identity);
    await lockPeriod(client, identity.organizationId, period);
    const statement = await getStatement(client, identity);
    if (statement.status === 'closed') return statement;
    const total = await compute(client, identity, parsePeriod(period));
    await client.query(
      `UPDATE statements SET status = 'closed', total_nano_usd = $2, lines_hash = $3, closed_at = now() WHERE id = $1`,
      [identity.id, total, await hashLines(client, identity.id)],
    );
    return getStatement(client, identity);
  });
}

/** Whether the lines of a closed statement are still those that were closed. */
export async function verifyStatement(pool: pg.Pool, statement: Statement): Promise<boolean> {
  return statement.linesHash === (await hashLines(pool, statement.id));
}

/** The lines of an open statement anew: usage, and what the organization's rules make of it. Returns the sum of the usage. */
async function compute(client: pg.PoolClient, statement: StatementId, period: Period): Promise<NanoUsd> {
  await requireKept(client, statement.organizationId, period);
  const total = await writeLines(client, statement, period);
  await writeRuleLines(client, statement, period.name);
  return total;
}

/** Two requests about one period take turns, so that it never has two open statements. */
export async function lockPeriod(client: pg.PoolClient, organizationId: string, period: string): Promise<void> {
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('statement ' || $1 || ' ' || $2, 0))`, [
    organizationId,
    period,
  ]);
}

interface OpenStatement extends StatementId {
  readonly status: StatementStatus;
}

async function openStatement(client: pg.PoolClient, organizationId: string, period: string): Promise<OpenStatement> {
  const { rows } = await client.query<{ id: string; status: StatementStatus }>(
    `SELECT id, status FROM statements WHERE organization_id = $1 AND period = $2 AND status <> 'closed'`,
    [organizationId, period],
  );
  if (rows[0] !== undefined) return { ...rows[0], organizationId };

  const id = uuidv7();
  await client.query(`INSERT INTO statements (id, organization_id, period, status) VALUES ($1, $2, $3, 'preview')`, [
    id,
    organizationId,
    period,
  ]);
  return { id, organizationId, status: 'preview' };
}

/** The statement of a period that was made last; an open one where there is none. Under the period's lock. */
export async function newestStatement(
  client: pg.PoolClient,
  organizationId: string,
  period: string,
): Promise<OpenStatement> {
  const { rows } = await client.query<{ id: string; status: StatementStatus }>(
    'SELECT id, status FROM statements WHERE organization_id = $1 AND period = $2 ORDER BY id DESC LIMIT 1',
    [organizationId, period],
  );
  return rows[0] === undefined ? openStatement(client, organizationId, period) : { ...rows[0], organizationId };
}

async function hasClosedStatement(client: pg.PoolClient, organizationId: string, period: string): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM statements WHERE organization_id = $1 AND period = $2 AND status = 'closed' LIMIT 1`,
    [organizationId, period],
  );
  return rows.length > 0;
}

async function refuseUnlessSomethingCame(client: pg.PoolClient, open: StatementId, period: string): Promise<void> {
  const { rows } = await client.query<{ lines: string; negative: string; adjustments: string }>(
    `SELECT count(*) AS lines, count(*) FILTER (WHERE requests < 0 OR cost_nano_usd < 0) AS negative,
       (SELECT count(*) FROM adjustments WHERE statement_id = $1) AS adjustments
     FROM statement_lines WHERE statement_id = $1`,
    [open.id],
  );
  const [counts] = rows;
  if (counts?.lines === '0' && counts.adjustments === '0')
    throw new TollgateError('conflict', `${period} is closed, and nothing has been recorded for it since.`);
  // Less in the ledger than was billed means that retention took records: the difference is not a credit.
  if (counts?.negative !== '0') throw new TollgateError('conflict', `The records of ${period} are no longer all kept.`);
}

/** Of what is final at closing; other adjustments may come after it. */
const FINAL: ReadonlySet<LineKind> = new Set(['usage', 'shared-cost', 'markup']);

/** Over the usage lines and those of rules. One JSON array of texts per line. */
async function hashLines(client: pg.Pool | pg.PoolClient, statementId: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const line of readLines(client, statementId)) if (FINAL.has(line.kind)) hash.update(canonical(line));
  return hash.digest('hex');
}

function canonical(line: StatementLine): string {
  const keys = [line.costCenter, line.team, line.service, line.agent, line.provider, line.model];
  const tokens = [
    line.inputTokens,
    line.cachedInputTokens,
    line.cacheWriteTokens,
    line.outputTokens,
    line.reasoningTokens,
  ];
  const sums = [line.requests, ...tokens, line.costNanoUsd].map(String);
  const added = line.kind === 'usage' ? [] : [line.kind, line.adjustmentNanoUsd.toString(), line.reason];
  return `${JSON.stringify([...keys, ...sums, ...added])}\n`;
}
