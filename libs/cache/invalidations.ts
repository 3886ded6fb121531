import type { CachedAnswer } from './answer.js';

/**
 * What was invalidated, by the version of the organization's snapshot that said so. An answer that was asked for under an earlier
 * version does not hold: one comparison when it is found, and nothing is searched for or deleted.
 */
export interface Invalidations {
  readonly organization?: number;
  /** By slug. */
  readonly routes?: Readonly<Record<string, number>>;
  /** By `key=value`. */
  readonly tags?: Readonly<Record<string, number>>;
}

/** Whether an answer of this route still holds. */
export function holds(
  { version, tags }: Pick<CachedAnswer<unknown>, 'version' | 'tags'>,
  route: string,
  { organization = 0, routes = {}, tags: byTag = {} }: Invalidations,
): boolean {
  if (version < organization || version < (routes[route] ?? 0)) return false;
  return Object.entries(tags).every(([key, value]) => version >= (byTag[`${key}=${value}`] ?? 0));
}
