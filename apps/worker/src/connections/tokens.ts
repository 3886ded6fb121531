/** What is injected by name, because it has no class of its own. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const CLOCK = Symbol('clock');
export const POOL = Symbol('Postgres pool');
export const REDIS = Symbol('Redis');
/** A connection of its own for reads that block until an event comes. */
export const BLOCKING_REDIS = Symbol('blocking Redis');
export const METRICS = Symbol('metrics registry');
export const MASTER_KEY = Symbol('master key');
/** The platform's data key: seals what belongs to no organization. */
export const PLATFORM_KEY = Symbol('platform key');
