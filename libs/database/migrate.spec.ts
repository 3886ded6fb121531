import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { freePort } from '#libs/embedded';
import { testDatabase } from '#libs/testing';
import { type Migration, migrate, readMigrations } from './index.js';

const migration = (name: string, sql: string, checksum = name): Migration => ({ name, sql, checksum });
const TABLE = migration('1_table', 'CREATE TABLE facts (id int PRIMARY KEY); INSERT INTO facts VALUES (1)');

async function rows<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  it('the migrations and the schema describe the same database', async () => {
    await using database = await testDatabase({ migrated: false });
    const diff = ['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema.prisma'];
    const { stdout } = await promisify(execFile)('node_modules/.bin/prisma', [...diff, '--exit-code'], {
      env: { ...process.env, DATABASE_URL: database.url },
    });
    expect(stdout).toContain('No difference detected');
  }, 60_000);

  it('Prisma’s CLI finds a database migrated by us up to date', async () => {
    await using database = await testDatabase();
    const { stdout } = await promisify(execFile)('node_modules/.bin/prisma', ['migrate', 'status'], {
      env: { ...process.env, DATABASE_URL: database.url },
    });
    expect(stdout).toContain('Database schema is up to date');
  }, 60_000);

  it('of many processes that migrate at once exactly one applies each migration', async () => {
    await using database = await testDatabase({ migrated: false });
    const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(database.url)));
    expect(applied.flat()).toEqual(readMigrations().map(({ name }) => name));
  });

  it('a second run applies nothing', async () => {
    await using database = await testDatabase();
    expect(await migrate(database.url)).toEqual([]);
  });

  it('a migration changed after it was applied is reported, not applied again', async () => {
    await using database = await testDatabase({ migrated: false });
    await migrate(database.url, { migrations: [TABLE] });
    const warnings: string[] = [];
    const changed = migration(TABLE.name, 'CREATE TABLE never ()', 'other');
    const applied = await migrate(database.url, { migrations: [changed], onWarning: (line) => warnings.push(line) });
    expect(applied).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining(TABLE.name)]);
  });

  it('a failed migration leaves nothing of itself but its line in the journal, and stops the next start', async () => {
    await using database = await testDatabase({ migrated: false });
    const broken = migration('2_broken', 'CREATE TABLE half (); INSERT INTO facts VALUES (1)');
    await expect(migrate(database.url, { migrations: [TABLE, broken] })).rejects.toThrow(
      /2_broken failed: duplicate key/,
    );
    expect(await rows(database.url, `SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    expect(await rows(database.url, 'SELECT id FROM facts')).toEqual([{ id: 1 }]);
    await expect(migrate(database.url, { migrations: [TABLE] })).rejects.toThrow(/2_broken failed earlier/);
  });

  it('an unreachable database is one line that names it and hides the password', async () => {
    const port = await freePort();
    const error = await migrate(`postgresql://user:hidden@127.0.0.1:${port}/tollgate`).catch((cause: Error) => cause);
    expect(error).toMatchObject({
      name: 'MigrationError',
      message: `The database at 127.0.0.1:${port}/tollgate cannot be reached: connect ECONNREFUSED 127.0.0.1:${port}`,
    });
  });
});
