import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { defineScript, keys } from '#libs/redis';

const EVERY_MS = 1_000;
const FORGOTTEN_AFTER_MS = 5_000;

const announceScript = defineScript<string, number>({
  files: [new URL('./fleet.lua', import.meta.url)],
  keys: () => [keys.gateways],
  args: (name) => [name, FORGOTTEN_AFTER_MS],
  reply: (raw) => raw as number,
});

/** How many gateways there are, as last known: while Redis is away each admits its share. */
export class Fleet {
  private readonly name = randomUUID();
  private readonly timer: NodeJS.Timeout;
  private known = 1;

  constructor(private readonly redis: Redis) {
    this.timer = setInterval(() => void this.announce(), EVERY_MS);
    this.timer.unref();
    void this.announce();
  }

  /** At least one: this process. */
  get size(): number {
    return this.known;
  }

  /** Never rejects: while Redis is away the last count stands. */
  async announce(): Promise<void> {
    const count = await announceScript(this.redis, this.name).catch(() => this.known);
    this.known = Math.max(1, count);
  }

  /** Leaves, so that the others' shares grow at once. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.redis.zrem(keys.gateways, this.name).catch(() => undefined);
  }
}
