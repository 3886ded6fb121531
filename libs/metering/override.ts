import { createHash } from 'node:crypto';
import { parseUsd, TollgateError } from '#libs/core';
import type { ModelPrices } from './prices.js';

/** A model's own prices as the API takes them: decimal strings in USD. */
export interface PriceOverride {
  readonly inputPerMillion: string;
  readonly outputPerMillion: string;
  readonly cachedInputPerMillion?: string | undefined;
  readonly cacheWritePerMillion?: string | undefined;
  readonly perRequest?: string | undefined;
}

/**
 * The prices that an organization set for a model. The version is a hash of the amounts, so equal prices have equal
 * versions whoever set them. Throws `invalid_request`, naming the field, for what is not a decimal amount ≥ 0.
 */
export function overridePrices(override: PriceOverride): ModelPrices {
  const cacheRead = optional(override, 'cachedInputPerMillion');
  const cacheWrite = optional(override, 'cacheWritePerMillion');
  const perRequest = optional(override, 'perRequest');
  const prices = {
    input: amount('inputPerMillion', override.inputPerMillion),
    output: amount('outputPerMillion', override.outputPerMillion),
    ...(cacheRead !== undefined && { cacheRead }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(perRequest !== undefined && { perRequest }),
  };
  const canonical = Object.entries(prices).map(([kind, price]) => `${kind}=${price}`);
  const hash = createHash('sha256').update(canonical.join('\n')).digest('hex').slice(0, 16);
  return { ...prices, version: `override:${hash}` };
}

function optional(override: PriceOverride, field: keyof PriceOverride): bigint | undefined {
  const text = override[field];
  return text === undefined ? undefined : amount(field, text);
}

function amount(field: keyof PriceOverride, text: string): bigint {
  const param = `prices.${field}`;
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text))
    throw new TollgateError('invalid_request', `${param} must be a decimal amount in USD, such as "2.50".`, {
      param,
      fields: [{ field: param, message: 'must be a decimal amount in USD, such as "2.50"' }],
    });
  return parseUsd(text);
}
