import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { notificationsOf, recordNotifications } from './support/notifications.js'
import { killed } from './support/pbx.js'
import { MonitorScreen } from './support/supervisor.js'
import { expect, test as base, type OpenOptions } from './support/test.js'

// The supervisor's monitor: the board, the alert story, what a menu does, and what the page says when its link is down.

const HANAKO = '6320'
const TARO = '6321'

const test = base.extend<{ supervise(id?: string, options?: OpenOptions): Promise<MonitorScreen> }>({
  supervise: async ({ open }, use) => {
    await use(async (id = 'sv1', options = {}) => {
      const screen = await open(id, { viewport: { width: 1440, height: 810 }, ...options })
      await screen.page.addInitScript(countSounds)
      return new MonitorScreen(screen).arrive()
    })
  },
})

interface Counted {
  notes: number
}

/** Counts the notes that the page plays for itself; the microphones sing in another voice. */
function countSounds(): void {
  const counted: Counted = { notes: 0 }
  Object.assign(globalThis, counted)
  const start = OscillatorNode.prototype.start as (this: OscillatorNode, when?: number) => void
  OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
    if (this.type === 'triangle') (globalThis as unknown as Counted).notes += 1
    start.call(this, when)
  }
}

const notes = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as Counted).notes)

async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
  const across = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth - clientWidth
  })
  expect(across).toBe(0)
}

test('the board is live: who is here, what they do, who waits, what is parked', async ({
  open,
  call,
  supervise,
}) => {
  const monitor = await supervise()
  await expect(monitor.page.getByText('ログインしているオペレーターはいません')).toBeVisible()
  const hanako = await (await open('6320')).ready()
  await expect(monitor.row(HANAKO)).toContainText('受付可')
  await expect(monitor.figure('受付可 ／ 通話中 ／ 後処理')).toContainText('1 ／ 0 ／ 0')

  await call({ from: '09011111111' })
  await hanako.answer()
  await expect(monitor.row(HANAKO)).toContainText('通話中')
  await expect(monitor.row(HANAKO)).toContainText('090-1111-1111')
  await expect(monitor.row(HANAKO)).toContainText('代表')

  const waiting = await call({ from: '08022223333' })
  await expect(monitor.figure('待ち呼')).toContainText('1')
  await expect(monitor.waiting).toContainText('080-2222-3333')
  await expect(monitor.queue('代表')).toContainText('目標 80%')
  await monitor.waiting.getByRole('button', { name: '別のキューへ' }).click()
  await monitor.item('サポート').click()
  await expect(monitor.waiting).toContainText('サポート')
  await waiting.hangup()
  await expect(monitor.waiting).toHaveCount(0)
  await expect(monitor.figure('放棄呼')).not.toContainText('放棄呼0')

  await hanako.button('パーク保留 3').click()
  const parked = monitor.page.getByRole('list', { name: '保留中の通話' })
  await expect(parked).toContainText('090-1111-1111')
  await expect(parked).toContainText('佐藤 花子が保留')
  await expect(monitor.row(HANAKO)).toContainText('後処理')
  await hanako.button('パーク保留 3').click()
  await hanako.expectPhone('通話中')
  await expect(parked).toHaveCount(0)
})

