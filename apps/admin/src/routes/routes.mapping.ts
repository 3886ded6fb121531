import type { Route } from '#libs/database';
import type { RouteAnswer } from './routes.dto.js';

export function toApi(row: Route): RouteAnswer {
  const { id, slug, targets, strategy, rules, retry, timeoutMs, timeouts, midStream, hedge, onBudget, strict } = row;
  const { cache, residency, stickiness, shadow, unknownPrices, createdAt, updatedAt } = row;
  return {
    id,
    slug,
    targets,
    strategy,
    rules,
    retry,
    timeoutMs,
    timeouts,
    midStream,
    hedge,
    onBudget,
    strict,
    cache,
    residency,
    stickiness,
    shadow,
    unknownPrices,
    createdAt,
    updatedAt,
  };
}
