import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import type { OperatorScreen } from './support/operator.js'
import { expect, test } from './support/test.js'

// Operator manual, 2-2 "4. 電話帳画面".

const OWN = '個別電話帳'

class Book {
  constructor(readonly screen: OperatorScreen) {}

  get page(): Page {
    return this.screen.page
  }

  button(name: string): Locator {
    return this.screen.button(name)
  }

  box(name: '名前' | 'カナ' | '電話番号'): Locator {
    return this.page.getByRole('textbox', { name, exact: true })
  }

  async open(choice = OWN): Promise<this> {
    await this.button('電話帳').click()
    await this.page.getByRole('combobox', { name: '電話帳の選択' }).selectOption(choice)
    await expect(this.page.getByText('読み込んでいます…')).toBeHidden()
    return this
  }

  async search(words: string): Promise<void> {
    await this.page.getByRole('textbox', { name: '検索' }).fill(words)
    await this.button('検索').click()
  }

  async write(row: number, [name, kana, number]: [string, string, string]): Promise<void> {
    await this.box('名前').nth(row).fill(name)
    await this.box('カナ').nth(row).fill(kana)
    await this.box('電話番号').nth(row).fill(number)
  }

  /** The rows as they are read, without their buttons' words. */
  async rows(): Promise<string[][]> {
    const rows = this.page.getByRole('table').getByRole('row')
    const cells = await rows.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? '')),
    )
    return cells.filter((row) => row.length > 0)
  }

  async finish(): Promise<void> {
    await this.button('編集を終了する').click()
    await expect(this.button('編集する')).toBeVisible()
  }
}

/** Leaves the operator's book with these entries and no others, by the API. */
async function given(screen: OperatorScreen, entries: [string, string, string][]): Promise<void> {
  const request = screen.context.request
  const { version } = (await (await request.get('/api/books/personal')).json()) as { version: number }
  const answer = await request.put('/api/books/personal', {
    headers: { 'X-Requested-With': 'tsunagu' },
    data: { version, entries: entries.map(([name, kana, number]) => ({ name, kana, number })) },
  })
  expect(answer.status()).toBe(200)
}

const HANAKO: [string, string, string] = ['オフィス花子', 'オフィスハナコ', '7966']
const TARO: [string, string, string] = ['オフィス太郎(本社内線/総務部)', 'オフィスタロウ', '9220']

async function bookWith(screen: OperatorScreen, entries: [string, string, string][]): Promise<Book> {
  await screen.arrive()
  await given(screen, entries)
  return new Book(screen).open()
}

test('電話帳に登録する: add, type, finish; it is there after a reload, and for nobody else', async ({
  open,
}) => {
  const book = await bookWith(await open('6320'), [])
  await book.button('編集する').click()
  await book.button('追加する').click()
  await expect(book.box('名前')).toBeFocused()
  await book.write(0, ['オフィス花子', 'オフィスハナコ', '７９６６'])
  await book.button('追加する').click()
  await book.write(1, TARO)
  await book.button('追加する').click()
  await book.finish()
  expect(await book.rows()).toEqual([HANAKO, TARO])
  await book.page.reload()
  await book.open()
  expect(await book.rows()).toEqual([HANAKO, TARO])

  const other = await bookWith(await open('6321'), [])
  await expect(other.page.getByText('連絡先はまだありません')).toBeVisible()
  await other.open('PBX電話帳')
  await expect(other.page.getByText('オフィス花子')).toHaveCount(0)
})

test('電話帳を編集、削除する', async ({ open }) => {
  const book = await bookWith(await open('6320'), [HANAKO, TARO])
  await book.button('編集する').click()
  await book.box('カナ').first().fill('ハナコ')
  await book.button('削除').nth(1).click()
  await book.finish()
  expect(await book.rows()).toEqual([['オフィス花子', 'ハナコ', '7966']])
})

test('what cannot be saved is told at its box', async ({ open }) => {
  const book = await bookWith(await open('6320'), [])
  await book.button('追加する').click()
  await book.write(0, ['オフィス花子', '', '内線'])
  await book.button('編集を終了する').click()
  await expect(book.box('電話番号')).toHaveAccessibleDescription('半角数字と * # で入力してください')
  await expect(book.box('電話番号')).toBeFocused()
  await book.box('電話番号').fill('7966')
  await expect(book.box('電話番号')).not.toHaveAttribute('aria-invalid')
  await book.finish()
  expect(await book.rows()).toEqual([['オフィス花子', '', '7966']])
})