test('アラート: sounds once on every monitor, is announced once, acknowledged, and over a reload it is still there', async ({
  open,
  call,
  supervise,
}) => {
  test.slow()
  const own = { ownBrowser: true }
  const [naoko, makoto] = [await supervise('sv1', own), await supervise('sv2')]
  const hanako = await (await open('6320', own)).ready()
  await (await open('6321', own)).arrive()
  await call({ from: '09011111111' })
  await hanako.answer()
  await expect(naoko.row(HANAKO)).toContainText('通話中')
  await naoko.page.mouse.move(5, 5)
  await hanako.button('アラート').click()
  for (const { alerts, page, row } of [naoko, makoto].map((one) => ({
    alerts: one.alerts,
    page: one.page,
    row: one.row(HANAKO),
  }))) {
    await expect(alerts.getByRole('listitem')).toContainText('佐藤 花子(6320)', { timeout: 1_000 })
    await expect(alerts.getByRole('listitem')).toContainText('090-1111-1111')
    await expect(row).toContainText('アラート')
    await expect(page.getByRole('alert').filter({ hasText: 'アラート: 6320 佐藤 花子' })).toHaveCount(1)
    await expect(page).toHaveTitle(/アラート 1件/)
    expect(await notes(page)).toBe(3)
  }
  // The gravest stands first.
  await expect(naoko.operators.getByRole('row').nth(1)).toHaveAccessibleName('6320 佐藤 花子')

  await naoko.page.reload()
  await naoko.alerts.getByRole('button', { name: '対応する', exact: true }).click()
  await expect(hanako.page.getByText('山本 直子が対応しています')).toBeVisible()
  await expect(makoto.alerts).toContainText('山本 直子が対応しています')
  const acknowledge = makoto.alerts.getByRole('button', { name: '対応する', exact: true })
  await expect(acknowledge).toHaveAccessibleDescription('山本 直子が対応しています')
  expect(await notes(makoto.page)).toBe(3)
  await makoto.page.reload()
  await expect(makoto.alerts).toContainText('山本 直子が対応しています')
  expect(await notes(makoto.page)).toBe(0)

  await hanako.button('アラート').click()
  await expect(naoko.alerts.getByRole('listitem')).toHaveCount(0)
  await expect(naoko.page).toHaveTitle(/^モニター/)
})

test('アラート: who looks at something else is told on the desktop, until somebody is on it', async ({
  open,
}) => {
  const screen = await open('sv1')
  await recordNotifications(screen.context)
  const naoko = await new MonitorScreen(screen).arrive()
  const hanako = await (await open('6320')).arrive()
  await hanako.button('アラート').click()
  await expect.poll(() => notificationsOf(naoko.page)).toEqual(['アラート: 6320 佐藤 花子, : open'])
  await naoko.alerts.getByRole('button', { name: '対応する', exact: true }).click()
  await expect.poll(() => notificationsOf(naoko.page)).toEqual(['アラート: 6320 佐藤 花子, : closed'])
  await hanako.button('アラート').click()
  await expect(naoko.alerts.getByRole('listitem')).toHaveCount(0)
})

/** Sets limits as the dialog does; returns how to take them back. */
async function limit({ page }: MonitorScreen, waiting: number | null, lunch: number | null): Promise<void> {
  const headers = { 'X-Requested-With': 'tsunagu' }
  const now = (await (await page.request.get('/api/monitor/thresholds')).json()) as {
    version: number
    value: { all: object; statuses: object }
  }
  const { version, value } = now
  const changed = {
    ...value,
    all: { ...value.all, waiting },
    statuses: { ...value.statuses, lunch },
  }
  const data = { version, value: changed }
  const answer = await page.request.put('/api/monitor/thresholds', { headers, data })
  expect(await answer.json()).toMatchObject({ value: changed })
}

test('しきい値: a crossing colours, sounds once, is listed, and clears itself', async ({
  open,
  call,
  supervise,
}) => {
  const monitor = await supervise()
  const { page } = monitor
  await limit(monitor, 1, 2_000)
  try {
    const list = page.getByRole('list', { name: 'しきい値の超過' })
    const caller = await call({ from: '08022223333' })
    await expect(list).toContainText('代表: 待ち呼 (上限 1)')
    await expect(monitor.figure('待ち呼')).toContainText('上限 1')
    await expect(monitor.figure('待ち呼')).toContainText('超過')
    await expect(page.getByRole('status').filter({ hasText: '代表: 待ち呼 (上限 1)' })).toHaveCount(1)
    expect(await notes(page)).toBe(2)
    await page.reload()
    await expect(list).toContainText('代表: 待ち呼 (上限 1)')
    expect(await notes(page)).toBe(0)
    await caller.hangup()
    await expect(list).toHaveCount(0)
    await expect(monitor.figure('待ち呼')).not.toContainText('超過')

    const hanako = await (await open('6320')).arrive()
    await hanako.button('昼休憩').click()
    await expect(monitor.row(HANAKO)).toContainText('昼休憩 超過')
    await expect(list).toContainText('佐藤 花子: 昼休憩 超過 (上限 0:02)')
    expect(await notes(page)).toBe(2)
    await expectAccessible(page)
    await hanako.button('受付可').click()
    await expect(monitor.row(HANAKO)).not.toContainText('超過')
    await expect(list).toHaveCount(0)
  } finally {
    await limit(monitor, null, null)
  }
})

