import type { Prisma } from '#libs/database';
import { referTo } from '../change/named.js';
import type { TargetBody } from './routes.dto.js';

type Tx = Prisma.TransactionClient;

/** A target as it is stored: names its model by slug, and says everything. */
export interface StoredTarget {
  readonly model: string;
  readonly weight: number;
  readonly priority: number;
}

/** Slug of the model that a field names by slug or id. Throws invalid_request about the field when there is none. */
export async function modelSlug(tx: Tx, organizationId: string, field: string, model: string): Promise<string> {
  return (await referTo(field, organizationId, model, (where) => tx.model.findFirst({ where }))).slug;
}

/** Targets with their models checked and their defaults filled in. `field` is where they stand: `rules.0.targets`. */
export async function storedTargets(
  tx: Tx,
  organizationId: string,
  field: string,
  targets: readonly TargetBody[],
): Promise<StoredTarget[]> {
  const stored: StoredTarget[] = [];
  for (const [index, { model, weight = 1, priority = index }] of targets.entries()) {
    const slug = await modelSlug(tx, organizationId, `${field}.${index}.model`, model);
    stored.push({ model: slug, weight, priority });
  }
  return stored;
}

/** Slugs of the routes that name a model: in targets, in a rule's targets or as shadow. */
export async function routesNaming(tx: Tx, organizationId: string, model: string): Promise<string[]> {
  const target = [{ model }];
  const routes = await tx.route.findMany({
    where: {
      organizationId,
      OR: [
        { targets: { array_contains: target } },
        { rules: { array_contains: [{ targets: target }] } },
        { shadow: { path: ['model'], equals: model } },
      ],
    },
    select: { slug: true },
  });
  return routes.map(({ slug }) => slug);
}