test('unsaved edits: a warning on leaving, and nothing lost on the way to the status', async ({ open }) => {
  const book = await bookWith(await open('6320'), [HANAKO])
  const { page } = book
  await book.button('編集する').click()
  await book.box('名前').fill('まだ')
  await book.button('ステータス').click()
  await expect(page.getByText(/保存していない変更があります。「編集を終了する」/).first()).toBeVisible()
  await book.button('ログアウト').click()
  await expect(page.getByRole('alertdialog')).toContainText('保存せずにログアウトしますか?')
  await book.button('いいえ').click()
  await book.button('電話帳').click()
  await expect(book.box('名前')).toHaveValue('まだ')
  const asked = page.waitForEvent('dialog')
  void page.reload().catch(() => undefined)
  const dialog = await asked
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()
  await expect(book.box('名前')).toHaveValue('まだ')
  await book.button('取り消す').click()
  await book.button('はい').click()
  expect(await book.rows()).toEqual([HANAKO])
})

test('two tabs: what both changed is put together, nothing is lost', async ({ open }) => {
  const book = await bookWith(await open('6320'), [HANAKO])
  await book.button('追加する').click()
  await book.write(1, ['こちら', '', '1'])
  await given(book.screen, [HANAKO, ['あちら', '', '2']])
  await book.button('編集を終了する').click()
  await expect(book.page.getByText(/別の画面で電話帳が変更されたため/).first()).toBeVisible()
  await book.finish()
  expect((await book.rows()).map(([name]) => name)).toEqual(['オフィス花子', 'あちら', 'こちら'])
})

test('並び替えと検索: every column up and down, kana however it is written', async ({ open }) => {
  const book = await bookWith(await open('6320'), [])
  await book.open('PBX電話帳')
  const column = async (i: number): Promise<string[]> => (await book.rows()).map((row) => row[i] ?? '')
  const kana = book.page.getByRole('columnheader', { name: 'カナ' })
  await book.button('カナ').click()
  await expect(kana).toHaveAttribute('aria-sort', 'ascending')
  const up = await column(1)
  expect(up).toEqual([...up].sort((a, b) => a.localeCompare(b, 'ja')))
  await book.button('カナ').click()
  await expect(kana).toHaveAttribute('aria-sort', 'descending')
  expect(await column(1)).toEqual([...up].reverse())
  await book.button('電話番号').click()
  const numbers = (await column(2)).map((number) => number.replaceAll('-', ''))
  expect(numbers).toEqual([...numbers].sort())
  for (const words of ['さとう', 'ｻﾄｳ', 'サトウハナコ', '花子', '6320', '６３２０']) {
    await book.search(words)
    expect(await column(0), words).toEqual(['佐藤 花子'])
  }
  await book.search('090-1111')
  expect(await column(0)).toEqual(['株式会社テスト'])
  await book.search('だれも')
  await expect(book.page.getByText('該当するものはありません')).toBeVisible()
})

test('the shared book is not edited here, and says why', async ({ open }) => {
  const book = await bookWith(await open('6320'), [])
  await book.open('PBX電話帳')
  await expect(book.button('編集する')).toHaveAttribute('aria-disabled', 'true')
  await expect(book.button('編集する')).toHaveAccessibleDescription(/システム管理者/)
})

test('電話帳から発信する: the question, いいえ does nothing, はい dials', async ({ open }) => {
  const hanako = await open('6320')
  const dialled: string[] = []
  hanako.page.on('websocket', (socket) =>
    socket.on('framesent', ({ payload }) => {
      const sent = String(payload)
      if (sent.includes('call:dial')) dialled.push(sent)
    }),
  )
  const book = await bookWith(hanako, [['テスト商事', '', '03-1234-5678']])
  const call = book.page.getByRole('button', { name: /03-1234-5678.*に発信/ })
  await call.click()
  await expect(book.page.getByRole('alertdialog', { name: 'テスト商事に発信しますか?' })).toBeVisible()
  await book.button('いいえ').click()
  expect(dialled).toEqual([])
  await call.click()
  await expect(book.button('はい')).toBeFocused()
  await book.page.keyboard.press('Enter')
  await expect.poll(() => dialled.length).toBe(1)
  expect(dialled[0]).toContain('"number":"0312345678"')
  await hanako.expectPhone('発信中')
  await expect(hanako.phone).toContainText('03-1234-5678')
  await hanako.button('切断').click()
  await hanako.expectPhone('待機中')
})

