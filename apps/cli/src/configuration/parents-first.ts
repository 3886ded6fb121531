import type { Json } from '../api/admin-api.js';
import { wrongUsage } from '../failure.js';

/** Teams in an order in which each comes after its parent. Throws wrong usage for a circle. */
export function parentsFirst(teams: readonly Json[]): Json[] {
  const sorted: Json[] = [];
  let waiting = [...teams];
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ slug }) => slug));
    const ready = waiting.filter(({ parent }) => !names.has(parent ?? null));
    if (ready.length === 0) throw wrongUsage(`Teams are their own parents: ${[...names].join(', ')}`);
    sorted.push(...ready);
    waiting = waiting.filter((team) => !ready.includes(team));
  }
  return sorted;
}
