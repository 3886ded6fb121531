import type { RateLimit } from '#libs/database';
import type { RateLimitAnswer } from './rate-limits.dto.js';

export function toApi(row: RateLimit): RateLimitAnswer {
  const { id, scope, requestsPerMinute, tokensPerMinute, maxConcurrency, createdAt, updatedAt } = row;
  return { id, scope, requestsPerMinute, tokensPerMinute, maxConcurrency, createdAt, updatedAt };
}
