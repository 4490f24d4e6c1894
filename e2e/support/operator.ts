import { expect, type BrowserContext, type Locator, type Page } from '@playwright/test'

/** An operator in front of the screen: finds things by role and name, as a person with a screen reader would. */
export class OperatorScreen {
  /** The browser's cookies after the login: they log out even when the browser is no more. */
  cookies: Awaited<ReturnType<BrowserContext['storageState']>> | undefined

  constructor(
    readonly id: string,
    readonly context: BrowserContext,
    public page: Page,
  ) {}

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  get phone(): Locator {
    return this.page.getByRole('group', { name: '電話', exact: true })
  }

  get status(): Locator {
    return this.page.getByRole('group', { name: 'ステータス', exact: true })
  }

  get lamp(): Locator {
    return this.page.getByRole('img', { name: 'サーバ登録' })
  }

  get dialBox(): Locator {
    return this.page.getByRole('textbox', { name: 'ダイヤル番号' })
  }

  async logIn(password = `demo-${this.id}`): Promise<void> {
    await this.page.goto('/login')
    await this.page.getByRole('textbox', { name: 'ユーザーID' }).fill(this.id)
    await this.page.getByRole('textbox', { name: 'パスワード' }).fill(password)
    await this.button('ログイン').click()
  }

  /** Logged in, phone registered. */
  async arrive(): Promise<this> {
    await this.logIn()
    await this.expectRegistered()
    this.cookies = await this.context.storageState()
    return this
  }

  async ready(): Promise<this> {
    await this.arrive()
    await this.button('受付可').click()
    await this.expectStatus('受付可')
    return this
  }

  async expectRegistered(): Promise<void> {
    await expect(this.lamp).toHaveAccessibleDescription('登録済み')
  }

  async expectStatus(label: string): Promise<void> {
    await expect(this.status).toHaveText(new RegExp(`^\\s*${label}\\s*\\d\\d:\\d\\d:\\d\\d`))
  }

  async expectPhone(state: string): Promise<void> {
    await expect(this.phone).toHaveText(new RegExp(`^\\s*${state}`))
  }

  /** Types a number and presses 「通話」, or 「転送」 with a call on hold. */
  async dial(number: string, press: '通話' | '転送' = '通話'): Promise<void> {
    await this.dialBox.fill(number)
    await this.button(press).click()
  }

  /** Puts the call that is up on hold and calls the target of its transfer. */
  async consult(number: string): Promise<void> {
    await this.button('保留').click()
    await this.expectPhone('保留中')
    await this.dial(number, '転送')
  }

  /** Presses 「通話」 on a ringing call and waits until it is up. */
  async answer(): Promise<void> {
    await this.expectPhone('着信中')
    await this.button('通話').click()
    await this.expectPhone('通話中')
  }
}
