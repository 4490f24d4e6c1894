// @ts-check
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { Fault } from '../fault.mjs'
import { within } from './within.mjs'

/** @typedef {import('@playwright/test').Browser} Browser */
/** @typedef {import('@playwright/test').Page} Page */

const EAR = fileURLToPath(new URL('page/ear.js', import.meta.url))
/** Flags for a machine without sound card or prompts; everything else is as users have it. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
]

/** @param {string} executablePath */
export function launch(executablePath) {
  // Signals are ours to handle: the stack has to be stopped as well.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
  return chromium.launch({ executablePath, headless: true, args: FLAGS, ...signals })
}

/** A page with the bench's ear, eye and singing microphone. @param {Browser} browser @param {string} baseURL */
export async function newPage(browser, baseURL) {
  const context = await browser.newContext({
    baseURL,
    ignoreHTTPSErrors: true,
    // The ear is a script of ours, which the product's page would rightly not load.
    bypassCSP: true,
    locale: 'ja-JP',
    permissions: ['microphone', 'notifications'],
  })
  await context.addInitScript({ path: EAR })
  return context.newPage()
}

/** From now on sound counts. @param {Page} page */
export async function begin(page) {
  const why = await page.evaluate('bench.begin()')
  if (why) throw new Fault(`The measurement cannot begin: ${why}.`)
}

/** The times of the last click and of the first sound since `begin`, both the page's own. @param {Page} page @returns {Promise<{ clickedAt: number, heardAt: number }>} */
export function heard(page) {
  return within(page.evaluate('bench.heard()'), 'Sound in the browser')
}

/** @param {Page} page @param {import('@playwright/test').Locator} button */
export async function clickAndHear(page, button) {
  await begin(page)
  await button.click()
  return heard(page)
}
