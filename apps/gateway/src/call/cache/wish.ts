import type { RouteCache, SemanticCache } from '#libs/routing';
import { type Exchange, headerOf } from '../exchange.js';

/** What the client wants of the cache: `refresh` asks a model and keeps the answer, `no-store` has nothing to do with it. */
export type Wish = 'use' | 'refresh' | 'no-store';

export function wishOf(exchange: Exchange): Wish {
  const header = headerOf(exchange, 'x-tollgate-cache');
  return header === 'no-store' || header === 'refresh' ? header : 'use';
}

/** Where the route does not say. */
export const CACHE_DEFAULTS = {
  scope: 'service',
  waitMs: 30_000,
  maxBytes: 1024 * 1024,
  temperatureMax: 1,
  pricePercent: 0,
  threshold: 0.9,
} as const satisfies Partial<RouteCache & SemanticCache>;