test('「操作」 by keyboard alone: what is not possible says why, a status is changed, the focus comes back', async ({
  open,
  supervise,
}) => {
  const monitor = await supervise()
  const { page } = monitor
  const hanako = await (await open('6320')).arrive()
  const button = monitor.row(HANAKO).getByRole('button', { name: '操作', exact: true })
  await button.press('Enter')
  await expect(page.getByRole('menuitem')).toHaveText([
    /^モニタリング/,
    /^ささやき/,
    /^三者通話/,
    /^引き取る/,
    /^ステータス変更/,
    /^後処理終了/,
    /^強制ログアウト/,
  ])
  await page.keyboard.press('Home')
  await expect(monitor.item('モニタリング')).toBeFocused()
  await expect(monitor.item('モニタリング')).toHaveAttribute('aria-disabled', 'true')
  await expect(monitor.item('モニタリング')).toHaveAccessibleDescription('通話中のときに使えます')
  await page.keyboard.press('Enter')
  await expect(monitor.item('モニタリング')).toBeVisible()
  await expectAccessible(page)
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowDown')
  await expect(monitor.item('ステータス変更')).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(monitor.item('準備中')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await hanako.expectStatus('受付可')
  await expect(monitor.row(HANAKO)).toContainText('受付可')
  await expect(button).toBeFocused()

  await button.press('Enter')
  await page.keyboard.press('End')
  await expect(monitor.item('強制ログアウト')).toBeFocused()
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog')
  await expect(question).toContainText('佐藤 花子さんを強制ログアウトしますか?')
  await page.keyboard.press('Escape')
  await expect(question).toBeHidden()
  await expect(button).toBeFocused()
  await button.press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await question.getByRole('button', { name: 'はい', exact: true }).press('Enter')
  await expect(hanako.page).toHaveURL(/\/logged-out$/)
  await expect(monitor.row(HANAKO)).toHaveCount(0)
})

test('rows keep their places under the pointer, and fall into order when it leaves', async ({
  open,
  supervise,
}) => {
  const monitor = await supervise()
  const { page } = monitor
  await page.mouse.move(5, 5)
  const hanako = await (await open('6320')).arrive()
  await expect(monitor.row(HANAKO)).toBeVisible()
  const taro = await (await open('6321')).arrive()
  await expect(monitor.row(TARO)).toBeVisible()
  const first = monitor.operators.getByRole('row').nth(1)
  await expect(first).toHaveAccessibleName('6320 佐藤 花子')
  await monitor.row(HANAKO).hover()
  await taro.button('アラート').click()
  await expect(monitor.row(TARO)).toContainText('アラート')
  await expect(first).toHaveAccessibleName('6320 佐藤 花子')
  await expect(page.getByText('操作中のため、並べ替えを待っています')).toBeVisible()
  await page.mouse.move(5, 5)
  await expect(first).toHaveAccessibleName('6321 鈴木 太郎')
  await taro.button('アラート').click()

  const search = page.getByRole('searchbox', { name: '氏名・内線' })
  await search.fill('６３２０')
  await expect(monitor.row(TARO)).toHaveCount(0)
  await expect(monitor.row(HANAKO)).toBeVisible()
  await search.fill('')
  await page.getByRole('combobox', { name: 'ステータスで絞り込み' }).selectOption('昼休憩')
  await expect(page.getByText('該当するオペレーターはいません')).toBeVisible()
  await hanako.button('昼休憩').click()
  await expect(monitor.row(HANAKO)).toBeVisible()
  await expect(monitor.row(TARO)).toHaveCount(0)
})

/** Where it stands on the screen. */
const placeOf = async (button: Locator): Promise<number> => (await button.boundingBox())?.y ?? Number.NaN

test('who waits keeps his place under the pointer, whoever goes, calls for help, or crosses a limit', async ({
  open,
  call,
  supervise,
}) => {
  const monitor = await supervise()
  const { page } = monitor
  const hanako = await (await open('6320')).arrive()
  const first = await call({ from: '09011111111' })
  await expect(monitor.waiting).toHaveCount(1)
  await call({ from: '08022223333' })
  await expect(monitor.waiting).toHaveCount(2)
  const take = monitor.waiting
    .filter({ hasText: '080-2222-3333' })
    .getByRole('button', { name: '引き取る', exact: true })
  await take.hover()
  const place = await placeOf(take)

  await first.hangup()
  await expect(monitor.waiting).toHaveCount(1)
  expect(await placeOf(take)).toBe(place)
  await hanako.button('アラート').click()
  await expect(monitor.alerts.getByRole('listitem')).toHaveCount(1)
  expect(await placeOf(take)).toBe(place)
  await limit(monitor, 1, null)
  try {
    await expect(page.getByRole('list', { name: 'しきい値の超過' })).toBeVisible()
    expect(await placeOf(take)).toBe(place)
    await expect(page.getByText('操作中のため、並べ替えを待っています')).toBeVisible()
    await page.mouse.move(5, 5)
    await expect(page.getByText('操作中のため、並べ替えを待っています')).toBeHidden()
    expect(await placeOf(take)).not.toBe(place)
  } finally {
    await limit(monitor, null, null)
  }
})

test('アラート: who asks for help keeps his place under the pointer, and around the focus', async ({
  open,
  supervise,
}) => {
  const [naoko, makoto] = [await supervise(), await supervise('sv2')]
  const { page, alerts } = naoko
  const [hanako, taro] = [await (await open('6320')).arrive(), await (await open('6321')).arrive()]
  await hanako.button('アラート').click()
  const mine = alerts.getByRole('listitem').filter({ hasText: '佐藤 花子' })
  const acknowledge = mine.getByRole('button', { name: '対応する', exact: true })
  await acknowledge.hover()
  const place = await placeOf(acknowledge)
  await taro.button('アラート').click()
  await expect(alerts.getByRole('listitem')).toHaveCount(2)
  expect(await placeOf(acknowledge)).toBe(place)
  await makoto.alerts
    .getByRole('listitem')
    .filter({ hasText: '佐藤 花子' })
    .getByRole('button', { name: '対応する', exact: true })
    .click()
  await expect(mine).toContainText('中村 誠が対応しています')
  expect(await placeOf(acknowledge)).toBe(place)
  await page.mouse.move(5, 5)
  await expect(alerts.getByRole('listitem').first()).toContainText('鈴木 太郎')

  // By the keys alone: the first goes, the second stays where it was.
  await acknowledge.focus()
  await page.keyboard.press('Tab')
  await expect(mine.getByRole('button', { name: 'モニタリング', exact: true })).toBeFocused()
  const second = await placeOf(acknowledge)
  await taro.button('アラート').click()
  await expect(alerts.getByRole('listitem')).toHaveCount(1)
  expect(await placeOf(acknowledge)).toBe(second)
  await page.keyboard.press('Tab')
  await expect.poll(() => placeOf(acknowledge)).toBe(place)
  await hanako.button('アラート').click()
})

test('アラート: of two pages of one browser one is heard', async ({ open, supervise }) => {
  const monitor = await supervise()
  const wall = await monitor.screen.context.newPage()
  await wall.addInitScript(countSounds)
  await wall.goto('/wallboard')
  await expect(wall.getByRole('table', { name: 'キュー' }).getByRole('row', { name: '代表' })).toBeVisible()
  const hanako = await (await open('6320')).arrive()
  await hanako.button('アラート').click()
  for (const page of [monitor.page, wall])
    await expect(page.getByRole('alert').filter({ hasText: 'アラート: 6320 佐藤 花子' })).toHaveCount(1)
  expect([await notes(monitor.page), await notes(wall)]).toEqual([3, 0])
  await hanako.button('アラート').click()
})

test('the server is killed: the page says that it is old, and the board heals by itself, with what happened meanwhile', async ({
  open,
  call,
  supervise,
}) => {
  test.slow()
  const monitor = await supervise()
  const hanako = await (await open('6320')).ready()
  await call({ from: '09011111111' })
  await hanako.answer()
  await expect(monitor.row(HANAKO)).toContainText('通話中')
  await killed('backend', async () => {
    await expect(monitor.page.getByText('サーバとの接続が切れています')).toBeVisible()
    await expect(monitor.row(HANAKO)).toContainText('通話中')
    await call({ from: '08022223333' })
  })
  await expect(monitor.page.getByText('サーバとの接続が切れています')).toBeHidden({ timeout: 30_000 })
  await expect(monitor.row(HANAKO)).toContainText('通話中')
  await expect(monitor.waiting).toContainText('080-2222-3333', { timeout: 30_000 })
  await hanako.expectRegistered()
  await hanako.button('切断').click()
  await expect(monitor.row(HANAKO)).toContainText('後処理')
})

test('a change that is lost on the way is noticed, and the board is asked for whole, once', async ({
  open,
  supervise,
}) => {
  const screen = await open('sv1')
  let losing = 0
  const asked: string[] = []
  await screen.page.routeWebSocket(/\/socket\.io/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (String(message).includes('board:resync')) asked.push(String(message))
      server.send(message)
    })
    server.onMessage((message) => {
      if (losing > 0 && String(message).includes('board:change')) losing -= 1
      else socket.send(message)
    })
  })
  const monitor = await new MonitorScreen(screen).arrive()
  const other = await supervise('sv2')
  const hanako = await (await open('6320')).arrive()
  await expect(monitor.row(HANAKO)).toContainText('準備中')
  losing = 1
  await hanako.button('受付可').click()
  await expect(other.row(HANAKO)).toContainText('受付可')
  const taro = await (await open('6321')).arrive()
  await expect(monitor.row(TARO)).toBeVisible()
  await expect(monitor.row(HANAKO)).toContainText('受付可')
  await taro.button('受付可').click()
  await expect(monitor.row(TARO)).toContainText('受付可')
  expect(asked).toHaveLength(1)
})