test('CSV out and in again, and a file of Windows with faults', async ({ open }) => {
  const book = await bookWith(await open('6320'), [HANAKO, ['=1+1', '', '09011111111']])
  const { page } = book
  const saving = page.waitForEvent('download')
  await book.button('CSV書出').click()
  const file = await (await saving).path()
  expect((await saving).suggestedFilename()).toBe('個別電話帳.csv')
  expect(readFileSync(file, 'utf8')).toBe(
    '\ufeff名前,カナ,電話番号\r\nオフィス花子,オフィスハナコ,7966\r\n"\'=1+1",,090-1111-1111\r\n',
  )
  const choose = async (content: string | { name: string; mimeType: string; buffer: Buffer }) => {
    const choosing = page.waitForEvent('filechooser')
    await book.button('CSV読込').click()
    await (await choosing).setFiles(content)
  }
  await choose(file)
  await expect(page.getByText(/0件を追加しました。.*登録済みの2件/)).toBeVisible()
  await book.button('取り消す').click()
  // 太郎,ﾀﾛｳ,9220 and 次郎 without a number, in Shift_JIS.
  const taro = [0x91, 0xbe, 0x98, 0x59, 0x2c, 0xc0, 0xdb, 0xb3, 0x2c, 0x39, 0x32, 0x32, 0x30, 0x0d, 0x0a]
  const jiro = [0x8e, 0x9f, 0x98, 0x59, 0x2c, 0x2c]
  await choose({ name: 'book.csv', mimeType: 'text/csv', buffer: Buffer.from([...taro, ...jiro]) })
  await expect(page.getByText('2行目: 電話番号がありません')).toBeVisible()
  await book.finish()
  expect((await book.rows()).at(-1)).toEqual(['太郎', 'ﾀﾛｳ', '9220'])
})

test('a name of his own book stands on his incoming call, and on nobody else’s', async ({ open, call }) => {
  const hanako = await open('6320')
  await bookWith(hanako, [['お得意様 山田', 'ヤマダ', '090-2222-3333']])
  const taro = await (await open('6321')).arrive()
  await hanako.button('受付可').click()
  await call({ from: '09022223333' })
  await expect(hanako.phone).toContainText('お得意様 山田')
  await hanako.button('切断').click()
  await hanako.expectStatus('準備中')
  await taro.button('受付可').click()
  await taro.expectPhone('着信中')
  await expect(taro.phone).not.toContainText('お得意様')
})

test('English is complete in the books and the history', async ({ open }) => {
  const book = await bookWith(await open('6320'), [['Office', '', '7966']])
  const { page } = book
  await book.button('表示設定').click()
  await page.getByText('English', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  const words = async (): Promise<string> => page.getByRole('main').innerText()
  const japanese = /[ぁ-んァ-ヶ一-龠]/
  expect(await words()).not.toMatch(japanese)
  await book.button('Edit').click()
  await book.button('Add').click()
  await page.getByRole('textbox', { name: 'Name' }).last().fill('x')
  await book.button('Finish editing').click()
  await expect(page.getByText('Enter a phone number')).toBeVisible()
  expect(await words()).not.toMatch(japanese)
  await book.button('Cancel').click()
  await expect(page.getByRole('alertdialog', { name: 'Discard the unsaved changes?' })).toBeVisible()
  await book.button('Yes').click()
  await book.button('History').click()
  await expect(
    page.getByRole('columnheader', { name: 'Kind' }).or(page.getByText('No calls yet')),
  ).toBeVisible()
  // Names are the callers' and the colleagues' own.
  const names = await page.getByRole('table').locator('.name').allInnerTexts()
  const ours = names.reduce((all, name) => all.replaceAll(name, ''), await words())
  expect(ours).not.toMatch(japanese)
})

for (const scheme of ['light', 'dark'] as const) {
  test(`no accessibility fault, ${scheme}, wide and narrow`, async ({ open }) => {
    const hanako = await open('6320')
    const { page } = hanako
    await page.emulateMedia({ colorScheme: scheme })
    const book = await bookWith(hanako, [HANAKO, TARO])
    const check = async (): Promise<void> => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
      const faults = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
      expect(faults).toEqual([])
      const across = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement
        return scrollWidth - clientWidth
      })
      expect(across).toBe(0)
    }
    await check()
    await book.button('編集する').click()
    await book.button('追加する').click()
    await book.box('名前').last().fill('x')
    await book.button('編集を終了する').click()
    await check()
    await page.setViewportSize({ width: 360, height: 740 })
    await book.button('電話帳').click()
    await check()
    await book.button('取り消す').click()
    await check()
    await book.button('はい').click()
    await expect(page.getByRole('table')).toBeVisible()
    await check()
    expect(await page.locator('.sheet-body').evaluate((body) => body.scrollWidth - body.clientWidth)).toBe(0)
  })
}
