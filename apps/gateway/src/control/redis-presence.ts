import type { Redis } from 'ioredis';
import { keys } from '#libs/redis';
import type { Logger } from '#libs/telemetry';

const PROBE_EVERY_MS = 100;

/**
 * Whether Redis can be worked with. Away from the first command that fails, or from the loss of the connection, until a
 * probe is written again: so an outage costs one call its patience, and not every call. A probe writes, because a Redis that
 * is full, loading or a replica answers a ping.
 */
export class RedisPresence {
  private probing: NodeJS.Timeout | undefined;
  private sinceMs: number | null = null;
  private closed = false;
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly redis: Redis,
    private readonly log: Logger,
    private readonly now: () => number,
  ) {
    redis.on('close', () => this.lost('the connection was closed'));
    if (redis.status !== 'ready') this.lost('it was not there at the start');
  }

  get away(): boolean {
    return this.sinceMs !== null;
  }

  /** When the present outage began, milliseconds since the epoch; null while there is none. */
  get awaySinceMs(): number | null {
    return this.sinceMs;
  }

  /** Called each time that Redis is back. */
  onBack(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** A command failed: Redis counts as away until it takes a write. */
  lost(reason: unknown): void {
    if (this.closed || this.sinceMs !== null) return;
    this.sinceMs = this.now();
    this.log.warn(
      { reason: String(reason) },
      'working without Redis: shares of rate limits, no hard budgets, spooling',
    );
    this.probeSoon();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.probing);
  }

  private probeSoon(): void {
    this.probing = setTimeout(() => void this.probe(), PROBE_EVERY_MS);
    this.probing.unref();
  }

  private async probe(): Promise<void> {
    try {
      await this.redis.set(keys.probe, '1', 'PX', 1_000);
    } catch {
      if (!this.closed) this.probeSoon();
      return;
    }
    const outageMs = this.now() - (this.sinceMs ?? this.now());
    this.sinceMs = null;
    this.log.info({ outageMs }, 'working with Redis again');
    for (const listener of this.listeners) listener();
  }
}
