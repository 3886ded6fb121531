export { type CachedAnswer, pack, type Used } from './answer.js';
export type { Seat, Turn } from './flight.js';
export { Flights, type FlightTerms } from './flights.js';
export { holds, type Invalidations } from './invalidations.js';
export { type CacheQuestion, cacheKey, fingerprint } from './key.js';
export { lexicalVector } from './semantic/lexical.js';
export { type Bucket, type Near, NearIndex, type Turned } from './semantic/near-index.js';
export { read, type Veto, vetoOf } from './semantic/vetoes.js';
export { type CacheAddress, CacheStore } from './store.js';
