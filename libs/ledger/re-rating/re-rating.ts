import type pg from 'pg';
import { type NanoUsd, TollgateError, uuidv7 } from '#libs/core';
import { lockPeriod, newestStatement } from '../closing.js';
import { requireKept } from '../kept.js';
import { parsePeriod } from '../period.js';
import { inTransaction } from '../transaction.js';
import { type PricesAt, type RatedUse, rate } from './rated.js';

/** Which use is to be priced anew: a model's, by its slug, in a month. */
export interface ReRatingOf {
  readonly organizationId: string;
  readonly period: string;
  readonly model: string;
}

export interface ReRatingLine extends RatedUse {
  /** What earlier re-ratings of this model and period have adjusted already. */
  readonly adjustedNanoUsd: NanoUsd;
  /** Still to be adjusted: rated − booked − adjusted. */
  readonly differenceNanoUsd: NanoUsd;
}

export interface ReRating {
  readonly lines: readonly ReRatingLine[];
  readonly records: number;
  /** Records that stay as they were booked; see re-rating/rated. */
  readonly left: number;
  readonly differenceNanoUsd: NanoUsd;
  /** The statement that the adjustments were entered on; null: only looked at, or nothing to adjust. */
  readonly statementId: string | null;
}

/** What a correction of prices would adjust. Changes nothing. */
export function previewReRating(pool: pg.Pool, of: ReRatingOf, pricesAt: PricesAt): Promise<ReRating> {
  return inTransaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    return compare(client, of, pricesAt);
  });
}

/**
 * Enters the difference to the right prices as adjustments, a line per team and service, on the newest statement of the period;
 * where there is none, on a new open one. Records and closed lines stay as they are. Again, it adjusts only what has come or
 * changed since: nothing, usually. Throws `invalid_request` for a bad period, `conflict` when its records are not all kept any more.
 */
export function reRate(pool: pg.Pool, of: ReRatingOf, pricesAt: PricesAt): Promise<ReRating> {
  return inTransaction(pool, async (client) => {
    await lockPeriod(client, of.organizationId, of.period);
    const found = await compare(client, of, pricesAt);
    const due = found.lines.filter(({ differenceNanoUsd }) => differenceNanoUsd !== 0n);
    if (due.length === 0) return found;
    const statement = await newestStatement(client, of.organizationId, of.period);
    if (statement.status === 'closing')
      throw new TollgateError('conflict', `The statement of ${of.period} is being closed.`);
    await enter(client, statement.id, of, due);
    return { ...found, statementId: statement.id };
  });
}

async function compare(client: pg.PoolClient, of: ReRatingOf, pricesAt: PricesAt): Promise<ReRating> {
  const period = parsePeriod(of.period);
  await requireKept(client, of.organizationId, period);
  const { uses, left } = await rate(client, of.organizationId, of.model, period, pricesAt);
  const adjusted = await adjustedBefore(client, of);
  const lines = uses.map((use) => {
    const adjustedNanoUsd = adjusted.get(keyOf(use)) ?? 0n;
    return { ...use, adjustedNanoUsd, differenceNanoUsd: use.ratedNanoUsd - use.bookedNanoUsd - adjustedNanoUsd };
  });
  return {
    lines,
    records: lines.reduce((sum, { records }) => sum + records, 0),
    left,
    differenceNanoUsd: lines.reduce((sum, line) => sum + line.differenceNanoUsd, 0n),
    statementId: null,
  };
}

const keyOf = ({ team, service, costCenter }: Pick<RatedUse, 'team' | 'service' | 'costCenter'>): string =>
  JSON.stringify([team, service, costCenter]);

async function adjustedBefore(
  client: pg.PoolClient,
  { organizationId, period, model }: ReRatingOf,
): Promise<ReadonlyMap<string, NanoUsd>> {
  const { rows } = await client.query<{ team: string; service: string; cost_center: string | null; sum: string }>(
    `SELECT team, service, cost_center, sum(amount_nano_usd)::text AS sum
     FROM adjustments JOIN statements ON statements.id = statement_id
     WHERE statements.organization_id = $1 AND period = $2 AND kind = 're-rating' AND model = $3
     GROUP BY team, service, cost_center`,
    [organizationId, period, model],
  );
  return new Map(
    rows.map(({ team, service, cost_center: costCenter, sum }) => [keyOf({ team, service, costCenter }), BigInt(sum)]),
  );
}

async function enter(
  client: pg.PoolClient,
  statementId: string,
  { organizationId, model, period }: ReRatingOf,
  lines: readonly ReRatingLine[],
): Promise<void> {
  await client.query(
    `INSERT INTO adjustments (id, organization_id, statement_id, team, service, cost_center, amount_nano_usd, kind, model, reason)
     SELECT line.id, $1, $2, team, service, cost_center, amount, 're-rating', $3, $4
     FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::bigint[]) AS line (id, team, service, cost_center, amount)`,
    [
      organizationId,
      statementId,
      model,
      `Prices of ${model} corrected for ${period}`,
      lines.map(() => uuidv7()),
      lines.map(({ team }) => team),
      lines.map(({ service }) => service),
      lines.map(({ costCenter }) => costCenter),
      lines.map(({ differenceNanoUsd }) => differenceNanoUsd.toString()),
    ],
  );
}
