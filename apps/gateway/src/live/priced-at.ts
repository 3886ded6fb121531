import type { LiveModel } from './live.js';

/** The model with the prices that hold for a call that arrived at this moment. */
export function pricedAt(live: LiveModel, atMs: number): LiveModel {
  const scheduled = live.priceSchedule.findLast(({ fromMs }) => fromMs <= atMs);
  return scheduled === undefined ? live : { ...live, prices: scheduled.prices };
}
