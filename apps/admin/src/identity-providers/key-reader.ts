import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { type IdentityProvider, PrismaClient } from '#libs/database';
import { keys } from '#libs/redis';
import type { Logger } from '#libs/telemetry';
import type { AdminConfig } from '../connections/config.js';
import { CLOCK, CONFIG, LOGGER, REDIS } from '../connections/tokens.js';
import { Heartbeat } from '../issuer/heartbeat.js';
import { SnapshotPublisher } from '../snapshot/publisher.js';
import { readKeys } from './read-keys.js';
import { stored } from './stored.js';

const LOOK_MS = 1_000;
/** How old keys may become before they are read again without anybody asking. */
const AGE_MS = 300_000;
/** At once: one provider that does not answer must not hold up the others for long. */
const AT_ONCE = 10;

/**
 * Keeps the public keys of identity providers fresh: every five minutes, and within a second or two when a gateway met a token
 * with a key that it does not know. What cannot be read leaves the last keys in force: a provider that is away for a while
 * locks nobody out. Any number of admin apps may run; each provider is read by the one that claims it first.
 */
@Injectable()
export class KeyReader implements OnApplicationBootstrap, OnModuleDestroy {
  readonly #looking: Heartbeat;

  constructor(
    private readonly database: PrismaClient,
    private readonly publisher: SnapshotPublisher,
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Pick<AdminConfig, 'allowPrivateUpstreams'>,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) logger: Logger,
  ) {
    this.#looking = new Heartbeat(
      () => this.look(),
      (error) => logger.warn({ error }, 'keys of identity providers cannot be looked after'),
    );
  }

  onApplicationBootstrap(): void {
    this.#looking.start(LOOK_MS);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#looking.stop();
  }

  /** Reads what is due. */
  async look(): Promise<void> {
    const asked = await this.redis.zpopmin(keys.unknownKeys, AT_ONCE);
    const ids = asked.filter((_, index) => index % 2 === 0);
    const due = { OR: [{ id: { in: ids } }, { jwksReadAt: { lt: new Date(this.clock.now() - AGE_MS) } }] };
    const providers = await this.database.identityProvider.findMany({ where: due, take: AT_ONCE });
    await Promise.all(providers.map((provider) => this.read(provider)));
  }

  /** By SQL, here and below, because Prisma would touch updatedAt: reading keys is no new version of what was configured. */
  private async read(provider: IdentityProvider): Promise<void> {
    const { id, issuer, jwksReadAt } = provider;
    const claimed = await this.database.$executeRaw`
      UPDATE identity_providers SET jwks_read_at = ${new Date(this.clock.now())}
      WHERE id = ${id}::uuid AND jwks_read_at IS NOT DISTINCT FROM ${jwksReadAt}`;
    if (claimed === 0) return;
    try {
      const fresh = await readKeys(issuer, this.config.allowPrivateUpstreams);
      if (JSON.stringify(sorted(fresh)) !== JSON.stringify(sorted(stored.keys(provider)))) {
        await this.replace(provider, fresh);
      } else if (provider.jwksError !== null) await this.noteError(id, null);
    } catch (cause) {
      await this.noteError(id, cause instanceof Error ? cause.message : String(cause));
    }
  }

  /** Whom an organization trusts has changed: that is in its audit trail, though nobody of it did it. */
  private async replace(provider: IdentityProvider, fresh: ReturnType<typeof stored.keys>): Promise<void> {
    const { id, organizationId, slug } = provider;
    await this.database.$transaction(async (tx) => {
      await tx.$executeRaw`UPDATE organizations SET snapshot_version = snapshot_version + 1 WHERE id = ${organizationId}::uuid`;
      await tx.$executeRaw`
        UPDATE identity_providers SET jwks = ${JSON.stringify({ keys: fresh })}::jsonb, jwks_error = NULL WHERE id = ${id}::uuid`;
      await append(tx, {
        organizationId,
        atMs: this.clock.now(),
        actor: { kind: 'system', id: 'key-reader', name: 'Tollgate' },
        action: 'identity-provider.keys-changed',
        resource: { kind: 'identity-provider', id, slug },
        before: stored.keys(provider).map(({ kid }) => kid),
        after: fresh.map(({ kid }) => kid),
        from: { ip: null, userAgent: null, requestId: null },
      });
    });
    await this.publisher.publish(organizationId);
  }

  private async noteError(id: string, error: string | null): Promise<void> {
    await this.database.$executeRaw`UPDATE identity_providers SET jwks_error = ${error} WHERE id = ${id}::uuid`;
  }
}

function sorted(all: ReturnType<typeof stored.keys>): ReturnType<typeof stored.keys> {
  return all
    .map((key) => Object.fromEntries(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1))) as typeof key)
    .sort((a, b) => (a.kid < b.kid ? -1 : 1));
}
