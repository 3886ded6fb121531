import type { Redis } from 'ioredis';
import type { PrismaClient } from '#libs/database';
import { HEALTH_REPORT_VALID_MS, type ModelHealthReport, type WebhookEvent } from '#libs/messages';
import { keys } from '#libs/redis';

/** While a breaker stays open, or opens again, the organization is told of it this often. */
const AGAIN_AFTER_MS = 15 * 60_000;

/** Models of an organization that at least one gateway has stopped to ask: an event each, the same within a quarter of an hour. */
export async function openBreakers(
  redis: Redis,
  prisma: PrismaClient,
  organizationId: string,
  nowMs: number,
): Promise<WebhookEvent[]> {
  const reports = Object.values(await redis.hgetall(keys.modelHealthReports(organizationId)))
    .map((json) => JSON.parse(json) as ModelHealthReport)
    .filter(({ atMs }) => nowMs - atMs < HEALTH_REPORT_VALID_MS);
  const openFor = new Map<string, number>();
  for (const { id, state } of reports.flatMap(({ models }) => models))
    if (state === 'open') openFor.set(id, (openFor.get(id) ?? 0) + 1);
  if (openFor.size === 0) return [];
  const models = await prisma.model.findMany({
    where: { organizationId, id: { in: [...openFor.keys()] } },
    select: { id: true, slug: true, provider: true },
  });
  return models.map(({ id, slug, provider }) => ({
    organizationId,
    type: 'model.breaker_open',
    key: `${id} ${Math.floor(nowMs / AGAIN_AFTER_MS)}`,
    atMs: nowMs,
    data: { model: slug, provider, gateways: openFor.get(id) },
  }));
}
