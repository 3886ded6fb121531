import type { Redis } from 'ioredis';
import { keys, listen } from '#libs/redis';
import type { AnySnapshot, SnapshotDisk } from './disk.js';
import type { OrganizationSnapshot, PlatformSnapshot } from './schema.js';

/** The name under which the platform snapshot's version is kept beside those of organizations. */
export const PLATFORM = 'platform';
/** Version of an organization that was deleted. */
export const DELETED = 0;

/** What the follower needs of Redis; ioredis has it. */
export interface SnapshotSource {
  hgetall(key: string): Promise<Record<string, string>>;
  get(key: string): Promise<string | null>;
}

export interface FollowerOptions {
  readonly source: SnapshotSource;
  /** A connection for subscriptions, which may have other channels. */
  readonly subscription: Redis;
  readonly disk: SnapshotDisk;
  /** Milliseconds between looks at the versions, for when a published message was lost. */
  readonly pollMs: number;
  readonly onPlatform: (snapshot: PlatformSnapshot) => void;
  readonly onOrganization: (snapshot: OrganizationSnapshot) => void | Promise<void>;
  readonly onDeleted: (organizationId: string) => void;
  /** Redis could not be read, or a snapshot could not be used; the last good one stays in force. */
  readonly onError: (error: unknown) => void;
}

/**
 * Keeps a gateway on the newest snapshots: at once when one is published, within `pollMs` when the message was lost, from
 * disk when Redis is away. What Redis says is right, whatever the number: after a restore versions may go back. An empty
 * Redis says nothing, and the last snapshots stay in force.
 */
export class SnapshotFollower {
  private readonly versions = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(private readonly options: FollowerOptions) {}

  /** Loads disk, then Redis. Resolves when a first look was taken, whether or not Redis answered. */
  async start(): Promise<void> {
    const { disk, subscription, pollMs, onError } = this.options;
    try {
      for (const snapshot of await disk.read()) await this.take(snapshot);
    } catch (error) {
      onError(error);
    }
    listen(subscription, keys.snapshotChanged, () => void this.refresh(), onError);
    await this.refresh();
    this.timer = setInterval(() => void this.refresh(), pollMs);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** One look at Redis. Calls that come while one is under way lead to one more look, not to many. */
  refresh(): Promise<void> {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    this.running = this.look()
      .catch(this.options.onError)
      .finally(() => {
        this.running = undefined;
        if (this.again) {
          this.again = false;
          void this.refresh();
        }
      });
    return this.running;
  }

  private async look(): Promise<void> {
    const newest = await this.options.source.hgetall(keys.snapshotVersions);
    for (const [name, version] of Object.entries(newest)) {
      if (this.versions.get(name) === Number(version)) continue;
      if (Number(version) === DELETED) await this.forget(name);
      else await this.load(name).catch(this.options.onError);
    }
  }

  private async load(name: string): Promise<void> {
    const text = await this.options.source.get(name === PLATFORM ? keys.platformSnapshot : keys.snapshot(name));
    if (text === null) return;
    await this.take(JSON.parse(text) as AnySnapshot);
    await this.options.disk.write(name, text).catch(this.options.onError);
  }

  private async take(snapshot: AnySnapshot): Promise<void> {
    if ('organizationId' in snapshot) {
      await this.options.onOrganization(snapshot);
      this.versions.set(snapshot.organizationId, snapshot.version);
    } else {
      this.options.onPlatform(snapshot);
      this.versions.set(PLATFORM, snapshot.version);
    }
  }

  private async forget(organizationId: string): Promise<void> {
    this.versions.set(organizationId, DELETED);
    this.options.onDeleted(organizationId);
    await this.options.disk.remove(organizationId);
  }
}
