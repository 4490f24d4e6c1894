import { defineConfig } from '@playwright/test'
import suite from './playwright.config.js'

/** `npm run pictures`: the pictures of the manual and the README, made anew from the real screens. No test. */
export default defineConfig({
  ...suite,
  testDir: './pictures',
  testMatch: '*.pictures.ts',
  globalSetup: './pictures/global-setup.ts',
})
