import type pg from 'pg';
import { MEASURES, type Measured } from './billed-row.js';
import type { Cause, Compared, Outcome, Verdict } from './judge.js';
import { sideColumns } from './stage.js';

/** A judged line. */
export interface ReconciliationLine extends Compared {
  readonly model: string;
  readonly outcome: Outcome;
  readonly cause: Cause | null;
}

export interface LineFilter {
  readonly outcome?: Outcome | undefined;
  readonly limit?: number | undefined;
}

const PAGE = 1_000;
const SELECT = `
  SELECT day::text AS day, model, credential, outcome, cause, ${[...sideColumns('there'), ...sideColumns('here')].join(', ')},
    here_unpriced, here_estimated
  FROM reconciliation_lines`;

type Row = Readonly<Record<string, string | null>>;

/** By model, day and credential; read in pages, so of any number. */
export async function* readReconciliationLines(
  client: pg.Pool | pg.PoolClient,
  reconciliationId: string,
  { outcome, limit = Number.POSITIVE_INFINITY }: LineFilter = {},
): AsyncGenerator<ReconciliationLine> {
  let last: readonly (string | null | undefined)[] = ['', '-infinity', ''];
  for (let left = limit; left > 0; ) {
    const { rows } = await client.query<Row>(
      `${SELECT} WHERE reconciliation_id = $1 AND (model, day, credential) > ($2, $3::date, $4)
         AND ($5::text IS NULL OR outcome = $5)
       ORDER BY model, day, credential LIMIT $6`,
      [reconciliationId, ...last, outcome ?? null, Math.min(PAGE, left)],
    );
    for (const row of rows) yield toLine(row);
    if (rows.length < PAGE) return;
    left -= rows.length;
    last = [rows.at(-1)?.['model'], rows.at(-1)?.['day'], rows.at(-1)?.['credential']];
  }
}

/** A line as it was judged. */
export type JudgedLine = Pick<ReconciliationLine, 'model' | 'day' | 'credential'> & Verdict;

export async function writeVerdicts(
  client: pg.PoolClient,
  reconciliationId: string,
  lines: readonly JudgedLine[],
): Promise<void> {
  await client.query(
    `UPDATE reconciliation_lines AS line SET outcome = verdict.outcome, cause = verdict.cause
     FROM unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::text[])
       AS verdict (model, day, credential, outcome, cause)
     WHERE reconciliation_id = $1 AND line.model = verdict.model AND line.day = verdict.day
       AND line.credential = verdict.credential`,
    [
      reconciliationId,
      lines.map(({ model }) => model),
      lines.map(({ day }) => day),
      lines.map(({ credential }) => credential),
      lines.map(({ outcome }) => outcome),
      lines.map(({ cause }) => cause),
    ],
  );
}

function toLine(row: Row): ReconciliationLine {
  return {
    day: String(row['day']),
    model: String(row['model']),
    credential: String(row['credential']),
    outcome: row['outcome'] as Outcome,
    cause: row['cause'] as Cause | null,
    there: sideOf(row, 'there'),
    here: sideOf(row, 'here'),
    unpriced: BigInt(row['here_unpriced'] ?? 0),
    estimated: BigInt(row['here_estimated'] ?? 0),
  };
}

function sideOf(row: Row, side: 'here' | 'there'): Measured {
  const columns = sideColumns(side);
  const value = (index: number): bigint | null => {
    const cell = row[columns[index] as string];
    return cell === null || cell === undefined ? null : BigInt(cell);
  };
  return Object.fromEntries(MEASURES.map((measure, index) => [measure, value(index)])) as Measured;
}
