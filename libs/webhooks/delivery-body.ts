import type { WebhookEvent } from '#libs/database';

/** What is sent of an event; the same bytes at every attempt. */
export function deliveryBody(event: WebhookEvent, organization: string): string {
  const { id, type, at, data } = event;
  return JSON.stringify({ id, type, timestamp: at.toISOString(), organization, data });
}
