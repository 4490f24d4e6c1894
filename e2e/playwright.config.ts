import { defineConfig } from '@playwright/test'

/** One stack for all: real Asterisk, real carrier, real Chromium. Two cores run one story at a time. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../test-results',
  globalSetup: './support/global-setup.ts',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: process.env['TEST_REPORT']
    ? [['list'], ['json', { outputFile: process.env['TEST_REPORT'] }]]
    : [['list']],
})
