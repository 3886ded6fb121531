import { mergeConfig } from 'vitest/config';
import base from '../../vitest.config.js';

/** `npm run screenshots`: no test, so the suite does not run it. */
export default mergeConfig(
  { ...base, test: { ...base.test, include: [] } },
  { test: { include: ['test/console/screenshots.ts'], testTimeout: 300_000 } },
);
