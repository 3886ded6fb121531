import { uuidv7 } from '#libs/core';
import type { Prisma } from '#libs/database';
import { TEST_EVENT, type WebhookEvent } from '#libs/messages';

/** What became of an announcement. */
export interface Announced {
  /** Whether it is news: false when the same event was announced before, or its organization does not exist. */
  readonly isNew: boolean;
  /** Deliveries that wait to be made, one for each webhook that wants the event. */
  readonly deliveryIds: readonly string[];
}

const NOTHING: Announced = { isNew: false, deliveryIds: [] };

/**
 * Writes down that something happened, once, and that each enabled webhook which wants to know has to be told. Part of the
 * caller's transaction; the deliveries are made when it has committed.
 */
export async function announce(tx: Prisma.TransactionClient, event: WebhookEvent): Promise<Announced> {
  const { organizationId, type, key, atMs, data } = event;
  const organization = await tx.organization.findUnique({ where: { id: organizationId }, select: { id: true } });
  if (!organization) return NOTHING;
  const id = uuidv7();
  const { count } = await tx.webhookEvent.createMany({
    data: [{ id, organizationId, type, key, at: new Date(atMs), data: data as Prisma.InputJsonObject }],
    skipDuplicates: true,
  });
  if (count === 0) return NOTHING;
  const webhooks = await tx.webhook.findMany({
    where: { organizationId, enabled: true, events: { has: type } },
    select: { id: true },
  });
  const deliveries = webhooks.map((webhook) => waiting(webhook.id, id, atMs));
  await tx.webhookDelivery.createMany({ data: deliveries });
  return { isNew: true, deliveryIds: deliveries.map((delivery) => delivery.id) };
}

/** An event of type {@link TEST_EVENT} for one webhook, enabled or not. Returns the id of its delivery. */
export async function announceTest(
  tx: Prisma.TransactionClient,
  webhook: { readonly id: string; readonly organizationId: string },
  atMs: number,
): Promise<string> {
  const id = uuidv7();
  const { organizationId } = webhook;
  await tx.webhookEvent.create({
    data: { id, organizationId, type: TEST_EVENT, key: id, at: new Date(atMs), data: {} },
  });
  return announceAgain(tx, webhook.id, id, atMs);
}

/** One more delivery of an event to a webhook, enabled or not. Returns its id. */
export async function announceAgain(
  tx: Prisma.TransactionClient,
  webhookId: string,
  eventId: string,
  atMs: number,
): Promise<string> {
  const { id } = await tx.webhookDelivery.create({ data: waiting(webhookId, eventId, atMs) });
  return id;
}

/** Should its job be lost with Redis, the delivery is taken up because its next attempt is overdue. */
function waiting(webhookId: string, eventId: string, atMs: number) {
  const at = new Date(atMs);
  return { id: uuidv7(), webhookId, eventId, createdAt: at, nextAttemptAt: at };
}
