import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One directory of prisma/migrations. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the file, hex: what Prisma Migrate keeps too. */
  readonly checksum: string;
}

/** All migrations of a directory, in the order of their names, which begin with a timestamp. */
export function readMigrations(directory: string = migrationsDirectory()): Migration[] {
  return readdirSync(directory)
    .filter((name) => existsSync(join(directory, name, 'migration.sql')))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** prisma/migrations of the package this file belongs to, whether it runs from source or from dist/. */
function migrationsDirectory(): string {
  for (let directory = import.meta.dirname; directory !== dirname(directory); directory = dirname(directory)) {
    const candidate = join(directory, 'prisma/migrations');
    if (existsSync(candidate)) return candidate;
  }
  throw new Error('prisma/migrations is not above libs/database: the package is incomplete');
}
