import { expect, type Locator, type Page } from '@playwright/test'
import type { OperatorScreen } from './operator.js'

/** A supervisor in front of the monitor. His own phone stands on the same page. */
export class MonitorScreen {
  constructor(readonly screen: OperatorScreen) {}

  get page(): Page {
    return this.screen.page
  }

  button(name: string): Locator {
    return this.screen.button(name)
  }

  /** Logged in, the board is here. */
  async arrive(): Promise<this> {
    await this.screen.logIn()
    await expect(this.page).toHaveURL(/\/monitor$/)
    await expect(this.operators).toBeVisible()
    this.screen.cookies = await this.screen.context.storageState()
    return this
  }

  get operators(): Locator {
    return this.page.getByRole('table', { name: 'オペレーター' })
  }

  get queues(): Locator {
    return this.page.getByRole('table', { name: 'キュー' })
  }

  get alerts(): Locator {
    return this.page.getByRole('list', { name: 'アラート', exact: true })
  }

  /** Those who wait, in the order in which they are served. */
  get waiting(): Locator {
    return this.page.getByRole('list', { name: '待ち呼' }).getByRole('listitem')
  }

  row(id: string): Locator {
    return this.operators.getByRole('row', { name: new RegExp(`^${id} `) })
  }

  queue(name: string): Locator {
    return this.queues.getByRole('row', { name, exact: true })
  }

  /** One of the six figures at the top. */
  figure(name: string): Locator {
    return this.page.getByRole('group', { name, exact: true })
  }

  item(name: string): Locator {
    return this.page.getByRole('menuitem', { name, exact: true })
  }

  /** Presses an item of an operator's menu 「操作」. */
  async act(id: string, item: string): Promise<void> {
    await this.row(id).getByRole('button', { name: '操作', exact: true }).click()
    await this.page.getByRole('menuitem', { name: item, exact: true }).click()
  }
}
