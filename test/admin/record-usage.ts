import type { Pool } from 'pg';
import { dayOf, ensurePartitions, insertUsage, readUsageEvent } from '#libs/ledger';
import type { UsageEvent } from '#libs/messages';

/** Writes events into the ledger as the worker would. */
export async function recordUsage(pool: Pool, events: readonly UsageEvent[]): Promise<void> {
  const rows = events.map((event) => {
    const row = readUsageEvent(JSON.stringify(event), event.organizationId, Date.now());
    if (!row.ok) throw new Error(row.error);
    return row.value;
  });
  await ensurePartitions(
    pool,
    rows.map(({ atMs }) => dayOf(atMs)),
  );
  await insertUsage(pool, rows);
}
