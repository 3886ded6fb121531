/** What is injected by name, because it has no class of its own. */
export const LOGGER = Symbol('logger');
export const CLOCK = Symbol('clock');
export const POOL = Symbol('Postgres pool');
export const REDIS = Symbol('Redis');
/** A connection of its own for reads that block until an event comes. */
export const BLOCKING_REDIS = Symbol('blocking Redis');
export const METRICS = Symbol('metrics registry');