test('ウォールボード: the same figures full-screen, Esc leads back, the phone stays', async ({
  open,
  call,
  supervise,
}) => {
  const monitor = await supervise('sv1', { timeZone: 'America/New_York' })
  const { page } = monitor
  const hanako = await (await open('6320')).ready()
  await call({ from: '09011111111' })
  await hanako.answer()
  await page.getByRole('button', { name: 'ウォールボードを全画面で表示' }).click()
  await expect(page).toHaveURL(/\/wallboard$/)
  // The site's clock, wherever the browser is.
  const siteTime = () =>
    new Date().toLocaleTimeString('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' })
  await expect.poll(async () => (await page.locator('.wall').textContent())?.includes(siteTime())).toBe(true)
  await expect(monitor.figure('受付可 ／ 通話中 ／ 後処理')).toContainText('0 ／ 1 ／ 0')
  await expect(page.getByRole('table', { name: 'キュー' }).getByRole('row', { name: '代表' })).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)
  await expectAccessible(page)
  await page.evaluate(() => document.exitFullscreen().catch(() => undefined))
  await page.keyboard.press('Escape')
  await expect(page).toHaveURL(/\/monitor$/)
  await expect(monitor.row(HANAKO)).toContainText('通話中')
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`accessible with everything on it, ${colorScheme}, in every width`, async ({
    open,
    call,
    supervise,
  }) => {
    const monitor = await supervise()
    const { page } = monitor
    await page.emulateMedia({ colorScheme })
    const hanako = await (await open('6320')).ready()
    const taro = await (await open('6321')).arrive()
    await call({ from: '09011111111' })
    await hanako.answer()
    await hanako.button('アラート').click()
    await call({ from: '08022223333' })
    await taro.button('受付可').click()
    await taro.answer()
    await taro.button('パーク保留 2').click()
    await call({ from: '08022223334' })
    await expect(monitor.waiting).toContainText('080-2222-3334')
    await expect(monitor.page.getByRole('list', { name: '保留中の通話' })).toBeVisible()
    await monitor.alerts.getByRole('button', { name: 'モニタリング', exact: true }).click()
    await expect(page.getByRole('region', { name: 'モニタリング' })).toBeVisible()
    for (const width of [1920, 1280, 768, 360]) {
      await page.setViewportSize({ width, height: 800 })
      await expectAccessible(page)
    }
    await page.setViewportSize({ width: 1440, height: 810 })
    await page.getByRole('button', { name: '電話機', exact: true }).click()
    await expectAccessible(page)
    await taro.button('パーク保留 2').click()
    await taro.expectPhone('通話中')
  })
}
