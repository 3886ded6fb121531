import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationDialects } from '#libs/dialects';
import { dialectOf, OPENAI_COMPATIBLE, operationDialectOf, type Provider, providers } from '#libs/providers';
import { OWN_OPERATION } from '#libs/routing';
import { type Surface, surfaces } from '../src/surfaces/surfaces.js';
import { type Harness, startHarness } from './harness.js';

type Reach = 'in kind' | 'translated' | 'counted here' | null;

/** How a provider answers a surface; of a provider whose models speak several dialects, the best. */
function reachOf(surface: Surface, provider: Provider): Reach {
  if (surface.operation !== 'chat') return operationReach(surface, provider);
  const own = OWN_OPERATION[surface.id];
  const dialects = ['claude-x', 'x'].map((model) => dialectOf(provider, model) as string);
  if ((own && provider.paths[own]) || (provider.paths.chat && dialects.includes(surface.id))) return 'in kind';
  return provider.paths.chat ? 'translated' : null;
}

function operationReach(surface: Surface, provider: Provider): Reach {
  const id = operationDialectOf(provider, surface.operation);
  const own = Object.values(operationDialects).find((dialect) => dialect === surface.dialect);
  if (id === own?.id) return 'in kind';
  if (surface.operation === 'count-tokens') return provider.paths.chat ? 'counted here' : null;
  return id && operationDialects[id].encodeRequest && own?.encodeResponse ? 'translated' : null;
}

/** Those of OpenAI's kind in two words where it is all of them, so that a new one is no news here. */
function named(ids: readonly string[]): string {
  const compatible = OPENAI_COMPATIBLE.filter(({ withoutChat }) => !withoutChat).map(({ id }) => id);
  const all = compatible.every((id) => ids.includes(id));
  const rest = all ? ids.filter((id) => !compatible.includes(id)) : ids;
  return [...(all ? ['every OpenAI-compatible one'] : []), ...rest].join(', ') || '–';
}

function row(surface: Surface): string {
  const ids = (reach: Reach): string[] =>
    [...providers.values()].filter((provider) => reachOf(surface, provider) === reach).map(({ id }) => id);
  const others = {
    chat: 'every other one of chat models',
    'count-tokens': 'none; Tollgate counts for the rest',
  }[surface.operation as string];
  const paths = surface.paths.map((path) => `\`POST ${path}\``).join('<br>');
  return `| ${paths} | \`${surface.id}\` | ${named(ids('in kind'))} | ${others ?? named(ids('translated'))} |`;
}

describe('docs/guides/surfaces.md', () => {
  it('has the table of surfaces that the code has', async () => {
    const guide = await readFile('docs/guides/surfaces.md', 'utf8');
    const table = guide.split('\n').filter((line) => line.startsWith('| `POST'));
    expect(table).toEqual(Object.values(surfaces).map(row));
  });
});

describe('every path of the table', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await startHarness();
  });
  afterAll(() => harness?.[Symbol.asyncDispose]());

  it('is served: it asks who is calling', async () => {
    for (const { paths } of Object.values(surfaces))
      for (const path of paths) {
        const response = await fetch(harness.url + path.replace('{model}', 'm'), { method: 'POST', body: '{}' });
        expect([path, response.status]).toEqual([path, 401]);
      }
  });
});
