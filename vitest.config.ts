import { defineConfig } from 'vitest/config'

/** Source instead of built files, so that a test never runs against yesterday's contract. */
const resolve = { conditions: ['tsunagu-source'] }
const ssr = { resolve: { conditions: ['tsunagu-source'], externalConditions: ['tsunagu-source'] } }

export default defineConfig({
  test: {
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['backend/**/src/**/*.test.ts', 'frontend/src/**/*.test.ts', 'scripts/**/*.test.mjs'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
      },
      {
        resolve,
        ssr,
        test: {
          name: 'integration',
          include: ['backend/test/**/*.test.ts'],
          // Recording is no test: RECORD_ARI=1 makes the streams anew.
          exclude: process.env['RECORD_ARI'] ? [] : ['backend/test/ari-streams/record.test.ts'],
          globalSetup: ['backend/test/support/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Each file has its own Asterisk where it needs one; two cores do not run many.
          maxWorkers: 2,
        },
      },
    ],
  },
})
