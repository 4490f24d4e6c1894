import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { OperatorScreen } from './support/operator.js'
import { expect, test } from './support/test.js'

const KEYS = {
  call: 'Control+Shift+Digit1',
  hold: 'Control+Shift+Digit2',
  ready: 'Control+Shift+Digit4',
  alert: 'Control+Shift+Digit5',
  hangUp: 'Control+Shift+Digit6',
}

/** Writes down, from the first paint on, everything that the live regions say. */
async function listen(screen: OperatorScreen): Promise<() => Promise<string[]>> {
  await screen.page.evaluate(() => {
    const heard: string[] = []
    Object.assign(globalThis, { heard })
    for (const region of document.querySelectorAll('.page [aria-live]')) {
      const note = (records: MutationRecord[]) => {
        for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
          const lines = node instanceof HTMLElement ? [...node.querySelectorAll('p')] : [node]
          heard.push(...lines.map(({ textContent }) => textContent ?? '').filter(Boolean))
        }
      }
      new MutationObserver(note).observe(region, { childList: true, subtree: true, characterData: true })
    }
  })
  return () => screen.page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
}

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const focused = document.activeElement
    return focused?.getAttribute('aria-label') ?? focused?.textContent?.trim() ?? ''
  })

/** Presses Tab until the focus is on the button of this name. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 80 && (await focusedName(page)) !== name; i++) await page.keyboard.press('Tab')
  expect(await focusedName(page)).toBe(name)
}

async function openSheet(page: Page): Promise<void> {
  await tabTo(page, 'ショートカット')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'ショートカット' })).toBeVisible()
}

test('a whole call with shortcuts alone, each step told once and no clock ever', async ({ open, call }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  const heard = await listen(hanako)
  await page.keyboard.press(KEYS.ready)
  await hanako.expectStatus('受付可')
  await call({ from: '09011111111' })
  await hanako.expectPhone('着信中')
  await page.keyboard.press(KEYS.call)
  await hanako.expectPhone('通話中')
  await page.keyboard.press(KEYS.hold)
  await hanako.expectPhone('保留中')
  await page.keyboard.press(KEYS.hold)
  await hanako.expectPhone('通話中')
  await page.keyboard.press(KEYS.alert)
  await expect(hanako.button('アラート')).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press(KEYS.alert)
  await expect(hanako.button('アラート')).toHaveAttribute('aria-pressed', 'false')
  await page.keyboard.press(KEYS.hangUp)
  await hanako.expectStatus('後処理')
  await expect
    .poll(heard)
    .toEqual([
      'ステータス: 受付可',
      expect.stringMatching(/^着信 090-1111-1111 .*代表$/),
      '通話を開始しました',
      '保留しました',
      '保留を解除しました',
      '管理者に通知しています',
      'アラートを取り消しました',
      '通話が終了しました',
      'ステータス: 後処理',
    ])
})

test('a parked call is told as parked, an alert by whom it was seen', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const supervisor = await open('sv1')
  await supervisor.logIn()
  await call()
  await hanako.answer()
  const heard = await listen(hanako)
  await hanako.button('パーク保留 3').press('Enter')
  await expect.poll(heard).toEqual(['パーク保留 3 に保留しました', 'ステータス: 後処理'])
  await hanako.page.keyboard.press(KEYS.alert)
  await supervisor.button('対応する').press('Enter')
  await expect.poll(heard).toContain('山本 直子が対応しています')
  // The button that was pressed has nothing more to do: it keeps the focus and says why.
  await expect(supervisor.button('対応する')).toBeFocused()
  await expect(supervisor.button('対応する')).toHaveAccessibleDescription('山本 直子が対応しています')
  await hanako.page.keyboard.press(KEYS.alert)
})

test('what a shortcut cannot do now it says, as the button would', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  const notices = page.getByRole('region', { name: 'メッセージ' })
  await page.keyboard.press(KEYS.call)
  await expect(notices).toContainText('通話: 番号を入力するか、着信があると押せます')
  await page.keyboard.press(KEYS.hangUp)
  await expect(notices).toContainText('切断: 通話がありません。')
  await expect(page.getByRole('alert').filter({ hasText: '切断: 通話がありません。' })).toHaveCount(1)
  await expect(hanako.button('受付可')).toHaveAttribute('aria-keyshortcuts', 'Control+Shift+4')
})

test('what an input method is composing triggers nothing, in a text box and out of it', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  await hanako.button('電話帳').click()
  const box = page.getByRole('textbox', { name: '検索' })
  await box.focus()
  const devtools = await hanako.context.newCDPSession(page)
  await devtools.send('Input.imeSetComposition', { text: 'さとう', selectionStart: 3, selectionEnd: 3 })
  await page.keyboard.press(KEYS.alert)
  await page.keyboard.press(KEYS.ready)
  await devtools.send('Input.insertText', { text: '佐藤' })
  await expect(box).toHaveValue('佐藤')
  // The next press counts, and by its effect it is known that those before had none.
  await page.keyboard.press(KEYS.ready)
  await hanako.expectStatus('受付可')
  await expect(hanako.button('アラート')).toHaveAttribute('aria-pressed', 'false')
})

test('a key held down presses once', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  const pressed = page.locator('button.alert[aria-pressed="true"]')
  await page.keyboard.down('Control')
  await page.keyboard.down('Shift')
  // Playwright sends what a keyboard sends: a second `down` without an `up` is a repeat.
  await page.keyboard.down('Digit5')
  await expect(pressed).toHaveCount(1)
  await page.keyboard.down('Digit5')
  await page.keyboard.up('Digit5')
  await page.keyboard.press('Digit4')
  await hanako.expectStatus('受付可')
  await expect(pressed).toHaveCount(1)
  await page.keyboard.press('Digit5')
  await expect(pressed).toHaveCount(0)
})

test('other keys are chosen by pressing them, and hold after a reload', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const { page } = hanako
  await openSheet(page)
  const sheet = page.getByRole('dialog', { name: 'ショートカット' })
  const row = sheet.getByRole('listitem').filter({ hasText: '保留' })
  await tabTo(page, '「保留」のキーを変更')
  await page.keyboard.press('Enter')
  await expect(row).toContainText('キーを押してください')
  await page.keyboard.press('h')
  await expect(sheet).toContainText('Ctrl+Shift または Ctrl+Alt')
  await page.keyboard.press('F5')
  await expect(sheet).toContainText('ブラウザや日本語入力が使います')
  await page.keyboard.press('Control+Shift+Digit6')
  await expect(sheet).toContainText('「切断」に使われています')
  await page.keyboard.press('Escape')
  await expect(row).toContainText('Ctrl+Shift+2')
  await page.keyboard.press('Enter')
  await page.keyboard.press('F8')
  await expect(row).toContainText('F8')
  await expect(sheet.getByText('「保留」のキーを変更しました')).toBeVisible()
  await tabTo(page, '「アラート」のキーをなしにする')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(hanako.button('ショートカット')).toBeFocused()

  await page.reload()
  await hanako.expectRegistered()
  await expect(hanako.button('保留')).toHaveAttribute('aria-keyshortcuts', 'F8')
  await expect(hanako.button('アラート')).not.toHaveAttribute('aria-keyshortcuts', /./)
  await call()
  await hanako.expectPhone('着信中')
  await page.keyboard.press(KEYS.call)
  await hanako.expectPhone('通話中')
  await page.keyboard.press(KEYS.alert)
  await page.keyboard.press(KEYS.hold)
  await page.keyboard.press('F8')
  await hanako.expectPhone('保留中')
  await expect(hanako.button('アラート')).toHaveAttribute('aria-pressed', 'false')
  await openSheet(page)
  await tabTo(page, '初期設定に戻す')
  await page.keyboard.press('Enter')
  await expect(row).toContainText('Ctrl+Shift+2')
})

test('while a dialog is open only the call is in reach, and calls are still told', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const { page } = hanako
  await page.setViewportSize({ width: 360, height: 740 })
  await tabTo(page, '電話帳')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: '電話帳' })
  await expect(sheet).toBeVisible()
  await call()
  await expect(page.getByRole('alert').filter({ hasText: '着信' })).toHaveCount(1)
  await page.keyboard.press(KEYS.call)
  await expect(page.getByRole('status').filter({ hasText: '通話を開始しました' })).toHaveCount(1)
  await page.keyboard.press(KEYS.hold)
  await page.keyboard.press(KEYS.hangUp)
  await expect(page.getByRole('status').filter({ hasText: '後処理' })).toHaveCount(1)
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  await expect(hanako.button('電話帳')).toBeFocused()
})

test('a call that comes closes the sheet of the shortcuts', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  await openSheet(hanako.page)
  await call()
  await expect(hanako.page.getByRole('dialog')).toHaveCount(0)
  await hanako.answer()
})

test('the focus is never left nowhere', async ({ open, call }) => {
  const hanako = await open('6320')
  const { page } = hanako
  await hanako.arrive()
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await page.keyboard.press(KEYS.ready)
  await hanako.expectStatus('受付可')

  await call()
  await hanako.expectPhone('着信中')
  await page.keyboard.press(KEYS.call)
  await hanako.expectPhone('通話中')
  await tabTo(page, '切断')
  await page.keyboard.press('Enter')
  await hanako.expectStatus('後処理')
  await expect(hanako.button('保留')).toBeFocused()

  await page.keyboard.press(KEYS.call)
  await tabTo(page, '閉じる')
  const notice = page.getByRole('region', { name: 'メッセージ' }).getByRole('button')
  await expect(notice).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(notice).toHaveCount(0)
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON')
})

test('a question gives the focus back to the button that asked it', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  await hanako.button('電話帳').press('Enter')
  await page.getByRole('combobox', { name: '電話帳の選択' }).selectOption({ label: '個別電話帳' })
  await tabTo(page, '追加する')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: '名前' })).toBeFocused()
  await page.keyboard.type('山田')
  await tabTo(page, 'ステータス')
  await page.keyboard.press('Enter')
  await tabTo(page, 'ログアウト')
  await page.keyboard.press('Enter')
  await expect(hanako.button('いいえ')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(hanako.button('いいえ')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(hanako.button('ログアウト')).toBeFocused()
})

/** What on the page can be used, and what of it the Tab key and the arrows reach. */
async function reach(page: Page): Promise<{ usable: string[]; reached: string[] }> {
  const usable = await page.evaluate(() => {
    const all = document.querySelectorAll<HTMLElement>('button, a[href], input, select, [tabindex="0"]')
    const seen = [...all].filter(
      (one) => one.checkVisibility() && one.closest('[aria-hidden="true"]') === null,
    )
    seen.forEach((one, i) => (one.dataset['mark'] = String(i)))
    return seen.map((one) => one.dataset['mark'] ?? '')
  })
  const reached = new Set<string>()
  const note = async (): Promise<boolean> => {
    const mark = await page.evaluate(() => (document.activeElement as HTMLElement).dataset['mark'] ?? '')
    const fresh = mark !== '' && !reached.has(mark)
    if (mark !== '') reached.add(mark)
    return fresh
  }
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  for (let i = 0; i < usable.length + 5; i++) {
    await page.keyboard.press('Tab')
    await note()
    const inToolbar = await page.evaluate(() => document.activeElement?.closest('[role="toolbar"]') !== null)
    if (!inToolbar) continue
    await page.keyboard.press('Home')
    do await page.keyboard.press('ArrowRight')
    while (await note())
    await page.keyboard.press('Home')
    await note()
  }
  return { usable, reached: [...reached].sort((a, b) => Number(a) - Number(b)) }
}

