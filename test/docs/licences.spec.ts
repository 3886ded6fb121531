import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

interface Locked {
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  readonly optional?: boolean;
  readonly integrity?: string;
  readonly link?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path]) => path.startsWith('node_modules/'));

/** Permissive: nothing of them obliges somebody who runs Tollgate. */
const PERMISSIVE =
  /^\(?(?:MIT(?:-0)?|Apache-2\.0|BSD-[23]-Clause|0BSD|ISC|BlueOak-1\.0\.0|Unlicense|CC0-1\.0|Python-2\.0|PostgreSQL|Zlib)\b/;

/** Licensed MIT in a form older than the lockfile's. */
const SAID_ELSEWHERE = new Set(['node_modules/passport-strategy', 'node_modules/pause']);

it('what runs in production is licensed permissively', () => {
  const others = installed
    .filter(([, { dev, devOptional, optional }]) => !dev && !devOptional && !optional)
    .filter(([, { license }]) => !PERMISSIVE.test(license ?? ''))
    .filter(([path]) => !SAID_ELSEWHERE.has(path))
    .map(([path, { license }]) => `${path}: ${license}`);
  expect(others).toEqual([]);
});

it('every package is pinned by the hash of its contents', () => {
  expect(installed.filter(([, { integrity, link }]) => !link && !integrity).map(([path]) => path)).toEqual([]);
});

it('npm run sbom lists what runs in production', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom:print'], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { bomFormat, components } = JSON.parse(stdout) as { bomFormat: string; components: { name: string }[] };
  expect(bomFormat).toBe('CycloneDX');
  const names = new Set(components.map(({ name }) => name));
  expect([names.has('fastify'), names.has('vitest')]).toEqual([true, false]);
});
