export { type Clock, systemClock } from './clock.js';
export {
  CODES,
  type ErrorCode,
  type ErrorFacts,
  type FieldError,
  type Retry,
  TollgateError,
  toTollgateError,
} from './errors.js';
export { isUuid, SLUG, uuidv7 } from './ids.js';
export { err, ok, type Result } from './result.js';
export {
  divideHalfUp,
  formatUsd,
  type Ms,
  type NanoUsd,
  NO_TOKENS,
  parseUsd,
  type TokenCounts,
  type Tokens,
} from './units.js';
