import type { PrismaClient } from '#libs/database';
import type { WebhookEvent } from '#libs/messages';

const DAY_MS = 86_400_000;
const SOON_MS = 7 * DAY_MS;

/** What services call with and what ends within seven days: an event each, the same one at every look. */
export async function expiringCredentials(prisma: PrismaClient, nowMs: number): Promise<WebhookEvent[]> {
  const where = {
    expiresAt: { gt: new Date(nowMs), lte: new Date(nowMs + SOON_MS) },
    service: { decommissionedAt: null },
  };
  const select = { id: true, organizationId: true, expiresAt: true, service: { select: { slug: true } } } as const;
  const [credentials, keys] = await Promise.all([
    prisma.serviceCredential.findMany({ where, select: { ...select, kind: true, hint: true } }),
    prisma.gatewayKey.findMany({ where, select: { ...select, name: true, prefix: true } }),
  ]);
  return [
    ...credentials.map(({ kind, hint, ...row }) => eventOf(row, { kind, hint }, nowMs)),
    ...keys.map(({ name, prefix, ...row }) => eventOf(row, { kind: 'key', name, hint: prefix }, nowMs)),
  ];
}

interface Expiring {
  readonly id: string;
  readonly organizationId: string;
  readonly expiresAt: Date | null;
  readonly service: { readonly slug: string };
}

function eventOf({ id, organizationId, service, ...row }: Expiring, more: object, nowMs: number): WebhookEvent {
  const expiresAt = row.expiresAt?.toISOString();
  return {
    organizationId,
    type: 'credential.expiring',
    key: `${id} ${expiresAt}`,
    atMs: nowMs,
    data: { service: service.slug, id, expiresAt, ...more },
  };
}
