import type pg from 'pg';
import { type BilledRow, MEASURES, type Measure } from './billed-row.js';

/** Distinct lines held before they are written: bounds the memory, whatever the export's order. */
const HELD_MAX = 5_000;

const COLUMN: Record<Measure, string> = {
  requests: 'requests',
  inputTokens: 'input_tokens',
  cachedInputTokens: 'cached_input_tokens',
  cacheWriteTokens: 'cache_write_tokens',
  outputTokens: 'output_tokens',
  costNanoUsd: 'cost_nano_usd',
};

/** Columns of reconciliation_lines for one side, in the order of MEASURES. */
export const sideColumns = (side: 'here' | 'there'): string[] =>
  MEASURES.map((measure) => `${side}_${COLUMN[measure]}`);

interface Staged {
  readonly day: string;
  readonly model: string;
  readonly credential: string;
  readonly sums: (bigint | null)[];
}

/**
 * Writes an export's rows as lines of the reconciliation, summed per day, model and credential. Returns how many rows there
 * were. In the caller's transaction.
 */
export async function stageRows(
  client: pg.PoolClient,
  reconciliationId: string,
  rows: AsyncIterable<BilledRow>,
  credentialOf: (key: string) => string,
): Promise<number> {
  const held = new Map<string, Staged>();
  let count = 0;
  for await (const row of rows) {
    count += 1;
    add(held, row, credentialOf(row.key));
    if (held.size < HELD_MAX) continue;
    await write(client, reconciliationId, [...held.values()]);
    held.clear();
  }
  await write(client, reconciliationId, [...held.values()]);
  return count;
}

function add(held: Map<string, Staged>, { day, model, measured }: BilledRow, credential: string): void {
  const key = JSON.stringify([day, model, credential]);
  const staged = held.get(key) ?? { day, model, credential, sums: MEASURES.map(() => null) };
  MEASURES.forEach((measure, index) => {
    const value = measured[measure];
    if (value !== undefined && value !== null) staged.sums[index] = (staged.sums[index] ?? 0n) + value;
  });
  held.set(key, staged);
}

const SIDE = sideColumns('there');

const UPSERT = `
  INSERT INTO reconciliation_lines AS line (reconciliation_id, day, model, credential, ${SIDE.join(', ')})
  SELECT $1, * FROM unnest($2::date[], $3::text[], $4::text[], ${SIDE.map((_, index) => `$${index + 5}::bigint[]`).join(', ')})
  ON CONFLICT (reconciliation_id, day, model, credential) DO UPDATE SET
    ${SIDE.map((name) => `${name} = CASE WHEN excluded.${name} IS NULL THEN line.${name} ELSE coalesce(line.${name}, 0) + excluded.${name} END`).join(', ')}`;

async function write(client: pg.PoolClient, reconciliationId: string, lines: readonly Staged[]): Promise<void> {
  if (lines.length === 0) return;
  const sums = MEASURES.map((_, index) => lines.map((line) => line.sums[index]?.toString() ?? null));
  await client.query(UPSERT, [
    reconciliationId,
    lines.map(({ day }) => day),
    lines.map(({ model }) => model),
    lines.map(({ credential }) => credential),
    ...sums,
  ]);
}
