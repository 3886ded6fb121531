import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { type Provider, providers } from '#libs/providers';

const SECRETS: Readonly<Record<Provider['auth']['kind'], string>> = {
  bearer: 'key',
  header: 'key',
  sigv4: 'AWS access key',
  google: 'service account',
};

function addressOf({ baseUrl }: Provider): string {
  if (baseUrl === null) return '*yours*';
  const region = '{region}';
  return `\`${typeof baseUrl === 'function' ? baseUrl({ region, project: null, apiVersion: null }) : baseUrl}\``;
}

function dialectsOf({ dialect, paths }: Provider): string {
  if (!paths.chat) return '–';
  // A provider whose models speak several has Claude's and others.
  const all = typeof dialect === 'function' ? [dialect('any'), dialect('claude-any')] : [dialect];
  return all.join(', ');
}

function row(provider: Provider): string {
  const { id, name, auth, paths, screeningPath } = provider;
  const operations = Object.keys(paths).join(', ') || (screeningPath ? 'asked by guardrails' : '');
  return `| \`${id}\` | ${name} | ${addressOf(provider)} | ${SECRETS[auth.kind]} | ${dialectsOf(provider)} | ${operations} |`;
}

it('docs/guides/providers.md has the table of providers that the code has', async () => {
  const guide = await readFile('docs/guides/providers.md', 'utf8');
  const table = guide.split('\n').filter((line) => /^\| `[\w-]+` \| [^|]+ \| (`http|\*yours)/.test(line));
  expect(table).toEqual([...providers.values()].map(row));
});

it('docs/guides/add-a-provider.md points only to files that are there', async () => {
  const guide = await readFile('docs/guides/add-a-provider.md', 'utf8');
  const named = [...guide.matchAll(/`((?:libs|apps)\/[\w/.-]+\.ts)`/g)].map(([, file]) => file as string);
  expect(named.length).toBeGreaterThan(3);
  for (const file of named) expect((await readFile(file, 'utf8')).length).toBeGreaterThan(0);
});
