// @ts-check
import { Fault } from '../fault.mjs'
import { clickAndHear, newPage } from './browser.mjs'
import { within } from './within.mjs'

/** An operator in front of the product's own screen, in the words of the product. */
export class BenchOperator {
  /** @param {import('@playwright/test').Page} page */
  constructor(page) {
    this.page = page
    this.phone = page.getByRole('group', { name: '電話', exact: true })
    this.status = page.getByRole('group', { name: 'ステータス', exact: true })
  }

  /** Logged in, registered, not yet ready for calls. @param {import('./browser.mjs').Browser} browser @param {string} url @param {string} id */
  static async arrive(browser, url, id) {
    const operator = new BenchOperator(await newPage(browser, url))
    const { page } = operator
    await page.goto('/login')
    await page.getByRole('textbox', { name: 'ユーザーID' }).fill(id)
    await page.getByRole('textbox', { name: 'パスワード' }).fill(`demo-${id}`)
    await operator.button('ログイン').click()
    await operator.phone.filter({ hasText: '登録済み' }).waitFor()
    await page.evaluate('bench.prepare()')
    return operator
  }

  /** @param {string} name */
  button(name) {
    return this.page.getByRole('button', { name, exact: true })
  }

  async becomeReady() {
    await this.button('受付可').click()
  }

  async untilReady() {
    await this.status.filter({ hasText: /^\s*受付可/ }).waitFor()
  }

  /** @param {string} word */
  async untilPhoneIs(word) {
    await this.phone.filter({ hasText: new RegExp(`^\\s*${word}`) }).waitFor()
  }

  /** When the screen next shows a ringing phone. Ask before the call is made. @returns {Promise<number>} */
  shownRinging() {
    return this.page.evaluate(`bench.shown('着信中')`)
  }

  /** The ear is at the loudspeaker before the click, as the operator's is. */
  async listen() {
    await within(this.page.evaluate('bench.listenToProduct()'), 'The leg of the operator')
  }

  answer() {
    return clickAndHear(this.page, this.button('通話'))
  }

  /** Out of the product, out of the browser. */
  async leave() {
    const context = this.page.context()
    const answer = await context.request.post('/api/logout', { headers: { 'X-Requested-With': 'tsunagu' } })
    await context.close()
    if (!answer.ok())
      throw new Fault(`The operator cannot log out: ${answer.status()} ${await answer.text()}`)
  }
}
