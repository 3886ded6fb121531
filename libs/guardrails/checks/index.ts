import type { Check } from '../check.js';
import { denyList } from './deny-list/check.js';
import { pii } from './pii/check.js';
import { secrets } from './secrets/check.js';
import { size } from './size/check.js';

/** Every check that exists, by type. */
export const checks: ReadonlyMap<string, Check> = new Map(
  [secrets, pii, denyList, size].map((check) => [check.type, check]),
);
