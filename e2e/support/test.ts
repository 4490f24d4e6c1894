import { test as base, chromium, expect, request, type Browser, type BrowserContext } from '@playwright/test'
import { callIn, leftovers, type Caller } from './pbx.js'
import { OperatorScreen } from './operator.js'
import { stackFacts } from './settings.js'
import { singing, TONES } from './sound.js'

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'

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

export interface OpenOptions {
  /** A browser process of its own, to be killed. */
  ownBrowser?: boolean
  /** Leaves the microphone as Chromium's, for tests of it. */
  ownMicrophone?: boolean
  viewport?: { width: number; height: number }
  locale?: string
  /** Where the browser is, an IANA name. */
  timeZone?: string
}

interface Fixtures {
  /** A browser of this operator, whose microphone sings his tone. */
  open(id: string, options?: OpenOptions): Promise<OperatorScreen>
  /** A caller from outside; hung up at the end. */
  call(options?: Parameters<typeof callIn>[0]): Promise<Caller>
}

export function launch(extra: string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, headless: true, args: [...FLAGS, ...extra] })
}

export const test = base.extend<Fixtures, { shared: Browser }>({
  shared: [
    async ({}, use) => {
      const browser = await launch()
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],

  // Depends on `open` so that calls end before their operators leave.
  call: async ({ open: _before }, use) => {
    const callers: Caller[] = []
    await use(async (options) => {
      const caller = await callIn(options)
      callers.push(caller)
      return caller
    })
    await Promise.all(callers.map((caller) => caller.hangup()))
  },

  open: async ({ shared }, use) => {
    const screens: OperatorScreen[] = []
    const browsers: Browser[] = []
    await use(async (id, options = {}) => {
      const browser = options.ownBrowser ? await launch() : shared
      if (options.ownBrowser) browsers.push(browser)
      const context = await newContext(browser, id, options)
      const screen = new OperatorScreen(id, context, await context.newPage())
      screens.push(screen)
      return screen
    })
    for (const screen of screens) await leave(screen)
    for (const browser of browsers) await browser.close()
    await expect.poll(leftovers, { message: 'nothing of a call may be left', timeout: 30_000 }).toEqual([])
  },
})

export { expect }

async function newContext(browser: Browser, id: string, options: OpenOptions): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: stackFacts().url,
    ignoreHTTPSErrors: true,
    viewport: options.viewport ?? { width: 1280, height: 720 },
    locale: options.locale ?? 'ja-JP',
    ...(options.timeZone === undefined ? {} : { timezoneId: options.timeZone }),
    permissions: ['microphone', 'notifications'],
  })
  const tone = TONES[id as keyof typeof TONES]
  if (tone && !options.ownMicrophone) {
    const { script, argument } = singing(tone)
    await context.addInitScript(script, argument)
  }
  return context
}

/** Frees the login, whatever became of the page. A call that is still up ends first. */
async function leave(screen: OperatorScreen): Promise<void> {
  const { context, cookies } = screen
  await hangUp(screen)
  // A browser that was killed cannot be asked for its cookies any more.
  const storageState = await context.storageState().catch(() => cookies)
  const browserless = await request.newContext({
    baseURL: stackFacts().url,
    ignoreHTTPSErrors: true,
    ...(storageState ? { storageState } : {}),
  })
  const headers = { 'X-Requested-With': 'tsunagu' }
  const logOut = async (): Promise<number> => (await browserless.post('/api/logout', { headers })).status()
  await expect.poll(logOut, { message: 'logging out', timeout: 20_000 }).not.toBe(409)
  await browserless.dispose()
  await context.close()
}

/** What the operator himself has called does not end with its caller. */
async function hangUp(screen: OperatorScreen): Promise<void> {
  const button = screen.button('切断')
  const up = async (): Promise<boolean> => {
    // A page that is gone has no button, and one that goes under the hand is as good as pressed.
    const there = await button.isVisible().catch(() => false)
    if (there) await button.click({ timeout: 1_000 }).catch(() => undefined)
    return there
  }
  await expect.poll(up, { message: 'ending the call', timeout: 20_000 }).toBe(false)
}
