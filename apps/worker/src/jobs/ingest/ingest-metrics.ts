import { Counter, Gauge, Histogram, type Registry } from '#libs/telemetry';
import type { StreamEntry } from './usage-streams.js';

export interface IngestMetrics {
  /** A batch was acknowledged; `dead` of its events became dead letters. */
  readonly kept: (entries: readonly StreamEntry[], dead: number) => void;
  readonly working: (is: boolean) => void;
}

export function ingestMetrics(registry: Registry, now: () => number): IngestMetrics {
  const registers = [registry];
  const events = new Counter({
    name: 'tollgate_ingest_events_total',
    help: 'Usage events by what became of them: record or dead-letter. A repeated event counts again.',
    labelNames: ['outcome'],
    registers,
  });
  const lag = new Histogram({
    name: 'tollgate_ingest_lag_seconds',
    help: 'From settlement in Redis to the acknowledged record in Postgres, oldest event of each batch.',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers,
  });
  const working = new Gauge({
    name: 'tollgate_ingest_working',
    help: '1 while ingest works, 0 while it waits.',
    registers,
  });
  return {
    kept(entries, dead) {
      events.inc({ outcome: 'record' }, entries.length - dead);
      events.inc({ outcome: 'dead-letter' }, dead);
      const oldest = Math.min(...entries.map(({ id }) => Number.parseInt(id, 10)));
      lag.observe(Math.max(now() - oldest, 0) / 1000);
    },
    working: (is) => working.set(is ? 1 : 0),
  };
}
