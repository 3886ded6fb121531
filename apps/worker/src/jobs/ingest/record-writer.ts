import type { Pool } from 'pg';
import { dayOf, ensurePartitions, insertUsage, keptFrom, type TouchedHour, type UsageRow } from '#libs/ledger';
import { CredentialUses } from './credential-uses.js';

/** A row that Postgres will never take, and why. */
export interface RefusedRow {
  readonly row: UsageRow;
  readonly reason: string;
}

export interface Written {
  readonly touched: readonly TouchedHour[];
  readonly refused: readonly RefusedRow[];
}

const ROWS_PER_INSERT = 2_000;
/** SQLSTATE: no partition for the row. */
const CHECK_VIOLATION = '23514';

/** Writes rows of any days and organizations, making partitions as they are needed. */
export class RecordWriter {
  private readonly days = new Set<string>();
  private readonly uses: CredentialUses;

  constructor(private readonly pool: Pool) {
    this.uses = new CredentialUses(pool);
  }

  /** Rejects when Postgres is away; then some of the rows may be written, and all may be given again. */
  async write(rows: readonly UsageRow[]): Promise<Written> {
    const { kept, refused } = await this.sorted(rows);
    const results: Written[] = [{ touched: [], refused }];
    for (let start = 0; start < kept.length; start += ROWS_PER_INSERT)
      results.push(await this.insert(kept.slice(start, start + ROWS_PER_INSERT)));
    await this.uses.note(kept);
    return together(results);
  }

  /** A call from before what its organization keeps would be deleted at once, and its hour's rollup is final. */
  private async sorted(
    rows: readonly UsageRow[],
  ): Promise<{ readonly kept: readonly UsageRow[]; readonly refused: readonly RefusedRow[] }> {
    const from = await keptFrom(this.pool, [...new Set(rows.map(({ organizationId }) => organizationId))]);
    const isKept = ({ organizationId, atMs }: UsageRow): boolean => atMs >= (from.get(organizationId) ?? 0);
    const refused = rows.filter((row) => !isKept(row));
    const reason = 'came after the records of its day were deleted';
    return { kept: rows.filter(isKept), refused: refused.map((row) => ({ row, reason })) };
  }

  private async insert(rows: readonly UsageRow[]): Promise<Written> {
    await this.ensureDays(rows);
    try {
      return { touched: await insertUsage(this.pool, rows), refused: [] };
    } catch (cause) {
      if (codeOf(cause) === CHECK_VIOLATION) this.days.clear();
      if (!isAboutData(cause)) throw cause;
      return this.isolate(rows, cause);
    }
  }

  /** One bad row must not hold up the rest: halves the batch until it stands alone. */
  private async isolate(rows: readonly UsageRow[], cause: unknown): Promise<Written> {
    const [row] = rows;
    if (rows.length === 1 && row !== undefined)
      return { touched: [], refused: [{ row, reason: `Postgres: ${messageOf(cause)}` }] };
    const middle = Math.ceil(rows.length / 2);
    return together([await this.insert(rows.slice(0, middle)), await this.insert(rows.slice(middle))]);
  }

  private async ensureDays(rows: readonly UsageRow[]): Promise<void> {
    const fresh = new Set(rows.map(({ atMs }) => dayOf(atMs)).filter((day) => !this.days.has(day)));
    if (fresh.size === 0) return;
    await ensurePartitions(this.pool, [...fresh]);
    for (const day of fresh) this.days.add(day);
  }
}

function together(results: readonly Written[]): Written {
  return {
    touched: results.flatMap(({ touched }) => touched),
    refused: results.flatMap(({ refused }) => refused),
  };
}

/** Classes 22 (data exception) and 23 (integrity constraint): the same row will fail again, whatever we do. */
function isAboutData(cause: unknown): boolean {
  return /^2[23]/.test(codeOf(cause));
}

function codeOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : '';
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
