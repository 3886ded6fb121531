import { Counter, Gauge, type Registry } from '#libs/telemetry';
import type { RedisPresence } from './redis-presence.js';
import type { Spool } from './spool/spool.js';

/** Shows whether the gateway works without Redis, and what waits for it. Read when asked for. */
export function showSteadiness(registry: Registry, presence: RedisPresence, spool: Spool): void {
  const gauge = (name: string, help: string, read: () => number, aggregator: 'sum' | 'max' = 'sum'): void => {
    new Gauge({
      name,
      help,
      aggregator,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  };
  gauge(
    'tollgate_quota_degraded',
    '1 while limits and budgets go without Redis.',
    () => (presence.away ? 1 : 0),
    'max',
  );
  gauge('tollgate_spool_entries', 'Settlements and events on disk that wait for Redis.', () => spool.entries);
  gauge('tollgate_spool_bytes', 'Size of what waits on disk for Redis.', () => spool.bytes);
  const outages = new Counter({
    name: 'tollgate_redis_outages_total',
    help: 'Outages of Redis that ended.',
    registers: [registry],
  });
  presence.onBack(() => outages.inc());
}
