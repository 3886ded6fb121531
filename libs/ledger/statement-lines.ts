import type pg from 'pg';
import type { NanoUsd } from '#libs/core';
import type { Period } from './period.js';
import { API_TOKENS, CACHED } from './token-sums.js';

/**
 * `usage`: calls of the ledger; the rest are adjustments: `manual` ones, those of a `re-rating`, and what the organization's
 * rules add, `shared-cost` and `markup`.
 */
export type LineKind = 'usage' | 'manual' | 're-rating' | 'shared-cost' | 'markup';

/** One line of a statement: the calls of a period that share all of its keys. Tokens as the API counts them. */
export interface StatementLine {
  readonly kind: LineKind;
  readonly costCenter: string | null;
  readonly team: string;
  readonly service: string | null;
  readonly agent: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly requests: bigint;
  readonly inputTokens: bigint;
  readonly cachedInputTokens: bigint;
  readonly cacheWriteTokens: bigint;
  readonly outputTokens: bigint;
  readonly reasoningTokens: bigint;
  readonly costNanoUsd: NanoUsd;
  /** Answers from the cache, a part of the requests. */
  readonly cachedRequests: bigint;
  readonly savedNanoUsd: NanoUsd;
  readonly adjustmentNanoUsd: NanoUsd;
  /** Why the amount was corrected; only on an adjustment's line. */
  readonly reason: string | null;
}

const KEYS = 'cost_center, team, service, agent, provider, model';
const SUMS = [
  'requests',
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'cost_nano_usd',
  'cached_requests',
  'saved_nano_usd',
] as const;

/**
 * What the records of the period hold beyond the statements of it that are closed already: everything at the first closing,
 * what came late after it. So the closed statements of a period always add up to the ledger, and none ever changes.
 */
const WRITE = `
  INSERT INTO statement_lines (statement_id, line, ${KEYS}, ${SUMS.join(', ')}, adjustment_nano_usd)
  SELECT $1::uuid,
    row_number() OVER (ORDER BY cost_center NULLS FIRST, team, service, agent NULLS FIRST, provider NULLS FIRST, model NULLS FIRST),
    ${KEYS}, ${SUMS.join(', ')}, 0
  FROM (
    SELECT ${KEYS}, ${SUMS.map((name) => `sum(${name})::bigint AS ${name}`).join(', ')}
    FROM (
      SELECT ${KEYS}, 1 AS requests, ${API_TOKENS.input} AS input_tokens, ${API_TOKENS.cachedInput} AS cached_input_tokens,
        ${API_TOKENS.cacheWrite} AS cache_write_tokens, ${API_TOKENS.output} AS output_tokens,
        ${API_TOKENS.reasoning} AS reasoning_tokens, cost_nano_usd,
        ${CACHED.requests} AS cached_requests, ${CACHED.savedNanoUsd} AS saved_nano_usd
      FROM usage_records WHERE organization_id = $2 AND at >= $3 AND at < $4
      UNION ALL
      SELECT ${KEYS}, ${SUMS.map((name) => `-${name}`).join(', ')}
      FROM statement_lines JOIN statements ON statements.id = statement_id
      WHERE organization_id = $2 AND period = $5 AND status = 'closed'
    ) AS entries
    GROUP BY ${KEYS}
  ) AS lines
  WHERE (${SUMS.join(', ')}) IS DISTINCT FROM (${SUMS.map(() => '0').join(', ')})`;

/** Replaces the lines of an open statement by what the ledger says now; returns their sum. In the caller's transaction. */
export async function writeLines(
  client: pg.PoolClient,
  statement: { readonly id: string; readonly organizationId: string },
  period: Period,
): Promise<NanoUsd> {
  await client.query('DELETE FROM statement_lines WHERE statement_id = $1', [statement.id]);
  await client.query(WRITE, [statement.id, statement.organizationId, period.from, period.to, period.name]);
  const { rows } = await client.query<{ total: string }>(
    'SELECT coalesce(sum(cost_nano_usd), 0)::text AS total FROM statement_lines WHERE statement_id = $1',
    [statement.id],
  );
  return BigInt(rows[0]?.total ?? '0');
}

const PAGE = 2_000;

/** The lines of a statement in order, its adjustments after them; read in pages, so of any number. */
export async function* readLines(pool: pg.Pool | pg.PoolClient, statementId: string): AsyncGenerator<StatementLine> {
  let last = 0;
  for (;;) {
    const { rows } = await pool.query<LineRow>(
      'SELECT * FROM statement_lines WHERE statement_id = $1 AND line > $2 ORDER BY line LIMIT $3',
      [statementId, last, PAGE],
    );
    for (const row of rows) yield toLine(row);
    if (rows.length < PAGE) break;
    last = rows.at(-1)?.line ?? last;
  }
  yield* readAdjustments(pool, statementId);
}

async function* readAdjustments(pool: pg.Pool | pg.PoolClient, statementId: string): AsyncGenerator<StatementLine> {
  const { rows } = await pool.query<AdjustmentRow>(
    `SELECT cost_center, team, service, model, amount_nano_usd, kind, reason FROM adjustments
     WHERE statement_id = $1 ORDER BY created_at, id`,
    [statementId],
  );
  for (const row of rows)
    yield {
      kind: row.kind,
      costCenter: row.cost_center,
      team: row.team,
      service: row.service,
      agent: null,
      provider: null,
      model: row.model,
      requests: 0n,
      inputTokens: 0n,
      cachedInputTokens: 0n,
      cacheWriteTokens: 0n,
      outputTokens: 0n,
      reasoningTokens: 0n,
      costNanoUsd: 0n,
      cachedRequests: 0n,
      savedNanoUsd: 0n,
      adjustmentNanoUsd: BigInt(row.amount_nano_usd),
      reason: row.reason,
    };
}

interface LineRow {
  readonly line: number;
  readonly cost_center: string | null;
  readonly team: string;
  readonly service: string;
  readonly agent: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly requests: string;
  readonly input_tokens: string;
  readonly cached_input_tokens: string;
  readonly cache_write_tokens: string;
  readonly output_tokens: string;
  readonly reasoning_tokens: string;
  readonly cost_nano_usd: string;
  readonly cached_requests: string;
  readonly saved_nano_usd: string;
}

interface AdjustmentRow {
  readonly cost_center: string | null;
  readonly team: string;
  readonly service: string | null;
  readonly amount_nano_usd: string;
  readonly kind: LineKind;
  readonly model: string | null;
  readonly reason: string;
}

function toLine(row: LineRow): StatementLine {
  return {
    kind: 'usage',
    costCenter: row.cost_center,
    team: row.team,
    service: row.service,
    agent: row.agent,
    provider: row.provider,
    model: row.model,
    requests: BigInt(row.requests),
    inputTokens: BigInt(row.input_tokens),
    cachedInputTokens: BigInt(row.cached_input_tokens),
    cacheWriteTokens: BigInt(row.cache_write_tokens),
    outputTokens: BigInt(row.output_tokens),
    reasoningTokens: BigInt(row.reasoning_tokens),
    costNanoUsd: BigInt(row.cost_nano_usd),
    cachedRequests: BigInt(row.cached_requests),
    savedNanoUsd: BigInt(row.saved_nano_usd),
    adjustmentNanoUsd: 0n,
    reason: null,
  };
}
