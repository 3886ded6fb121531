import cluster from 'node:cluster';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { CacheStore, Flights, NearIndex } from '#libs/cache';
import type { Config } from '#libs/config';
import { systemClock } from '#libs/core';
import { TokenCache } from '#libs/identity';
import { AccessTokens } from '#libs/providers';
import { connectRedis, ready } from '#libs/redis';
import { Headroom, ModelHealth } from '#libs/routing';
import { SnapshotDisk, SnapshotFollower } from '#libs/snapshot';
import { createRegistry, type Logger, startOtlp } from '#libs/telemetry';
import { masterKeyFrom } from '#libs/vault';
import { embedBy } from './call/cache/embed-by.js';
import { CallMetrics } from './call/call-metrics.js';
import { Aside } from './call/shadow/aside.js';
import { Upstream } from './call/upstream.js';
import { Fleet } from './control/fleet.js';
import { Health } from './control/health.js';
import { HealthReports } from './control/health-reports.js';
import { keyRequests } from './control/key-requests.js';
import { showModelHealth } from './control/model-health-metrics.js';
import { ModelStandings } from './control/model-standings.js';
import { Proofs } from './control/proofs.js';
import { RedisPresence } from './control/redis-presence.js';
import { keepReplaying } from './control/replaying.js';
import { SharedHealth } from './control/shared-health.js';
import { Shedding } from './control/shedding.js';
import { Spool } from './control/spool/spool.js';
import { showSteadiness } from './control/steady-metrics.js';
import { SteadyQuota } from './control/steady-quota.js';
import { LiveState } from './live/live-state.js';
import { tokenFetchThrough } from './live/token-fetch.js';
import { Calls } from './surfaces/calls.js';
import { CallTelemetry } from './telemetry/call-telemetry.js';
import { NO_SIBLINGS, siblingsOf } from './workers/siblings.js';

/** How often versions are compared, for when a published snapshot was missed: revocation must hold within a second. */
const POLL_MS = 400;
/** Copies of calls to other models under way at once: what is beyond does not happen, rather than slow calls down. */
const COPIES_MAX = 64;
/** How long a start waits for Redis before it makes do with what is on disk. */
const REDIS_WAIT_MS = 3_000;

export type GatewayConfig = Config<
  | 'redisUrl'
  | 'masterKey'
  | 'masterKeyNext'
  | 'dataDir'
  | 'allowPrivateUpstreams'
  | 'publicGatewayUrl'
  | 'bodyLimitBytes'
  | 'otlpEndpoint'
  | 'callsMax'
  | 'loopDelayMaxMs'
  | 'reservationHoldMs'
  | 'spoolBytesMax'
  | 'outageGraceNanoUsd'
>;

/** The parts of a running gateway. */
export interface Gateway {
  readonly calls: Calls;
  readonly health: Health;
  close(): Promise<void>;
}

/** Connects, loads the snapshots and builds what the call path works with. Resolves although Redis may be away. */
export async function startGateway(config: GatewayConfig, log: Logger): Promise<Gateway> {
  const redis = connectRedis(config.redisUrl, {
    name: 'gateway',
    patience: 'fail-fast',
    onLost: (error) => log.warn({ error: error.message }, 'Redis is away'),
    onReady: () => log.info('Redis is there'),
  });
  const subscription = connectRedis(config.redisUrl, { name: 'gateway-snapshots', patience: 'wait' });
  const tokens = new TokenCache();
  const upstream = new Upstream({ allowPrivate: config.allowPrivateUpstreams });
  const accessTokens = new AccessTokens(tokenFetchThrough(upstream), systemClock);
  const onUnknownKey = keyRequests(redis, log, () => systemClock.now());
  const state = new LiveState(
    masterKeyFrom(config),
    tokens,
    { clock: systemClock, tokens: accessTokens },
    onUnknownKey,
  );
  const follower = new SnapshotFollower({
    source: redis,
    subscription,
    disk: new SnapshotDisk(join(config.dataDir, 'snapshots')),
    pollMs: POLL_MS,
    onPlatform: (snapshot) => state.takePlatform(snapshot),
    onOrganization: (snapshot) => state.takeOrganization(snapshot),
    onDeleted: (organizationId) => state.dropOrganization(organizationId),
    onError: (error) => log.warn({ error: String(error) }, 'a snapshot could not be taken'),
  });
  // Redis may be away: then the snapshots on disk have to do, and the follower goes on looking.
  await Promise.race([ready(redis), setTimeout(REDIS_WAIT_MS, undefined, { ref: false })]);
  await follower.start();

  const shared = new SharedHealth(redis, subscription, log);
  const health = new ModelHealth((change) => shared.tell(change));
  shared.follow(health);

  const onCacheError = (error: unknown): void => log.warn({ error: String(error) }, 'the cache is out of reach');
  const store = new CacheStore(redis, subscription, onCacheError);

  const registry = createRegistry();
  const siblings = cluster.isWorker ? siblingsOf(registry) : NO_SIBLINGS;
  const metrics = new CallMetrics(registry);
  const otlp = config.otlpEndpoint === null ? null : await startOtlp(config.otlpEndpoint, 'gateway');
  const presence = new RedisPresence(redis, log, () => systemClock.now());
  const fleet = new Fleet(redis);
  const spool = new Spool({ directory: join(config.dataDir, 'spool'), bytesMax: config.spoolBytesMax, log });
  const quota = new SteadyQuota({
    redis,
    presence,
    spool,
    gateways: () => fleet.size,
    graceNanoUsd: config.outageGraceNanoUsd,
    clock: systemClock,
  });
  showSteadiness(registry, presence, spool);
  const stopReplaying = keepReplaying(quota, presence, log);
  const standings = new ModelStandings(state, health, systemClock);
  showModelHealth(registry, standings);
  const reports = new HealthReports(redis, standings, metrics, systemClock);
  const shedding = new Shedding(config.callsMax, config.loopDelayMaxMs);
  const calls: Calls = new Calls(
    {
      live: () => state.current(),
      clock: systemClock,
      tokens,
      proofs: new Proofs(redis, () => systemClock.now()),
      admissions: quota,
      reservationHoldMs: config.reservationHoldMs,
      appendEvent: (event) => quota.appendEvent(event),
      cache: {
        store,
        flights: new Flights(store, onCacheError),
        near: new NearIndex(redis, () => systemClock.now()),
        embed: (route, text, client, caller) => embedBy(route, text, client, caller, calls.deps),
      },
      upstream,
      health,
      headroom: new Headroom(),
      metrics,
      telemetry: otlp && new CallTelemetry(otlp),
      aside: new Aside(COPIES_MAX),
      log,
    },
    shedding,
    config.bodyLimitBytes,
    config.publicGatewayUrl,
  );
  return {
    calls,
    health: new Health(presence, spool, fleet, state, standings, registry, siblings),
    close: async () => {
      follower.stop();
      shedding.close();
      await reports.close();
      stopReplaying();
      presence.close();
      await fleet.close();
      await spool.close();
      await otlp?.close();
      redis.disconnect();
      subscription.disconnect();
      await upstream.close();
    },
  };
}
