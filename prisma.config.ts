import { join } from 'node:path';
import { defineConfig } from 'prisma/config';

// Prisma's CLI would download a native engine; the same engine is on npm as WebAssembly (docs/decisions/0002). Windows
// cannot execute a script by its shebang and keeps the download.
if (process.platform !== 'win32')
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= join(import.meta.dirname, 'prisma/engine/schema-engine.mjs');

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // Only commands that touch a database read it; `prisma generate` does not.
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://postgres@127.0.0.1:5432/tollgate' },
});
