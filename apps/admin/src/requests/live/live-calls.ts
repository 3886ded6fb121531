import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { UsageEvent } from '#libs/messages';
import { connectRedis, keys } from '#libs/redis';
import type { Logger } from '#libs/telemetry';
import type { AdminConfig } from '../../connections/config.js';
import { CONFIG, LOGGER } from '../../connections/tokens.js';

/** Told of the calls that were settled since it was last told, in the order of their settlement. */
export type LiveListener = (events: readonly UsageEvent[]) => void;

/** How long one read waits: bounds how late somebody's first organization is listened to. */
const BLOCK_MS = 500;
const RETRY_MS = 1_000;
/** Of a burst the rest is left for the next read. */
const EVENTS_MAX = 500;

interface Watched {
  readonly listeners: Set<LiveListener>;
  /** Id of the last stream entry that was told, or that was there before; null until that is known. */
  last: string | null;
}

/**
 * The calls of organizations as they are settled, from the same streams that the worker records them from. However many
 * people look, one connection reads, and it reads only organizations that somebody looks at. What comes while Redis is away
 * is not told later: this is to look at, the ledger is what counts.
 */
@Injectable()
export class LiveCalls implements OnApplicationShutdown {
  private readonly watched = new Map<string, Watched>();
  private redis: Connection | undefined;
  private stopped = false;

  constructor(
    @Inject(CONFIG) private readonly config: Pick<AdminConfig, 'redisUrl'>,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** Until the returned function is called. */
  listen(organizationId: string, listener: LiveListener): () => void {
    const watched = this.watched.get(organizationId) ?? { listeners: new Set<LiveListener>(), last: null };
    this.watched.set(organizationId, watched);
    watched.listeners.add(listener);
    this.start();
    return () => {
      watched.listeners.delete(listener);
      if (watched.listeners.size === 0) this.watched.delete(organizationId);
    };
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    this.redis?.disconnect();
  }

  private start(): void {
    if (this.redis !== undefined || this.stopped) return;
    this.redis = connectRedis(this.config.redisUrl, { name: 'admin-live', patience: 'wait' });
    void this.follow(this.redis);
  }

  /** Reads for as long as anybody listens; the connection goes with the last of them. */
  private async follow(redis: Connection): Promise<void> {
    while (this.watched.size > 0 && !this.stopped) {
      try {
        await this.readOnce(redis);
      } catch (error) {
        if (this.stopped) return;
        this.logger.warn({ error }, 'live calls wait');
        await delay(RETRY_MS);
      }
    }
    redis.disconnect();
    this.redis = undefined;
    if (this.watched.size > 0) this.start();
  }

  private async readOnce(redis: Connection): Promise<void> {
    const asked = [...this.watched].map(([organizationId, watched]) => ({
      stream: keys.usage(organizationId),
      watched,
    }));
    for (const { stream, watched } of asked) watched.last ??= await newestOf(redis, stream);
    for (const [stream, entries] of await read(redis, asked)) {
      const watched = asked.find((each) => each.stream === stream)?.watched;
      const newest = entries.at(-1)?.[0];
      if (watched === undefined || newest === undefined) continue;
      watched.last = newest;
      const events = entries.flatMap(([, fields]) => readEvent(fields));
      for (const listener of watched.listeners) listener(events);
    }
  }
}

type Connection = ReturnType<typeof connectRedis>;
type Streams = [stream: string, entries: [id: string, fields: string[]][]][];
type Asked = readonly { readonly stream: string; readonly watched: Watched }[];

async function newestOf(redis: Connection, stream: string): Promise<string> {
  const [newest] = await redis.xrevrange(stream, '+', '-', 'COUNT', 1);
  return newest?.[0] ?? '0-0';
}

/** Waits for what is new in any of the streams. On a Cluster they lie on several nodes: each is looked at by itself there. */
async function read(redis: Connection, asked: Asked): Promise<Streams> {
  const lastOf = ({ watched }: Asked[number]): string => watched.last ?? '0-0';
  if (!redis.isCluster) {
    const names = [...asked.map(({ stream }) => stream), ...asked.map(lastOf)];
    return (await redis.xread('COUNT', EVENTS_MAX, 'BLOCK', BLOCK_MS, 'STREAMS', ...names)) ?? [];
  }
  await delay(BLOCK_MS);
  const answers = asked.map((each) => redis.xread('COUNT', EVENTS_MAX, 'STREAMS', each.stream, lastOf(each)));
  return (await Promise.all(answers)).flatMap((answer) => answer ?? []);
}

/** What is no event is the worker's to bury. */
function readEvent(fields: readonly string[]): UsageEvent[] {
  try {
    return [JSON.parse(fields[fields.indexOf('event') + 1] ?? '') as UsageEvent];
  } catch {
    return [];
  }
}
