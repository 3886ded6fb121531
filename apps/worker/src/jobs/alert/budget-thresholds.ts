import type { Redis } from 'ioredis';
import { type Clock, formatUsd } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import type { WebhookEvent } from '#libs/messages';
import { decodeBudgetAlert } from '#libs/quota';
import { keys } from '#libs/redis';

const AT_ONCE = 200;
const THOUSANDTHS = 1_000;

export interface ThresholdParts {
  readonly redis: Redis;
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly announce: (event: WebhookEvent) => Promise<void>;
}

/**
 * Announces the budget thresholds that settlements have found crossed, and takes them off the organization's stream. They are
 * told apart by budget, subject, period and share, so one that is read twice, by two workers or after a crash, is announced once.
 */
export async function announceThresholds(parts: ThresholdParts, organizationId: string): Promise<void> {
  const stream = keys.budgetAlerts(organizationId);
  const entries = await parts.redis.xrange(stream, '-', '+', 'COUNT', AT_ONCE);
  for (const [id, fields] of entries) {
    await announceOne(parts, organizationId, fields);
    await parts.redis.xdel(stream, id);
  }
}

/** The threshold of a budget that was deleted meanwhile is nobody's business any more. */
async function announceOne(
  { prisma, clock, announce }: ThresholdParts,
  organizationId: string,
  fields: readonly string[],
): Promise<void> {
  const { budgetId, subject, periodKey, share, spentNanoUsd } = decodeBudgetAlert(fields);
  const budget = await prisma.budget.findFirst({ where: { id: budgetId, organizationId } });
  if (!budget) return;
  await announce({
    organizationId,
    type: 'budget.threshold',
    key: [budgetId, subject, periodKey, share].join(' '),
    atMs: clock.now(),
    data: {
      budget: budget.slug,
      subject,
      period: periodKey,
      share: share / THOUSANDTHS,
      amountUsd: formatUsd(budget.amountNanoUsd),
      spentUsd: formatUsd(spentNanoUsd),
      enforcement: budget.enforcement,
    },
  });
}
