export { CATALOGUE_VERSION, cataloguePrices } from './catalogue.js';
export { costOf, totalInput, totalOutput } from './cost.js';
export { countTokens } from './count.js';
export { ESTIMATE_SHORTFALL_MAX, estimateTokens, mostTokens } from './estimate.js';
export { overridePrices, type PriceOverride } from './override.js';
export type { LongContextPrices, ModelPrices, TokenPrices } from './prices.js';
export { sumTokens } from './sum.js';
export { pricesFromWire, pricesToWire, type WirePrices } from './wire.js';
export { worstCase } from './worst-case.js';
