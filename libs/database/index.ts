export { createDatabase, type Database, type DatabaseOptions } from './client.js';
export * from './generated/client.js';
export { type MigrateOptions, MigrationError, migrate } from './migrate.js';
export { type Migration, readMigrations } from './migrations.js';
export { openPlatformDataKey, PLATFORM_DATA_KEY_SETTING, PLATFORM_KEY_CONTEXT } from './platform-data-key.js';
