import type { Logger } from '#libs/telemetry';
import type { RedisPresence } from './redis-presence.js';
import type { SteadyQuota } from './steady-quota.js';

/** How often we look for spool files that a gateway left when it died. */
const EVERY_MS = 5_000;

/** Replays the spool when Redis comes back, and what dead gateways have left, now and then. Returns how to end that. */
export function keepReplaying(quota: SteadyQuota, presence: RedisPresence, log: Logger): () => void {
  const replay = (): void => {
    if (presence.away) return;
    quota.replay().catch((cause: unknown) => {
      log.warn({ error: cause }, 'the spool could not be replayed to its end');
      presence.lost(cause);
    });
  };
  const timer = setInterval(replay, EVERY_MS);
  timer.unref();
  presence.onBack(replay);
  replay();
  return () => clearInterval(timer);
}
