import { cataloguePrices } from './catalogue.js';
import { overridePrices, type PriceOverride } from './override.js';
import type { ModelPrices } from './prices.js';

/** Prices that begin at a moment, ISO 8601 with an offset. */
export interface ScheduledPrices {
  readonly from: string;
  readonly prices: PriceOverride;
}

/** A model as far as its prices depend on it. */
export interface PricedModel {
  readonly provider: string;
  readonly upstreamModel: string;
  /** Its own prices, from the beginning; null: the catalogue's. */
  readonly prices: PriceOverride | null;
  /** Ascending. Each holds until the next begins. */
  readonly priceSchedule: readonly ScheduledPrices[];
}

/**
 * The prices of a model for a call that arrived at a moment: the last ones scheduled by then, else its own, else the
 * catalogue's of that moment. Null when nobody knows a price.
 */
export function pricesOf(model: PricedModel, atMs: number): ModelPrices | null {
  const { provider, upstreamModel, prices, priceSchedule } = model;
  const own = priceSchedule.findLast(({ from }) => Date.parse(from) <= atMs)?.prices ?? prices;
  return own === null ? (cataloguePrices(provider, upstreamModel, atMs) ?? null) : overridePrices(own);
}
