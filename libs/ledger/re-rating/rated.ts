import type pg from 'pg';
import type { NanoUsd } from '#libs/core';
import { costOf, type ModelPrices } from '#libs/metering';
import type { Period } from '../period.js';

/** The prices that a model should have had at a moment, or null where there are none. */
export type PricesAt = (atMs: number) => ModelPrices | null;

/** What a team and service were booked for a model, and what it costs at the right prices. */
export interface RatedUse {
  readonly team: string;
  readonly service: string;
  readonly costCenter: string | null;
  readonly records: number;
  readonly bookedNanoUsd: NanoUsd;
  readonly ratedNanoUsd: NanoUsd;
}

export interface Rated {
  readonly uses: readonly RatedUse[];
  /** Records that cannot be priced anew, see SETTLED_OTHERWISE; they stay as they were booked. */
  readonly left: number;
}

/**
 * Not priced by this model's prices and the tokens of the record alone: answers of our cache; orphans, which are booked at their
 * reservation; and calls with tokens of several attempts, which may have been several models'.
 */
const SETTLED_OTHERWISE = `(cache IN ('hit', 'semantic-hit') OR orphaned OR (estimated AND jsonb_array_length(attempts) > 1))`;

const PAGE = 5_000;
const COLUMNS = `call_id, at, team, service, cost_center, input_tokens, cache_read_tokens, cache_write_tokens,
  cache_write_1h_tokens, output_tokens, reasoning_tokens, audio_input_tokens, audio_output_tokens, units, service_tier,
  tool_calls, cost_nano_usd, ${SETTLED_OTHERWISE} AS otherwise`;

/** A model's use in a period, priced anew record by record; read in pages, so of any number. */
export async function rate(
  client: pg.PoolClient,
  organizationId: string,
  model: string,
  period: Period,
  pricesAt: PricesAt,
): Promise<Rated> {
  const uses = new Map<string, RatedUse>();
  let left = 0;
  for await (const record of recordsOf(client, organizationId, model, period)) {
    const prices = record.otherwise ? null : pricesAt(record.at.getTime());
    if (prices === null) left += 1;
    else add(uses, record, costOf(tokensOf(record), prices, chargesOf(record)));
  }
  return { uses: [...uses.values()], left };
}

async function* recordsOf(
  client: pg.PoolClient,
  organizationId: string,
  model: string,
  { from, to }: Period,
): AsyncGenerator<RecordRow> {
  let after: readonly unknown[] = [from, '00000000-0000-0000-0000-000000000000'];
  for (;;) {
    const { rows } = await client.query<RecordRow>(
      `SELECT ${COLUMNS} FROM usage_records
       WHERE organization_id = $1 AND model = $2 AND at >= $3 AND at < $4 AND (at, call_id) > ($3, $5)
       ORDER BY at, call_id LIMIT $6`,
      [organizationId, model, after[0], to, after[1], PAGE],
    );
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = [last.at, last.call_id];
  }
}

function add(uses: Map<string, RatedUse>, record: RecordRow, rated: NanoUsd): void {
  const { team, service, cost_center: costCenter } = record;
  const key = JSON.stringify([team, service, costCenter]);
  const before = uses.get(key) ?? { team, service, costCenter, records: 0, bookedNanoUsd: 0n, ratedNanoUsd: 0n };
  uses.set(key, {
    ...before,
    records: before.records + 1,
    bookedNanoUsd: before.bookedNanoUsd + BigInt(record.cost_nano_usd),
    ratedNanoUsd: before.ratedNanoUsd + rated,
  });
}

interface RecordRow {
  readonly call_id: string;
  readonly at: Date;
  readonly team: string;
  readonly service: string;
  readonly cost_center: string | null;
  readonly input_tokens: number;
  readonly cache_read_tokens: number;
  readonly cache_write_tokens: number;
  readonly cache_write_1h_tokens: number;
  readonly output_tokens: number;
  readonly reasoning_tokens: number;
  readonly audio_input_tokens: number;
  readonly audio_output_tokens: number;
  readonly units: number | null;
  readonly service_tier: string | null;
  readonly tool_calls: Readonly<Record<string, number>> | null;
  readonly cost_nano_usd: string;
  readonly otherwise: boolean;
}

const tokensOf = (row: RecordRow) => ({
  input: row.input_tokens,
  cacheRead: row.cache_read_tokens,
  cacheWrite: row.cache_write_tokens,
  cacheWrite1h: row.cache_write_1h_tokens,
  output: row.output_tokens,
  reasoning: row.reasoning_tokens,
  audioInput: row.audio_input_tokens,
  audioOutput: row.audio_output_tokens,
});

const chargesOf = ({ units, service_tier: serviceTier, tool_calls: toolCalls }: RecordRow) => ({
  units: units ?? 1,
  serviceTier,
  toolCalls,
});
