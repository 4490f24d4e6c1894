// @ts-check
import { randomBytes } from 'node:crypto'
import { placeCall } from '../caller.mjs'
import { newPage } from './browser.mjs'
import { pushClassicPhone, pushClassicTrunk } from './classic-objects.mjs'
import { serveClassicPage } from './classic-page.mjs'
import { BenchApp } from './pbx.mjs'
import { within } from './within.mjs'

/** @typedef {import('./stack.mjs').BenchStack} BenchStack */
/** @typedef {import('./browser.mjs').Browser} Browser */

const PHONE = 'classic'
const BRIDGE = 'classic-talk'
/** By this number his calls are known, and come to the bench instead of to the product. */
const FROM = '09099999999'

/** A browser phone as they are, with a small application of the bench's own behind it in place of the product. */
export class ClassicPhone {
  /** @param {BenchStack} stack @param {BenchApp} pbx @param {import('./browser.mjs').Page} page */
  constructor(stack, pbx, page) {
    this.stack = stack
    this.pbx = pbx
    this.page = page
    this.button = page.getByRole('button', { name: '通話' })
  }

  /** Everything is gone again when the work is done. @template T @param {{ stack: BenchStack, browser: Browser }} setting @param {(phone: ClassicPhone) => Promise<T>} work */
  static async during({ stack, browser }, work) {
    const pbx = await new BenchApp(stack.ari, 'bench').connect()
    const server = await serveClassicPage()
    const page = await newPage(browser, server.url)
    try {
      const phone = new ClassicPhone(stack, pbx, page)
      await phone.#register()
      return await work(phone)
    } finally {
      await page.context().close()
      await pbx.request('DELETE', `/bridges/${BRIDGE}`)
      server.close()
      pbx.close()
    }
  }

  async #register() {
    const { pbx, page, stack } = this
    const password = randomBytes(16).toString('hex')
    await pushClassicPhone(pbx, PHONE, password)
    await pushClassicTrunk(pbx, FROM)
    await pbx.request('POST', `/bridges/${BRIDGE}`, { type: 'mixing' })
    await page.goto('/')
    // Straight to Asterisk, without TLS and without anyone between: no less than what is compared has.
    const account = {
      url: `${stack.ari.url.replace('http', 'ws')}/ws`,
      uri: `sip:${PHONE}@localhost`,
      password,
    }
    await page.evaluate(`startClassicPhone(${JSON.stringify(account)})`)
  }

  /** Someone whose call is answered and who waits, speaking or silent. @param {number} [tone] */
  async waitingCaller(tone) {
    const entered = this.pbx.next('The caller’s arrival', ({ type }) => type === 'StasisStart')
    const { carrier } = this.stack
    const caller = await placeCall({ carrier, to: '0350600025', from: FROM, ...(tone ? { tone } : {}) })
    const channel = (await entered).channel?.id ?? ''
    await this.pbx.request('POST', `/channels/${channel}/answer`)
    await caller.waitFor('answered')
    return { caller, channel }
  }

  /** Rings; `up` resolves when the phone has answered. @param {string} leg */
  async ring(leg) {
    const up = this.pbx.entered(leg)
    const body = { endpoint: `PJSIP/${PHONE}`, app: this.pbx.app, formats: 'opus,ulaw', timeout: 30 }
    await this.pbx.request('POST', `/channels/${leg}`, body)
    await within(this.button.waitFor(), 'The ringing of the browser phone')
    return { up }
  }

  /** @param {string[]} channels */
  async bridge(channels) {
    await this.pbx.request('POST', `/bridges/${BRIDGE}/addChannel`, { channel: channels })
  }

  /** @param {string} channel */
  async hangUp(channel) {
    await this.pbx.request('DELETE', `/channels/${channel}`)
  }
}
