import type { Prisma } from '#libs/database';
import type { ModelAnswer } from './models.dto.js';

/** What is read along with a model. */
export const WITH_CREDENTIAL = { credential: { select: { slug: true } } } as const;

type ModelRow = Prisma.ModelGetPayload<{ include: typeof WITH_CREDENTIAL }>;

export function toApi(row: ModelRow): ModelAnswer {
  const { id, slug, provider, credential, upstreamModel, region, prices, priceSchedule } = row;
  const { limits, capabilities, createdAt, updatedAt } = row;
  return {
    id,
    slug,
    provider,
    credential: credential.slug,
    model: upstreamModel,
    region,
    prices,
    priceSchedule,
    limits,
    capabilities,
    createdAt,
    updatedAt,
  };
}
