import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { findProvider } from '@pydantic/genai-prices';
import { describe, expect, it } from 'vitest';
import { parseUsd } from '#libs/core';
import { CATALOGUE_VERSION, cataloguePrices } from './catalogue.js';

const AT_MS = Date.UTC(2026, 9, 1);

describe('catalogue prices', () => {
  it('carry the version of the installed package', () => {
    const entry = createRequire(import.meta.url).resolve('@pydantic/genai-prices');
    const manifest = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'));
    expect(CATALOGUE_VERSION).toBe(manifest.version);
    expect(cataloguePrices('openai', 'gpt-4o', AT_MS)?.version).toBe(`catalogue:${manifest.version}:openai/gpt-4o`);
  });

  it("are the vendors' published amounts, exactly", () => {
    expect(cataloguePrices('openai', 'gpt-4o-2024-08-06', AT_MS)).toMatchObject({
      input: parseUsd('2.50'),
      cacheRead: parseUsd('1.25'),
      output: parseUsd('10'),
    });
    expect(cataloguePrices('anthropic', 'claude-sonnet-4-5-20250929', AT_MS)).toMatchObject({
      input: parseUsd('3'),
      output: parseUsd('15'),
      cacheRead: parseUsd('0.30'),
      cacheWrite: parseUsd('3.75'),
      cacheWrite1h: parseUsd('6'),
      longContext: [{ aboveInputTokens: 200_000, input: parseUsd('6'), output: parseUsd('22.50') }],
    });
    expect(cataloguePrices('gemini', 'gemini-2.5-flash-lite', AT_MS)).toMatchObject({
      input: parseUsd('0.10'),
      output: parseUsd('0.40'),
    });
  });

  it('price embeddings, which have no output', () => {
    expect(cataloguePrices('openai', 'text-embedding-3-small', AT_MS)).toMatchObject({
      input: parseUsd('0.02'),
      output: 0n,
    });
  });

  it('take the dearest hour of a model whose price changes with the hour', () => {
    const noon = cataloguePrices('deepseek', 'deepseek-v4-flash', Date.UTC(2026, 9, 1, 12));
    const peak = cataloguePrices('deepseek', 'deepseek-v4-flash', Date.UTC(2026, 9, 1, 2));
    expect(noon).toEqual(peak);
    expect(peak).toMatchObject({ input: parseUsd('0.44'), output: parseUsd('1.32') });
  });

  it('are absent for what the catalogue does not know, never zero', () => {
    expect(cataloguePrices('openai', 'no-such-model', AT_MS)).toBeUndefined();
    expect(cataloguePrices('openai', 'whisper-1', AT_MS)).toBeUndefined();
    expect(cataloguePrices('mistral', 'mistral-nemo:free', AT_MS)).toBeUndefined();
  });

  it('are never guessed from the name of a self-hosted provider', () => {
    for (const provider of ['openai-compatible', 'vllm', 'ollama'])
      expect(cataloguePrices(provider, 'gpt-4o', AT_MS)).toBeUndefined();
  });

  it('can be read for every model that the catalogue lists, with ascending tiers', () => {
    const providers = ['openai', 'anthropic', 'google', 'aws', 'azure', 'mistral', 'openrouter', 'together', 'x-ai'];
    let priced = 0;
    for (const provider of providers)
      for (const model of findProvider({ providerId: provider })?.models ?? []) {
        const prices = cataloguePrices(provider, model.id, AT_MS);
        if (prices === undefined) continue;
        priced += 1;
        const starts = prices.longContext?.map((tier) => tier.aboveInputTokens) ?? [];
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }
    expect(priced).toBeGreaterThan(800);
  });
});
