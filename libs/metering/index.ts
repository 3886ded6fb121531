export { CATALOGUE_VERSION, cataloguePrices } from './catalogue.js';
export { type Charges, costOf, totalInput, totalOutput } from './cost.js';
export { type CostLine, costLines } from './cost-lines.js';
export { countTokens } from './count.js';
export { ESTIMATE_SHORTFALL_MAX, estimateTokens, mostTokens } from './estimate.js';
export { overridePrices, type PriceOverride, type TokenPriceOverride } from './override.js';
export { type PricedModel, pricesOf, type ScheduledPrices } from './price-schedule.js';
export {
  type LongContextPrices,
  type ModelPrices,
  SERVICE_TIERS,
  type ServiceTier,
  type TokenPrices,
} from './prices.js';
export { sumTokens } from './sum.js';
export { pricesFromWire, pricesToWire, type WirePrices } from './wire.js';
export { worstCase } from './worst-case.js';
