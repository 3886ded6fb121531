import type { Redis } from 'ioredis';
import { defineScript, keys, listen } from '#libs/redis';
import { type CachedAnswer, unpack } from './answer.js';

/** Where an answer is kept: within one organization, by the hash of its question. */
export interface CacheAddress {
  readonly organizationId: string;
  readonly hash: string;
}

/** `lead`: nobody has the answer, and the caller is to bring it. `busy`: somebody is bringing it. */
export type Found<Body> =
  | { readonly kind: 'answer'; readonly answer: CachedAnswer<Body> }
  | { readonly kind: 'lead' }
  | { readonly kind: 'busy' };

export interface LookUp extends CacheAddress {
  /** Of who asks; told when it leads. */
  readonly token: string;
  readonly leaseMs: number;
  /** What is stored is known not to do. */
  readonly anew: boolean;
}

export interface Landing extends CacheAddress {
  /** Null: of one who did not lead. */
  readonly token: string | null;
  readonly ttlMs: number;
}

const script = (name: string): readonly URL[] => [new URL(`./scripts/${name}.lua`, import.meta.url)];
const messageOf = ({ organizationId, hash }: CacheAddress): string => `${organizationId} ${hash}`;
const keysOf = ({ organizationId, hash }: CacheAddress): readonly string[] => [
  keys.cache(organizationId, hash),
  keys.cacheLease(organizationId, hash),
];

const lookUpScript = defineScript<LookUp, Buffer | number>({
  files: script('look-up'),
  binary: true,
  keys: keysOf,
  args: ({ token, leaseMs, anew }) => [token, leaseMs, anew ? '1' : ''],
  reply: (raw) => raw as Buffer | number,
});

const landScript = defineScript<Landing & { readonly packed: Buffer }, boolean>({
  files: script('land'),
  keys: keysOf,
  args: ({ token, ttlMs, packed, ...address }) => [token ?? '', ttlMs, packed, keys.cacheNews, messageOf(address)],
  reply: (raw) => raw === 1,
});

const holdScript = defineScript<CacheAddress & { readonly token: string; readonly leaseMs: number }, boolean>({
  files: script('hold'),
  keys: ({ organizationId, hash }) => [keys.cacheLease(organizationId, hash)],
  args: ({ token, leaseMs, ...address }) => [token, leaseMs, keys.cacheNews, messageOf(address)],
  reply: (raw) => raw === 1,
});

/** Answers in Redis until their time is over, and who in the fleet is bringing one that is not there. */
export class CacheStore<Body = unknown> {
  private readonly waiting = new Map<string, Set<() => void>>();

  /** `subscription`: a connection in subscriber mode, which may have other channels. */
  constructor(
    private readonly redis: Redis,
    subscription: Redis,
    onError: (error: unknown) => void,
  ) {
    const tellAll = (message: string): void => {
      for (const tell of this.waiting.get(message) ?? []) tell();
    };
    listen(subscription, keys.cacheNews, tellAll, onError);
  }

  /** In one step with the lead, so that of many who ask at once one leads. Rejects when Redis is away or holds garbage. */
  async lookUp(wanted: LookUp): Promise<Found<Body>> {
    const reply = await lookUpScript(this.redis, wanted);
    if (typeof reply === 'number') return { kind: reply === 1 ? 'lead' : 'busy' };
    return { kind: 'answer', answer: unpack(reply) };
  }

  /** What is stored, without asking for the lead. */
  async get({ organizationId, hash }: CacheAddress): Promise<CachedAnswer<Body> | null> {
    const bytes = await this.redis.getBuffer(keys.cache(organizationId, hash));
    return bytes === null ? null : unpack(bytes);
  }

  /** Stores what `pack` made of an answer. False when another leads by now: then nothing is stored. */
  land(landing: Landing, packed: Buffer): Promise<boolean> {
    return landScript(this.redis, { ...landing, packed });
  }

  /** The leader is still at it: false when it is the leader no more. `leaseMs` 0 ends the lead without an answer. */
  hold(address: CacheAddress, token: string, leaseMs: number): Promise<boolean> {
    return holdScript(this.redis, { ...address, token, leaseMs });
  }

  /** Resolves when a lead has ended somewhere in the fleet, or after `ms`: messages are lost, and leaders die. */
  news(address: CacheAddress, ms: number): Promise<void> {
    const message = messageOf(address);
    const waiting = this.waiting.get(message) ?? new Set();
    this.waiting.set(message, waiting);
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(done);
        if (waiting.size === 0) this.waiting.delete(message);
        resolve();
      };
      const timer = setTimeout(done, ms);
      waiting.add(done);
    });
  }
}
