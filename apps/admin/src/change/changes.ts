import { Inject, Injectable } from '@nestjs/common';
import { append } from '#libs/audit';
import type { Clock } from '#libs/core';
import { Prisma, PrismaClient } from '#libs/database';
import { CLOCK, PLATFORM_KEY } from '../connections/tokens.js';
import type { Write } from '../http/write.js';
import { SnapshotPublisher } from '../snapshot/publisher.js';
import { earlierAnswer, keepAnswer } from './idempotency.js';
import { lookUpTop } from './named.js';
import type { Outcome } from './outcome.js';

/** An organization being changed. Its row is locked until the transaction ends. */
export interface Change {
  readonly tx: Prisma.TransactionClient;
  readonly organizationId: string;
  readonly organization: string;
  readonly wrappedDataKey: string;
  readonly ifMatch: string | null;
}

/** Long enough to wait for the changes of others, short enough that a client still listens. */
const TRANSACTION = { maxWait: 5_000, timeout: 10_000 };

/**
 * How anything in an organization changes: one transaction that carries out the work once per Idempotency-Key, gives the
 * snapshot its next version and writes the audit event; then the new snapshot goes to the gateways.
 *
 * The organization's row is locked first, so changes of one organization happen one after the other: what `work` has
 * checked stays true until it is written, and neither versions nor the audit chain can fork.
 */
@Injectable()
export class Changes {
  constructor(
    private readonly database: PrismaClient,
    private readonly publisher: SnapshotPublisher,
    @Inject(PLATFORM_KEY) private readonly platformKey: Buffer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Changes something in `organization` (slug or id). Throws not_found without it, conflict as idempotency asks for. */
  async inside<A>(organization: string, write: Write, work: (change: Change) => Promise<Outcome<A>>): Promise<A> {
    return this.carryOut(write, async (tx) => {
      const { id, slug, wrappedDataKey } = await lockAndBump(tx, organization);
      const change = { tx, organizationId: id, organization: slug, wrappedDataKey, ifMatch: write.ifMatch };
      return { organizationId: id, outcome: await work(change) };
    });
  }

  /** Creates an organization: `work` inserts it under the id it is given. */
  async founding<A>(
    organizationId: string,
    write: Write,
    work: (tx: Prisma.TransactionClient) => Promise<Outcome<A>>,
  ): Promise<A> {
    return this.carryOut(write, async (tx) => ({ organizationId, outcome: await work(tx) }));
  }

  private async carryOut<A>(
    write: Write,
    work: (tx: Prisma.TransactionClient) => Promise<{ organizationId: string; outcome: Outcome<A> }>,
  ): Promise<A> {
    const done = await this.database.$transaction(async (tx) => {
      const { idempotency } = write;
      const earlier = idempotency && (await earlierAnswer(tx, idempotency, this.platformKey));
      if (earlier) return { answer: earlier.answer as A, organizationId: null };
      const { organizationId, outcome } = await work(tx);
      await append(tx, auditEventOf(organizationId, write, outcome, this.clock.now()));
      if (idempotency) await keepAnswer(tx, idempotency, this.platformKey, outcome.answer);
      return { answer: outcome.answer, organizationId };
    }, TRANSACTION);
    if (done.organizationId) await this.publisher.publish(done.organizationId);
    return done.answer;
  }
}

function auditEventOf(organizationId: string, write: Write, outcome: Outcome<unknown>, atMs: number) {
  const { kind, action, resource, before, after } = outcome;
  return {
    organizationId,
    atMs,
    actor: write.actor,
    action: `${kind}.${action}`,
    resource: { kind, id: resource.id, slug: resource.slug ?? null },
    before,
    after,
    from: write.from,
  };
}

interface LockedOrganization {
  readonly id: string;
  readonly slug: string;
  readonly wrappedDataKey: string;
}

/** By SQL, because Prisma would touch updatedAt as well: an organization's own version does not change with its teams. */
function lockAndBump(tx: Prisma.TransactionClient, slugOrId: string): Promise<LockedOrganization> {
  return lookUpTop(slugOrId, async (where) => {
    const named = 'id' in where ? Prisma.sql`id = ${where.id}::uuid` : Prisma.sql`slug = ${where.slug}`;
    const [row] = await tx.$queryRaw<LockedOrganization[]>`
      UPDATE organizations SET snapshot_version = snapshot_version + 1 WHERE ${named}
      RETURNING id, slug, wrapped_data_key AS "wrappedDataKey"`;
    return row ?? null;
  });
}
