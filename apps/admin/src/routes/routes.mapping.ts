import type { Route } from '#libs/database';
import type { RouteAnswer } from './routes.dto.js';

export function toApi(row: Route): RouteAnswer {
  const { id, slug, targets, strategy, rules, retry, timeoutMs, cache, residency, stickiness, shadow } = row;
  const { createdAt, updatedAt } = row;
  return {
    id,
    slug,
    targets,
    strategy,
    rules,
    retry,
    timeoutMs,
    cache,
    residency,
    stickiness,
    shadow,
    createdAt,
    updatedAt,
  };
}
