export type { ModelPrices } from './prices.js';
