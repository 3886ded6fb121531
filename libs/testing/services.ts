/** Real servers for specs. Each call gives its own; what a spec forgets to stop ends with the run. */
export { type TestDatabase, type TestDatabaseOptions, testDatabase } from './test-database.js';
export { type TestRedis, type TestRedisOptions, testRedis } from './test-redis.js';
