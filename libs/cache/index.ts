export { type CachedAnswer, pack, type Used } from './answer.js';
export type { Seat, Turn } from './flight.js';
export { Flights, type FlightTerms } from './flights.js';
export { holds, type Invalidations } from './invalidations.js';
export { type CacheQuestion, cacheKey, fingerprint } from './key.js';
export { type CacheAddress, CacheStore } from './store.js';
