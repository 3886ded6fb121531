import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tail } from './embedded-error.js';
import { type CommandResult, run } from './run.js';

const CLOSURE = [
  'depends',
  '--recurse',
  ...['recommends', 'suggests', 'conflicts', 'breaks', 'replaces', 'enhances'].map((kind) => `--no-${kind}`),
  'redis-server',
];

const LIBRARY = /^(lib|lua-)/;
/** Of packages that matter to an installation only, or that would take the place of a library which is there. */
const ALTERNATIVE = /-perl$|^lib(debian-installer|elogind|newt|textwrap)/;

/**
 * Unpacks Debian's or Ubuntu's redis-server, with the libraries that this system lacks, into `target`. Needs no root
 * unless the package lists have never been fetched, and installs nothing. Returns null, or why it did not work.
 */
export async function unpackDebianRedis(target: string): Promise<string | null> {
  const draft = `${target}.${process.pid}`;
  const packages = join(draft, 'packages');
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(packages, { recursive: true });
  try {
    const downloaded = await download(packages);
    if (downloaded.code !== 0) return tail(downloaded.output, 1);
    for (const file of readdirSync(packages)) {
      const { code, output } = await run('dpkg', ['-x', join(packages, file), draft]);
      if (code !== 0) return tail(output, 1);
    }
    rmSync(packages, { recursive: true });
    renameSync(draft, target);
    return null;
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

/** A fresh system has no package lists; refreshing them needs root, downloading does not. */
async function download(directory: string): Promise<CommandResult> {
  const first = await fetchPackages(directory);
  if (first.code === 0) return first;
  await run('apt-get', ['update', '-q']);
  return fetchPackages(directory);
}

async function fetchPackages(directory: string): Promise<CommandResult> {
  return run('apt-get', ['download', '-q', ...(await missingPackages())], { cwd: directory });
}

/** Names differ between releases (libhiredis0.14, libhiredis1.1.0), so the package lists are asked. */
async function missingPackages(): Promise<string[]> {
  const [closure, installed] = await Promise.all([
    run('apt-cache', CLOSURE),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholder
    run('dpkg-query', ['-W', '-f', '${Package}\n']),
  ]);
  const present = new Set(installed.output.split('\n'));
  const libraries = closure.output
    .split('\n')
    .filter((name) => LIBRARY.test(name) && !ALTERNATIVE.test(name) && !present.has(name));
  // redis-server is a link to a program of redis-tools.
  return ['redis-server', 'redis-tools', ...new Set(libraries)];
}
