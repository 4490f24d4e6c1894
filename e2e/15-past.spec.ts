import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from './support/test.js'

// The supervisor looks back: the day, the calls behind a figure, why a call went as it did, the board as it was, alerts and acts.

const FROM = '09015001500'
const SHOWN = '090-1500-1500'

test('what happened is on the day’s page, in its file, in its story, and on the board as it was', async ({
  open,
  call,
}) => {
  test.slow()
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).ready()
  const caller = await call({ from: FROM })
  await hanako.answer()
  await hanako.button('アラート').click()
  const supervisor = await open('sv1', { viewport: { width: 1440, height: 900 } })
  await supervisor.logIn()
  const { page } = supervisor
  await supervisor.button('対応する').click()
  const during = await serverTime(page)
  await hanako.button('アラート').click()
  await caller.hangup()
  await hanako.expectStatus('後処理')
  await taro.expectStatus('受付可')

  await test.step('the tile of the board opens the calls behind it', async () => {
    await page.getByRole('link', { name: '通話を見る 応答率' }).click()
    await expect(page).toHaveURL(/\/monitor\/today\?figure=answerRate/)
    await expect(page.getByRole('heading', { name: '応答率の通話(1日)' })).toBeVisible()
    await expect(page.getByRole('row', { name: SHOWN })).toContainText('佐藤 花子')
  })

  await test.step('a number of the half hour has them, too', async () => {
    const table = page.getByRole('table', { name: '30分ごとの推移' })
    await table
      .getByRole('button', { name: /^[1-9]\d*\s*着信数の通話/ })
      .last()
      .click()
    await expect(page.getByRole('heading', { name: /^着信数の通話\(\d\d:\d\d〜\d\d:\d\d\)$/ })).toBeVisible()
    await expect(page.getByRole('row', { name: SHOWN })).toContainText('応答')
  })

  await test.step('and so has the point of the curve', async () => {
    await page.getByRole('button', { name: /^放棄呼\s*\d+$/ }).click()
    const curve = page.locator('.u-over')
    const { width = 0, height = 0 } = (await curve.boundingBox()) ?? {}
    await curve.click({ position: { x: width - 2, y: height / 2 } })
    await expect(page.getByRole('heading', { name: /^放棄呼の通話\(\d\d:\d\d〜\d\d:\d\d\)$/ })).toBeVisible()
  })

  await test.step('the file has the call', async () => {
    await page.getByRole('button', { name: /^着信数\s*\d+$/ }).click()
    await expect(page.getByRole('row', { name: SHOWN })).toBeVisible()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'CSVで保存' }).click(),
    ])
    const text = readFileSync((await file.path())!, 'utf8')
    expect(text).toMatch(/^\ufeff着信日時,/)
    expect(text).toContain(`,${FROM},`)
    expect(text).toContain('佐藤 花子 (6320)')
  })

  await test.step('its story says who was passed over', async () => {
    await page.getByRole('row', { name: SHOWN }).getByRole('button').click()
    const story = page.getByRole('dialog', { name: '通話の経緯' })
    await expect(story).toContainText('佐藤 花子を呼び出しました: 応答しました')
    await expect(story.getByText('受付可でしたが、待機時間がより短い')).toBeVisible()
    await expect(story).toContainText(/鈴木 太郎\(待機 \d+:\d\d\)/)
    await expect(story).toContainText('佐藤 花子と通話')
    await expect(story).toContainText('終了: お客様が切断')
    await page.keyboard.press('Escape')
    await expect(story).toBeHidden()
  })

  await test.step('alerts and acts have their lists', async () => {
    await page.getByRole('button', { name: 'アラート', exact: true }).click()
    await expect(
      page.getByRole('table', { name: 'アラート' }).getByRole('row', { name: '佐藤 花子' }).first(),
    ).toContainText('山本 直子')
    await page.getByRole('button', { name: '操作の記録' }).click()
    await expect(page.getByRole('table', { name: '操作の記録' })).toContainText('アラートに対応')
  })

  await test.step('the time machine shows the operator in the call', async () => {
    await page.goto(`/monitor/past?time=${String(during)}`)
    const row = page.getByRole('row', { name: '6320 佐藤 花子' })
    await expect(row).toContainText('通話中')
    await expect(row).toContainText(SHOWN)
    await expect(row).toContainText('アラート')
    await expect(row.getByRole('button')).toHaveCount(0)
    await page.getByRole('slider', { name: '1日の中の時刻' }).focus()
    await page.keyboard.press('Home')
    await expect(page.getByText(/ 00:00:00 のモニター$/)).toBeVisible()
    await expect(row).toHaveCount(0)
  })
})

test('更新 brings the figures and the calls behind the one that is open', async ({ open, call }) => {
  const supervisor = await open('sv1', { viewport: { width: 1440, height: 900 } })
  await supervisor.logIn()
  const { page } = supervisor
  await expect(page).toHaveURL(/\/monitor$/)
  await page.goto('/monitor/today?figure=offered')
  await expect(page.getByRole('heading', { name: '着信数の通話(1日)' })).toBeVisible()
  const caller = await call({ from: '09015001511' })
  await caller.hangup()
  const row = page.getByRole('row', { name: '090-1500-1511' })
  await expect(async () => {
    await supervisor.button('更新').click()
    await expect(row).toBeVisible({ timeout: 1_000 })
  }).toPass()
})

/** A PC whose clock is fast, in the page and in its worker that ticks. */
function fastClock(): void {
  const ahead = 600_000
  const now = Date.now.bind(Date)
  Date.now = () => now() + ahead
  const { set } = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage')!
  Object.defineProperty(Worker.prototype, 'onmessage', {
    set(this: Worker, hear: (event: { data: number }) => void) {
      set?.call(this, ({ data }: MessageEvent<number>) => hear({ data: data + ahead }))
    },
  })
}

test('さかのぼる on a PC whose clock is fast: the server’s clock counts, and 最新 goes on with it', async ({
  open,
}) => {
  const supervisor = await open('sv1', { viewport: { width: 1440, height: 900 } })
  const { page } = supervisor
  await page.addInitScript(fastClock)
  await supervisor.logIn()
  await expect(page).toHaveURL(/\/monitor$/)
  await page.goto('/monitor/past')
  const shown = page.getByRole('status').filter({ hasText: /のモニター$/ })
  await expect(shown).toBeVisible()
  const before = await shown.textContent()
  await expect(async () => {
    await supervisor.button('最新').click()
    expect(await shown.textContent()).not.toBe(before)
  }).toPass()
  const latest = await serverTime(page)
  await supervisor.button('1分後').click()
  await expect.poll(() => timeOf(page)).toBeGreaterThan(latest - 5_000)
  const first = timeOf(page)
  await expect(async () => {
    await supervisor.button('1分後').click()
    await expect.poll(() => timeOf(page), { timeout: 500 }).toBeGreaterThan(first)
  }).toPass()
  await expect(shown).toBeVisible()
})

/** The moment in the address. */
const timeOf = (page: Page): number => Number(new URL(page.url()).searchParams.get('time'))

/** The site's clock, as its own answers tell it. */
async function serverTime(page: Page): Promise<number> {
  const answer = await page.request.get('/api/monitor/day')
  return ((await answer.json()) as { now: number }).now
}
