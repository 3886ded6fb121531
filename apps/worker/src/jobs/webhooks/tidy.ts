import type { PrismaClient } from '#libs/database';

const DAY_MS = 86_400_000;
/** How long it can be looked up what was announced and delivered. */
const KEEP_MS = 30 * DAY_MS;
/** A job is this late only when it is not there. */
const OVERDUE_MS = 60_000;
const OVERDUE_MAX = 1_000;

/** Deliveries that should have been attempted long ago: their jobs were lost with Redis, or with a process. */
export async function overdueDeliveries(prisma: PrismaClient, nowMs: number): Promise<string[]> {
  const rows = await prisma.webhookDelivery.findMany({
    where: { nextAttemptAt: { lt: new Date(nowMs - OVERDUE_MS) } },
    orderBy: { nextAttemptAt: 'asc' },
    select: { id: true },
    take: OVERDUE_MAX,
  });
  return rows.map(({ id }) => id);
}

/**
 * Deletes events past their time with their deliveries, and returns how many. An event that is older can be announced anew: what
 * announces looks back less far.
 */
export async function forgetOldEvents(prisma: PrismaClient, nowMs: number): Promise<number> {
  const { count } = await prisma.webhookEvent.deleteMany({ where: { at: { lt: new Date(nowMs - KEEP_MS) } } });
  return count;
}
