import { calcPrice, findProvider, type ModelInfo, type ModelPrice, type Provider } from '@pydantic/genai-prices';
import { parseUsd, systemClock } from '#libs/core';
import type { LongContextPrices, ModelPrices, TokenPrices } from './prices.js';

/** Version of `@pydantic/genai-prices` that is installed; part of every catalogue price's version (a test keeps it equal). */
export const CATALOGUE_VERSION = '0.1.8';

/** Our provider ids whose catalogue entry has another name. */
const CATALOGUE_IDS: Readonly<Record<string, string>> = {
  'azure-openai': 'azure',
  bedrock: 'aws',
  gemini: 'google',
  moonshot: 'moonshotai',
  vertex: 'google',
  xai: 'x-ai',
};

/** Where a price of the catalogue goes. What else it lists (pages, seconds) is counted neither in tokens nor in calls. */
const FIELDS = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  reasoning: 'output_reasoning_mtok',
  audioInput: 'input_audio_mtok',
  audioOutput: 'output_audio_mtok',
} as const satisfies Record<keyof TokenPrices, string>;

/** The provider's own tools, and where the catalogue has their price. */
const TOOLS = { web_search: 'web_searches_kcount', file_search: 'storage_searches_kcount' } as const;

const REQUESTS_PER_PRICE = 1000n;

/**
 * The published prices of a provider's model at a moment, or undefined where the catalogue has none: an unknown provider, an
 * unknown model, or one that is not priced by tokens. A provider must be known by its exact id, because the catalogue's own
 * guess would price a self-hosted "openai-…" as OpenAI. A model whose price changes with the hour gets its dearest hour.
 */
export function cataloguePrices(
  provider: string,
  upstreamModel: string,
  atMs: number = systemClock.now(),
): ModelPrices | undefined {
  const id = CATALOGUE_IDS[provider] ?? provider;
  const entry = findProvider({ providerId: id });
  if (entry?.id !== id) return undefined;

  const found = calcPrice({}, upstreamModel, { provider: entry, timestamp: new Date(atMs) });
  if (found === null) return undefined;

  const version = `catalogue:${CATALOGUE_VERSION}:${id}/${found.model.id}`;
  if (!variesByHour(found.model)) return toPrices(found.model_price, version);
  return dearestHour(entry, upstreamModel, atMs, version);
}

function variesByHour(model: ModelInfo): boolean {
  return Array.isArray(model.prices) && model.prices.some((price) => price.constraint?.type === 'time_of_date');
}

const HOUR_MS = 3_600_000;

function dearestHour(provider: Provider, model: string, atMs: number, version: string): ModelPrices | undefined {
  const hours = Array.from({ length: 24 }, (_, hour) => new Date(atMs + hour * HOUR_MS))
    .map((timestamp) => calcPrice({}, model, { provider, timestamp }))
    .map((found) => (found === null ? undefined : toPrices(found.model_price, version)))
    .filter((prices) => prices !== undefined);
  return hours.reduce<ModelPrices | undefined>(
    (most, prices) => (most && most.input + most.output >= prices.input + prices.output ? most : prices),
    undefined,
  );
}

function toPrices(price: ModelPrice, version: string): ModelPrices | undefined {
  const base = tokenPrices(price, null);
  if (base === undefined) return undefined;
  const perThousand = price['requests_kcount'];
  const longContext = tierStarts(price).map((start) => ({ ...tokenPrices(price, start), aboveInputTokens: start }));
  return {
    ...base,
    version,
    ...(typeof perThousand === 'number' && { perRequest: nano(perThousand) / REQUESTS_PER_PRICE }),
    ...perTool(price),
    ...(longContext.length > 0 && { longContext: longContext as LongContextPrices[] }),
  };
}

function perTool(price: ModelPrice): Pick<ModelPrices, 'perTool'> {
  const entries = Object.entries(TOOLS).flatMap(([tool, key]) => {
    const perThousand = inTier(price[key], null);
    return perThousand === undefined ? [] : [[tool, nano(perThousand) / REQUESTS_PER_PRICE] as const];
  });
  return entries.length === 0 ? {} : { perTool: Object.fromEntries(entries) };
}

/** The prices of one tier (`null`: the base), or undefined when tokens have no price at all. */
function tokenPrices(price: ModelPrice, tierStart: number | null): TokenPrices | undefined {
  const onlyImages = price[FIELDS.output] === undefined ? price['output_image_mtok'] : undefined;
  if (price[FIELDS.input] === undefined && price[FIELDS.output] === undefined) return undefined;
  const imageOutput = inTier(onlyImages, tierStart);
  const entries = Object.entries(FIELDS).flatMap(([field, key]) => {
    const amount = inTier(price[key], tierStart);
    return amount === undefined ? [] : [[field, nano(amount)] as const];
  });
  // A model whose output is priced as images only answers nothing else.
  return { input: 0n, output: imageOutput === undefined ? 0n : nano(imageOutput), ...Object.fromEntries(entries) };
}

function inTier(price: ModelPrice[string], tierStart: number | null): number | undefined {
  if (price === undefined || typeof price === 'number') return price;
  if (tierStart === null) return price.base;
  return price.tiers.findLast((tier) => tier.start <= tierStart)?.price ?? price.base;
}

function tierStarts(price: ModelPrice): number[] {
  const starts = Object.values(FIELDS).flatMap((key) => {
    const value = price[key];
    return typeof value === 'object' ? value.tiers.map((tier) => tier.start) : [];
  });
  return [...new Set(starts)].sort((a, b) => a - b);
}

/**
 * The catalogue's amounts are doubles. Nine decimals of the nearest double of a published price are that price exactly, and
 * drop the noise that some of them carry (0.18000000000000002).
 */
function nano(amount: number): bigint {
  return parseUsd(amount.toFixed(9));
}