test('everything is reached without a mouse, on every panel', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const { page } = hanako
  await call()
  await hanako.answer()
  await page.keyboard.press(KEYS.call)
  for (const panel of ['ステータス', '電話帳', '履歴', '電話帳']) {
    await hanako.button(panel).press('Enter')
    // Panels come when they are asked for, and their tables when they are read.
    if (panel === '履歴') await expect(page.getByRole('columnheader').first()).toBeVisible()
    if (panel === '電話帳') await expect(page.getByRole('combobox')).toBeVisible()
    if (panel === '電話帳') await page.getByRole('combobox').selectOption({ label: '個別電話帳' })
    if (panel === '電話帳') await hanako.button('追加する').press('Enter')
    const { usable, reached } = await reach(page)
    expect(usable.length).toBeGreaterThan(25)
    expect(reached, panel).toEqual(usable)
  }
})

test('the pad and the park row are one stop each, with arrows inside', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  await tabTo(page, 'パーク保留 1')
  await page.keyboard.press('ArrowRight')
  await expect(hanako.button('パーク保留 2')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('textbox', { name: 'ダイヤル番号' })).toBeFocused()
  await page.keyboard.press('Shift+Tab')
  await expect(hanako.button('パーク保留 2')).toBeFocused()
  await hanako.button('1').focus()
  await page.keyboard.press('ArrowDown')
  await expect(hanako.button('4')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('5')
  await expect(page.getByRole('textbox', { name: 'ダイヤル番号' })).toHaveValue('45')
  await page.keyboard.press('Tab')
  await expect(hanako.button('受付可')).toBeFocused()
})

test('the logged-out page is read out first, and one Tab leads back in', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  const other = await hanako.context.newPage()
  await other.goto('/operator')
  await other.getByRole('button', { name: 'ログアウト', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'ログアウトされました。' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'ユーザーID' })).toBeFocused()
})

for (const scheme of ['light', 'dark'] as const) {
  test(`the sheet of the shortcuts has no accessibility fault, ${scheme}`, async ({ open }) => {
    const { page } = await (await open('6320')).arrive()
    await page.emulateMedia({ colorScheme: scheme })
    await openSheet(page)
    await tabTo(page, '「保留」のキーを変更')
    await page.keyboard.press('Enter')
    await page.keyboard.press('F5')
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 720 })
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
      ).toEqual([])
    }
  })
}
