import { createHash } from 'node:crypto';
import { parseUsd, TollgateError } from '#libs/core';
import { type ModelPrices, SERVICE_TIERS, type TokenPrices } from './prices.js';

/** Prices of tokens as the API takes them: decimal strings in USD. */
export interface TokenPriceOverride {
  readonly inputPerMillion: string;
  readonly outputPerMillion: string;
  readonly cachedInputPerMillion?: string | undefined;
  readonly cacheWritePerMillion?: string | undefined;
  readonly cacheWrite1hPerMillion?: string | undefined;
  readonly reasoningPerMillion?: string | undefined;
  readonly audioInputPerMillion?: string | undefined;
  readonly audioOutputPerMillion?: string | undefined;
}

/** A model's own prices as the API takes them. */
export interface PriceOverride extends TokenPriceOverride {
  readonly perRequest?: string | undefined;
  readonly serviceTiers?: Readonly<Partial<Record<string, TokenPriceOverride>>> | undefined;
  readonly perTool?: Readonly<Record<string, string>> | undefined;
}

const FIELDS = {
  input: 'inputPerMillion',
  output: 'outputPerMillion',
  cacheRead: 'cachedInputPerMillion',
  cacheWrite: 'cacheWritePerMillion',
  cacheWrite1h: 'cacheWrite1hPerMillion',
  reasoning: 'reasoningPerMillion',
  audioInput: 'audioInputPerMillion',
  audioOutput: 'audioOutputPerMillion',
} as const satisfies Record<keyof TokenPrices, keyof TokenPriceOverride>;

/**
 * The prices that an organization set for a model. The version is a hash of the amounts, so equal prices have equal
 * versions whoever set them. Throws `invalid_request`, naming the field, for what is not a decimal amount ≥ 0.
 */
export function overridePrices(override: PriceOverride): ModelPrices {
  const base = tokenPrices('prices', override);
  const perRequest =
    override.perRequest === undefined ? {} : { perRequest: amount('prices.perRequest', override.perRequest) };
  const serviceTiers = SERVICE_TIERS.flatMap((tier) => {
    const prices = override.serviceTiers?.[tier];
    return prices === undefined ? [] : [[tier, tokenPrices(`prices.serviceTiers.${tier}`, prices)] as const];
  });
  const perTool = Object.entries(override.perTool ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([tool, text]) => [tool, amount(`prices.perTool.${tool}`, text)] as const);
  const canonical = [
    ...lines('', { ...base, ...perRequest }),
    ...serviceTiers.flatMap(([tier, prices]) => lines(`${tier}.`, prices)),
    ...perTool.map(([tool, price]) => `tool.${tool}=${price}`),
  ];
  return {
    ...base,
    ...perRequest,
    ...(serviceTiers.length > 0 && { serviceTiers: Object.fromEntries(serviceTiers) }),
    ...(perTool.length > 0 && { perTool: Object.fromEntries(perTool) }),
    version: `override:${createHash('sha256').update(canonical.join('\n')).digest('hex').slice(0, 16)}`,
  };
}

const lines = (prefix: string, prices: object): string[] =>
  Object.entries(prices).map(([kind, price]) => `${prefix}${kind}=${price}`);

function tokenPrices(path: string, override: TokenPriceOverride): TokenPrices {
  const entries = Object.entries(FIELDS).flatMap(([kind, field]) => {
    const text = override[field];
    return text === undefined ? [] : [[kind, amount(`${path}.${field}`, text)] as const];
  });
  return { input: 0n, output: 0n, ...Object.fromEntries(entries) };
}

function amount(param: string, text: string): bigint {
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text))
    throw new TollgateError('invalid_request', `${param} must be a decimal amount in USD, such as "2.50".`, {
      param,
      fields: [{ field: param, message: 'must be a decimal amount in USD, such as "2.50"' }],
    });
  return parseUsd(text);
}
