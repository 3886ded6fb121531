import { setTimeout } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { INGEST_GROUP, keys } from '#libs/redis';
import { byOrganization } from '../../by-organization.js';

/** One event as it lies in an organization's stream. */
export interface StreamEntry {
  readonly organizationId: string;
  readonly id: string;
  readonly json: string;
}

type RawEntry = readonly [id: string, fields: readonly string[] | null] | null;
type RawStreams = readonly (readonly [stream: string, entries: readonly RawEntry[]])[] | null;

/** Of each stream, in one read. */
const COUNT = 1_000;
const BEGINNING = '0-0';
const LOOK_EVERY_MS = 100;

/**
 * The usage streams of all organizations, read as one consumer of the ingest group. An entry is ours from reading to
 * acknowledging; if we die between, another consumer claims it.
 */
export class UsageStreams {
  private readonly opened = new Set<string>();

  /** `blocking` is used for nothing but reads that wait. `consumer` is unique among running processes. */
  constructor(
    private readonly redis: Redis,
    private readonly blocking: Redis,
    private readonly consumer: string,
  ) {}

  /** Makes the groups that are missing; a new one begins with the first event. */
  async open(organizationIds: readonly string[]): Promise<void> {
    const fresh = organizationIds.filter((id) => !this.opened.has(id));
    await Promise.all(fresh.map((id) => this.openOne(id)));
  }

  /** After a failure: Redis may have come back empty, without streams and groups. */
  forget(): void {
    this.opened.clear();
  }

  /** Events that nobody has read yet: at once if there are any, else as soon as one comes, or none after `blockMs`. */
  async readNew(organizationIds: readonly string[], blockMs: number): Promise<StreamEntry[]> {
    const streams = organizationIds.map(keys.usage);
    const replies = this.blocking.isCluster
      ? await this.readEach(streams, blockMs)
      : [await this.read(streams, blockMs)];
    const byStream = new Map(organizationIds.map((id) => [keys.usage(id), id]));
    return replies
      .flatMap((reply) => reply ?? [])
      .flatMap(([stream, entries]) => toEntries(byStream.get(stream) ?? '', entries));
  }

  private read(streams: readonly string[], blockMs: number | null): Promise<RawStreams> {
    const block = blockMs === null ? [] : ['BLOCK', blockMs];
    const newest = streams.map(() => '>');
    const words = [...block, 'STREAMS', ...streams, ...newest] as unknown as ['STREAMS', string, string];
    return this.blocking.xreadgroup(
      'GROUP',
      INGEST_GROUP,
      this.consumer,
      'COUNT',
      COUNT,
      ...words,
    ) as Promise<RawStreams>;
  }

  /** On a Cluster streams of several organizations lie on several nodes, and one command can neither read nor wait for them. */
  private async readEach(streams: readonly string[], blockMs: number): Promise<RawStreams[]> {
    for (const end = performance.now() + blockMs; ; ) {
      const replies = await Promise.all(streams.map((stream) => this.read([stream], null)));
      if (replies.some((reply) => reply !== null) || performance.now() >= end) return replies;
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  /** Takes over events that were read at least `idleMs` ago and never acknowledged, by whomever; at most 1,000 a stream. */
  async claim(organizationIds: readonly string[], idleMs: number): Promise<StreamEntry[]> {
    const claimed = await Promise.all(
      organizationIds.map(async (id) => {
        const reply = await this.redis.xautoclaim(
          keys.usage(id),
          INGEST_GROUP,
          this.consumer,
          idleMs,
          BEGINNING,
          'COUNT',
          COUNT,
        );
        const [, entries] = reply as [cursor: string, entries: readonly RawEntry[]];
        return toEntries(id, entries);
      }),
    );
    return claimed.flat();
  }

  /** The entries are in Postgres, or dead letters: they leave the group and the stream. */
  async acknowledge(entries: readonly StreamEntry[]): Promise<void> {
    await Promise.all(
      [...byOrganization(entries)].flatMap(([organizationId, mine]) => {
        const stream = keys.usage(organizationId);
        const ids = mine.map(({ id }) => id);
        return [this.redis.xack(stream, INGEST_GROUP, ...ids), this.redis.xdel(stream, ...ids)];
      }),
    );
  }

  /** Leaves the groups, at the end, with nothing unacknowledged: a consumer that still owns events stays, to be claimed from. */
  async leave(): Promise<void> {
    await Promise.all(
      [...this.opened].map(async (id) => {
        const stream = keys.usage(id);
        const pending = await this.redis.xpending(stream, INGEST_GROUP, '-', '+', 1, this.consumer);
        if (pending.length === 0) await this.redis.xgroup('DELCONSUMER', stream, INGEST_GROUP, this.consumer);
      }),
    );
  }

  private async openOne(organizationId: string): Promise<void> {
    await this.redis.xgroup('CREATE', keys.usage(organizationId), INGEST_GROUP, '0', 'MKSTREAM').catch((cause) => {
      if (!(cause instanceof Error && cause.message.startsWith('BUSYGROUP'))) throw cause;
    });
    this.opened.add(organizationId);
  }
}

/** An entry that was deleted while pending has no fields, and nothing is left to do about it. */
function toEntries(organizationId: string, entries: readonly RawEntry[]): StreamEntry[] {
  return entries.flatMap((entry) => {
    if (entry === null || entry[1] === null) return [];
    const [id, fields] = entry;
    return [{ organizationId, id, json: fields[fields.indexOf('event') + 1] ?? '' }];
  });
}
