import pg from 'pg';

/** The same server and credentials, another database. @param {string} url @param {string} name */
export function withDatabase(url, name) {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  changed.searchParams.delete('schema');
  return changed.toString();
}

/** The database that every server has: from there others are created and dropped. @param {string} url */
export const maintenanceUrl = (url) => withDatabase(url, 'postgres');

/** @param {string} url */
export const databaseName = (url) => decodeURIComponent(new URL(url).pathname.slice(1));

/** One statement on a connection of its own. @param {string} url @param {string} sql */
export async function runOnce(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** @param {string} name */
export const createDatabase = (name) => `CREATE DATABASE ${pg.escapeIdentifier(name)}`;

/** @param {string} name */
export const dropDatabase = (name) => `DROP DATABASE ${pg.escapeIdentifier(name)}`;
