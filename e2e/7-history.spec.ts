import { AxeBuilder } from '@axe-core/playwright'
import type { Locator } from '@playwright/test'
import { RING_SECONDS } from './support/settings.js'
import type { OperatorScreen } from './support/operator.js'
import { expect, test } from './support/test.js'

// Operator manual, 2-2 "3. 履歴画面".

const rowsOf = ({ page }: OperatorScreen): Locator =>
  page.getByRole('table', { name: '通話の履歴' }).locator('tbody tr')

async function openHistory(screen: OperatorScreen): Promise<void> {
  await screen.button('履歴').click()
  await expect(screen.page.getByText('読み込んでいます…')).toBeHidden()
}

/** The newest line, once it says what it should. */
async function expectLatest(screen: OperatorScreen, words: RegExp): Promise<void> {
  await expect(rowsOf(screen).first()).toHaveText(words)
}

async function reset(screen: OperatorScreen): Promise<void> {
  await screen.button('受付可').click()
  await screen.expectStatus('受付可')
}

test('着信, 不在, 拒否: each call as it ended, with number, name and the number that was called', async ({
  open,
  call,
}) => {
  test.slow()
  const hanako = await (await open('6320')).ready()
  await openHistory(hanako)

  const talked = await call()
  await hanako.answer()
  await expect(hanako.status).toContainText('00:00:03')
  await talked.hangup()
  await hanako.expectStatus('後処理')
  await expectLatest(
    hanako,
    /着信.*株式会社テスト.*090-1111-1111.*03-5060-0025.*00:00:0[2-9].*年\d\d月\d\d日/,
  )

  await reset(hanako)
  const rejected = await call({ from: '0312345678' })
  await hanako.expectPhone('着信中')
  await hanako.button('切断').click()
  await hanako.expectStatus('準備中')
  await expectLatest(hanako, /拒否.*つなぐ商事.*03-1234-5678.*キャンセル/)
  await rejected.hangup()

  await reset(hanako)
  const given = await call({ from: '08055556666', to: '0350600026' })
  await hanako.expectPhone('着信中')
  await given.hangup()
  await hanako.expectPhone('待機中')
  await expectLatest(hanako, /不在.*080-5555-6666.*03-5060-0026.*キャンセル/)

  const late = await call({ from: '08077778888' })
  await hanako.expectPhone('着信中')
  await expect(hanako.status).toHaveText(/準備中/, { timeout: (RING_SECONDS + 5) * 1_000 })
  await expectLatest(hanako, /不在.*080-7777-8888.*キャンセル/)
  await late.hangup()

  // It survives the browser, which the original did not.
  const before = await rowsOf(hanako).count()
  await hanako.page.reload()
  await openHistory(hanako)
  await expect(rowsOf(hanako)).toHaveCount(before)
})

test('絞り込み, 検索, 並び順', async ({ open, call }) => {
  const hanako = await (await open('6323')).ready()
  const caller = await call()
  await hanako.expectPhone('着信中')
  await hanako.button('切断').click()
  await hanako.expectStatus('準備中')
  await caller.hangup()
  await reset(hanako)
  const other = await call({ from: '08055556666' })
  await hanako.expectPhone('着信中')
  await other.hangup()
  await hanako.expectPhone('待機中')
  await openHistory(hanako)
  await expect(rowsOf(hanako)).toHaveCount(2)

  const kind = hanako.page.getByRole('combobox', { name: '履歴の種類' })
  for (const [label, count] of [
    ['拒否', 1],
    ['不在', 1],
    ['着信', 0],
    ['発信', 0],
    ['全て', 2],
  ] as const) {
    await kind.selectOption(label)
    await expect(rowsOf(hanako)).toHaveCount(count)
  }

  const search = async (words: string): Promise<void> => {
    await hanako.page.getByRole('textbox', { name: '検索' }).fill(words)
    await hanako.button('検索').click()
  }
  for (const words of ['てすと', 'ﾃｽﾄ', '株式会社', '090-1111', '０９０']) {
    await search(words)
    await expect(rowsOf(hanako)).toHaveCount(1)
    await expectLatest(hanako, /株式会社テスト/)
  }
  await search('だれも')
  await expect(hanako.page.getByText('該当するものはありません')).toBeVisible()
  await search('')
  await expect(rowsOf(hanako)).toHaveCount(2)

  const head = hanako.page.getByRole('columnheader', { name: '発着信時刻' })
  await expect(head).toHaveAttribute('aria-sort', 'descending')
  await expectLatest(hanako, /080-5555-6666/)
  await hanako.button('発着信時刻').click()
  await expect(head).toHaveAttribute('aria-sort', 'ascending')
  await expectLatest(hanako, /株式会社テスト/)
  await hanako.button('番号/名称').click()
  await expectLatest(hanako, /080-5555-6666/)
  await hanako.button('種類').click()
  await expectLatest(hanako, /不在/)
  await hanako.button('種類').click()
  await expectLatest(hanako, /拒否/)
})

test('a number of the history is dialled after the question', async ({ open, call }) => {
  const taro = await (await open('6322')).ready()
  const dialled: string[] = []
  taro.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      if (String(payload).includes('call:dial')) dialled.push(String(payload))
    }),
  )
  // The link that stands already is not watched: a new page has a new one.
  await taro.page.reload()
  await taro.expectRegistered()
  const caller = await call({ from: '08055556666' })
  await taro.expectPhone('着信中')
  await caller.hangup()
  await taro.expectPhone('待機中')
  await openHistory(taro)
  await taro.page
    .getByRole('button', { name: /080-5555-6666.*に発信/ })
    .first()
    .click()
  await expect(taro.page.getByRole('alertdialog', { name: '080-5555-6666に発信しますか?' })).toBeVisible()
  await taro.button('はい').click()
  await expect.poll(() => dialled.length).toBe(1)
  expect(dialled[0]).toContain('"number":"08055556666"')
  await taro.expectPhone('発信中')
  await expect(taro.phone).toContainText('080-5555-6666')
  await taro.button('切断').click()
  await taro.expectPhone('待機中')
})

test('a call that comes while a question stands there takes its place', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  await hanako.button('電話帳').click()
  await hanako.page.getByRole('button', { name: /6321.*に発信/ }).click()
  await expect(hanako.page.getByRole('alertdialog')).toBeVisible()
  await call()
  await hanako.expectPhone('着信中')
  await expect(hanako.page.getByRole('alertdialog')).toBeHidden()
  await hanako.button('通話').click()
  await hanako.expectPhone('通話中')
})

for (const scheme of ['light', 'dark'] as const) {
  test(`no accessibility fault, ${scheme}, wide and narrow`, async ({ open, call }) => {
    const hanako = await open('6320')
    const { page } = hanako
    await page.emulateMedia({ colorScheme: scheme })
    await hanako.ready()
    const caller = await call()
    await hanako.expectPhone('着信中')
    await caller.hangup()
    await hanako.expectPhone('待機中')
    await openHistory(hanako)
    await expect(rowsOf(hanako).first()).toBeVisible()
    const check = async (): Promise<void> => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
      const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
      expect(faults).toEqual([])
    }
    await check()
    await page.setViewportSize({ width: 360, height: 740 })
    await hanako.button('履歴').click()
    await expect(rowsOf(hanako).first()).toBeVisible()
    await check()
    expect(await page.locator('.sheet-body').evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0)
  })
}
