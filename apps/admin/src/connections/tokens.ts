/** What is injected by name, because it has no class of its own. */
export const CONFIG = Symbol('config');
export const LOGGER = Symbol('logger');
export const CLOCK = Symbol('clock');
export const REDIS = Symbol('redis');
/** The pool below Prisma, for SQL over the ledger. */
export const POOL = Symbol('Postgres pool');
export const MASTER_KEY = Symbol('master key');
/** The platform's data key: seals what belongs to no organization. */
export const PLATFORM_KEY = Symbol('platform key');
export const METRICS = Symbol('metrics registry');
