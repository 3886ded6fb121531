import { defineConfig } from 'vitest/config';

/**
 * How `#libs/…` finds the sources, by a name that no package uses for its own: in specs, and in the environment that Vitest runs the global setup in. Without
 * `import`: Vitest hands these to Node, and then `require` in a CommonJS package would find ES modules.
 */
const conditions = ['tollgate-source', 'node'];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  environments: { __vitest__: { resolve: { conditions } } },
  test: {
    include: ['apps/**/*.spec.ts', 'libs/**/*.spec.ts', 'test/**/*.spec.ts'],
    exclude: ['node_modules/**', 'dist/**'],
    globalSetup: ['./libs/testing/global-setup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 90_000,
    hookTimeout: 180_000,
    reporters: ['default', './test/plain-reporter.ts'],
  },
});
