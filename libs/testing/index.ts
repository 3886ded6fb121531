export {
  type TestDatabase,
  type TestDatabaseOptions,
  type TestRedis,
  type TestRedisOptions,
  testDatabase,
  testRedis,
} from './services.js';
