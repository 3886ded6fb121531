import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { readCatalogTypes } from './catalog-types.mjs';
import { maintenanceUrl, runOnce, withDatabase } from './connection.mjs';

/** @param {string} connectionString */
const pool = (connectionString) =>
  new PrismaPg({ connectionString, max: 4, idleTimeoutMillis: 1000, allowExitOnIdle: true });

/** @param {string} url */
const connect = async (url) => runScriptsWhole(readCatalogTypes(await pool(url).connect()));

/**
 * The adapter cuts a script at every semicolon, also inside a function's body. Postgres takes a script as it is, and
 * runs it as one transaction.
 * @template {{ executeScript: Function, client: import('pg').Pool, onError: (error: unknown) => never }} A
 * @param {A} adapter
 * @returns {A}
 */
function runScriptsWhole(adapter) {
  adapter.executeScript = async (script) => {
    await adapter.client.query(script).catch((error) => adapter.onError(error));
  };
  return adapter;
}

/**
 * The engine's way to Postgres. The shadow database is our own: PrismaPg's `connectToShadowDb` lets the connection
 * string win over the database's name, and so would replay migrations on the main database.
 * @param {import('./arguments.mjs').Datasource} datasource
 */
export function adapterFactory(datasource) {
  const factory = pool(datasource.url);
  factory.connect = () => connect(datasource.url);
  factory.connectToShadowDb = () =>
    datasource.shadowDatabaseUrl ? connect(datasource.shadowDatabaseUrl) : createShadow(datasource.url);
  return bindMigrationAwareSqlAdapterFactory(factory);
}

/**
 * A database that lives as long as the returned adapter.
 * @param {string} url of a database on the same server
 */
async function createShadow(url) {
  const name = `prisma_migrate_shadow_db_${randomUUID()}`;
  await runOnce(maintenanceUrl(url), `CREATE DATABASE "${name}"`);
  const adapter = await connect(withDatabase(url, name));
  const dispose = adapter.dispose.bind(adapter);
  adapter.dispose = async () => {
    await dispose().catch(() => {});
    await runOnce(maintenanceUrl(url), `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  };
  return adapter;
}
