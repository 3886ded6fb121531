import type { Clock } from '#libs/core';
import type { Prisma, PrismaClient } from '#libs/database';
import { type MasterKey, open, openDataKey } from '#libs/vault';
import { deliveryBody, signedHeaders } from '#libs/webhooks';
import { type Posted, post } from './post.js';

export interface DeliverParts {
  readonly prisma: PrismaClient;
  readonly masterKey: MasterKey;
  readonly clock: Clock;
  readonly allowPrivate: boolean;
}

/** A delivery with all that it takes to make it. */
const WHOLE = {
  event: true,
  webhook: { include: { organization: { select: { slug: true, wrappedDataKey: true } } } },
} as const satisfies Prisma.WebhookDeliveryInclude;
type WholeDelivery = Prisma.WebhookDeliveryGetPayload<{ include: typeof WHOLE }>;

/** RFC 9110 §15.5.11: whoever was there will not be again. */
const GONE = 410;

/**
 * Makes one attempt at a delivery and writes down what came of it. `retryWithinMs`: when the next attempt comes if this one
 * fails, null for none. Returns what was wrong when there will be one, null when the delivery is over.
 */
export async function deliver(
  parts: DeliverParts,
  deliveryId: string,
  retryWithinMs: number | null,
): Promise<string | null> {
  const { prisma, clock } = parts;
  const delivery = await prisma.webhookDelivery.findUnique({ where: { id: deliveryId }, include: WHOLE });
  if (delivery?.status !== 'waiting') return null;
  const { status, error } = await send(parts, delivery);
  const isOver = error === null || retryWithinMs === null || status === GONE;
  const now = clock.now();
  await prisma.webhookDelivery.update({
    where: { id: deliveryId },
    data: {
      attempts: { increment: 1 },
      lastStatus: status,
      lastError: error,
      ...(isOver
        ? { status: error === null ? 'delivered' : 'failed', finishedAt: new Date(now), nextAttemptAt: null }
        : { nextAttemptAt: new Date(now + retryWithinMs) }),
    },
  });
  return isOver ? null : error;
}

async function send(parts: DeliverParts, { event, webhook }: WholeDelivery): Promise<Posted> {
  const body = deliveryBody(event, webhook.organization.slug);
  const atMs = parts.clock.now();
  const headers = signedHeaders(await secretsOf(parts, webhook, atMs), { id: event.id, atMs, body });
  return post({ url: webhook.url, headers: { ...headers }, body, allowPrivate: parts.allowPrivate });
}

/** The secret, and the one before while it is still good. */
async function secretsOf(
  { masterKey }: DeliverParts,
  { id, organizationId, organization, ...webhook }: WholeDelivery['webhook'],
  atMs: number,
): Promise<string[]> {
  const { sealedSecret, sealedPreviousSecret, previousUntil } = webhook;
  const key = await openDataKey(masterKey, organization.wrappedDataKey, organizationId);
  const previous = previousUntil !== null && previousUntil.getTime() > atMs ? sealedPreviousSecret : null;
  return [sealedSecret, previous].flatMap((sealed) => (sealed === null ? [] : open(key, id, sealed)));
}
