import type { Prisma, Webhook } from '#libs/database';
import type { DeliveryAnswer, WebhookAnswer } from './webhooks.dto.js';

export function toApi(row: Webhook): WebhookAnswer {
  const { id, slug, url, events, enabled, previousUntil, createdAt, updatedAt } = row;
  return { id, slug, url, events, enabled, previousSecretUntil: previousUntil, createdAt, updatedAt };
}

export function toDelivery(row: Prisma.WebhookDeliveryGetPayload<{ include: { event: true } }>): DeliveryAnswer {
  const { id, event, status, attempts, lastStatus, lastError, nextAttemptAt, createdAt, finishedAt } = row;
  return {
    id,
    event: { id: event.id, type: event.type, at: event.at, data: event.data },
    ...{ status, attempts, lastStatus, lastError, nextAttemptAt, createdAt, finishedAt },
  };
}
