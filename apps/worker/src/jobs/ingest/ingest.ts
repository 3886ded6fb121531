import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Clock } from '#libs/core';
import { bury, type DeadLetter, readUsageEvent, type TouchedHour, type UsageRow } from '#libs/ledger';
import type { Logger } from '#libs/telemetry';
import type { IngestMetrics } from './ingest-metrics.js';
import type { RecordWriter } from './record-writer.js';
import type { StreamEntry, UsageStreams } from './usage-streams.js';

export interface IngestParts {
  readonly streams: UsageStreams;
  readonly records: RecordWriter;
  readonly redis: Redis;
  readonly organizations: () => Promise<readonly string[]>;
  /** Called after the commit; may be lost with the process, because the hours are marked in Postgres. */
  readonly onTouched: (hours: readonly TouchedHour[]) => Promise<void>;
  /** Called after events were put aside. */
  readonly onDead: (letters: readonly DeadLetter[]) => Promise<void>;
  readonly metrics: IngestMetrics;
  readonly logger: Logger;
  readonly clock: Clock;
}

/** An entry that can never become a record. */
interface Refused {
  readonly entry: StreamEntry;
  readonly reason: string;
}

/** How long one read waits for events: bounds how late a new organization is noticed. */
const BLOCK_MS = 500;
/** How often we look for events of consumers that died, and after how long they count as dead. */
const CLAIM_EVERY_MS = 10_000;
const ABANDONED_AFTER_MS = 15_000;
const BACKOFF_FIRST_MS = 100;
const BACKOFF_LAST_MS = 5_000;

/**
 * Moves usage events from Redis into Postgres until `signal` aborts. Read, commit, acknowledge, in this order and one batch
 * at a time: whatever dies between two of these steps, the events come again, and a record that is there stays as it is.
 * Never rejects: when something is away it waits and begins again with the events that it had not acknowledged.
 */
export async function ingest(parts: IngestParts, signal: AbortSignal): Promise<void> {
  let failures = 0;
  let claimAt = 0;
  let recovering = true;
  while (!signal.aborted) {
    try {
      const organizations = await parts.organizations();
      if (organizations.length === 0) {
        await delay(BLOCK_MS, undefined, { signal });
        continue;
      }
      await parts.streams.open(organizations);
      if (recovering || parts.clock.monotonic() >= claimAt) {
        await takeOver(parts, organizations, recovering ? 0 : ABANDONED_AFTER_MS);
        claimAt = parts.clock.monotonic() + CLAIM_EVERY_MS;
        recovering = false;
      }
      await keep(parts, await parts.streams.readNew(organizations, BLOCK_MS));
      if (failures > 0) parts.logger.info('ingest works again');
      failures = 0;
      parts.metrics.working(true);
    } catch (cause) {
      if (signal.aborted) return;
      if (failures === 0) parts.logger.warn({ error: cause }, 'ingest waits');
      parts.metrics.working(false);
      parts.streams.forget();
      recovering = true;
      await pause(Math.min(BACKOFF_FIRST_MS * 2 ** failures++, BACKOFF_LAST_MS), signal);
    }
  }
}

/** Events read and never acknowledged, until there are none: ours of before a failure, or those of a consumer that died. */
async function takeOver(parts: IngestParts, organizations: readonly string[], idleMs: number): Promise<void> {
  for (;;) {
    const entries = await parts.streams.claim(organizations, idleMs);
    if (entries.length === 0) return;
    parts.logger.info({ events: entries.length }, 'took over unacknowledged events');
    await keep(parts, entries);
  }
}

/** One batch, from entries to records. */
async function keep(parts: IngestParts, entries: readonly StreamEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const { rows, dead } = read(entries, parts.clock.now());
  const { touched, refused } = await parts.records.write([...rows.keys()]);
  for (const { row, reason } of refused) dead.push({ entry: rows.get(row) as StreamEntry, reason });
  await buryAll(parts, dead);
  await parts.onTouched(touched);
  await parts.streams.acknowledge(entries);
  parts.metrics.kept(entries, dead.length);
}

function read(entries: readonly StreamEntry[], nowMs: number): { rows: Map<UsageRow, StreamEntry>; dead: Refused[] } {
  const rows = new Map<UsageRow, StreamEntry>();
  const dead: Refused[] = [];
  for (const entry of entries) {
    const event = readUsageEvent(entry.json, entry.organizationId, nowMs);
    if (event.ok) rows.set(event.value, entry);
    else dead.push({ entry, reason: event.error });
  }
  return { rows, dead };
}

async function buryAll({ redis, logger, clock, onDead }: IngestParts, dead: readonly Refused[]): Promise<void> {
  if (dead.length === 0) return;
  const buriedAtMs = clock.now();
  const letters = dead.map(({ entry: { organizationId, id, json }, reason }) => ({
    ...{ organizationId, reason, buriedAtMs },
    entryId: id,
    event: json,
  }));
  for (const { organizationId, entryId, reason } of letters)
    logger.error({ organizationId, entry: entryId, reason }, 'a usage event cannot be recorded');
  await bury(redis, letters);
  await onDead(letters);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}
