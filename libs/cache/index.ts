export { type CachedAnswer, type CacheStore, ExactCache } from './exact.js';
export { type CacheQuestion, cacheKey } from './key.js';
