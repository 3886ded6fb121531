import type { Format } from '../format.js';
import { CHAT } from './chat.js';
import { CLOUDS } from './clouds.js';
import { COMMERCE } from './commerce.js';
import { DEVELOPMENT } from './development.js';
import { MODELS } from './models.js';
import { OPERATIONS } from './operations.js';

/** Formats as their issuers document them. Each has a beginning or a mark of its own, so a match is hardly ever an accident. */
export const VENDOR_FORMATS: readonly Format[] = [
  ...MODELS,
  ...CLOUDS,
  ...DEVELOPMENT,
  ...OPERATIONS,
  ...COMMERCE,
  ...CHAT,
];
