import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { OperatorScreen } from './support/operator.js'
import { expect, test } from './support/test.js'

// Operator manual, 2-2 "⑭": the notices page and the manual.

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

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true })

/** What opens beside the operator's screen, and every connection it makes. */
async function follow(screen: OperatorScreen, name: string): Promise<{ page: Page; asked: string[] }> {
  const asked: string[] = []
  screen.context.on('request', (request) => asked.push(new URL(request.url()).pathname))
  screen.context.on('page', (page) =>
    page.on('websocket', (socket) => asked.push(new URL(socket.url()).pathname)),
  )
  const opening = screen.context.waitForEvent('page')
  await link(screen.page, name).click()
  return { page: await opening, asked }
}

async function administrator(open: (id: string) => Promise<OperatorScreen>): Promise<OperatorScreen> {
  const admin = await open('admin')
  await admin.logIn()
  await expect(admin.page).toHaveURL(/\/settings$/)
  await admin.page.goto('/notices')
  return admin
}

async function publish({ page }: OperatorScreen, title: string, body: string): Promise<void> {
  await page.getByRole('textbox', { name: 'タイトル' }).fill(title)
  await page.getByRole('textbox', { name: '本文' }).fill(body)
  await page.getByRole('button', { name: '公開する' }).click()
  await expect(page.getByRole('article', { name: title })).toBeVisible()
}

test('お知らせ: marked until they are read, in a tab beside the phone, over a new login', async ({
  open,
}) => {
  const hanako = await (await open('6320')).arrive()
  await expect(link(hanako.page, 'お知らせ')).toHaveAccessibleDescription(/未読のお知らせが2件あります。/)
  const { page } = await follow(hanako, 'お知らせ')
  await expect(page).toHaveURL(/\/notices$/)
  await expect(page.getByRole('article')).toHaveCount(2)
  await expect(page.getByRole('article').first()).toContainText('マニュアルのご案内')
  await expect(page.getByText('新着', { exact: true })).toHaveCount(2)
  await expect(link(page, 'お知らせ')).toHaveAccessibleDescription('')
  // The operator's own tab hears of it at once.
  await expect(link(hanako.page, 'お知らせ')).toHaveAccessibleDescription('新しいタブで開きます。')
  await page.reload()
  await expect(page.getByRole('article')).toHaveCount(2)
  await expect(page.getByText('新着', { exact: true })).toHaveCount(0)
  await page.close()

  await hanako.button('ログアウト').click()
  await expect(hanako.page).toHaveURL(/\/login$/)
  await hanako.arrive()
  await expect(link(hanako.page, 'お知らせ')).toHaveAccessibleDescription('新しいタブで開きます。')
})

test('an administrator publishes and deletes; an operator sees the mark and what it says, and no form', async ({
  open,
}) => {
  const admin = await administrator(open)
  const { page } = admin
  await page.getByRole('button', { name: '公開する' }).click()
  await expect(page.getByText('タイトルと本文を入力してください。')).toBeVisible()
  await publish(admin, '保守のお知らせ', '一行目\n<b>二行目</b>')
  await expect(page.getByRole('textbox', { name: 'タイトル' })).toHaveValue('')

  const taro = await (await open('6321')).arrive()
  await expect(link(taro.page, 'お知らせ')).toHaveAccessibleDescription(/未読のお知らせが3件/)
  const { page: notices } = await follow(taro, 'お知らせ')
  const notice = notices.getByRole('article', { name: '保守のお知らせ' })
  await expect(notice).toContainText('管理者')
  expect(await notice.locator('.body').innerText()).toBe('一行目\n<b>二行目</b>')
  await expect(notices.getByRole('button', { name: '公開する' })).toHaveCount(0)
  await expect(notices.getByRole('button', { name: '削除' })).toHaveCount(0)

  const mine = page.getByRole('article', { name: '保守のお知らせ' })
  await mine.getByRole('button', { name: '削除' }).click()
  await page.getByRole('button', { name: 'いいえ' }).click()
  await expect(mine).toBeVisible()
  await mine.getByRole('button', { name: '削除' }).click()
  await page.getByRole('alertdialog', { name: '「保守のお知らせ」を削除しますか?' }).getByText('はい').click()
  await expect(mine).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'お知らせ', exact: true })).toBeFocused()
  await notices.reload()
  await expect(notices.getByRole('article')).toHaveCount(2)
})

test('the notices are for whoever is logged in', async ({ open }) => {
  const { page } = await open('6322')
  await page.goto('/notices')
  await expect(page).toHaveURL(/\/login$/)
})

test('during a call the manual and the notices open beside it, and the call goes on', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  await call()
  await hanako.answer()
  for (const name of ['マニュアル', 'お知らせ']) {
    const { page, asked } = await follow(hanako, name)
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible()
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
    expect(asked).toContain('/api/session')
    expect(asked.filter((path) => /^\/(socket\.io|sip|api\/phone)/.test(path))).toEqual([])
    await page.close()
  }
  await hanako.expectPhone('通話中')
  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
})

/** Everything that a chapter points at is there. */
async function expectWhole(page: Page): Promise<void> {
  const images = page.getByRole('main').getByRole('img')
  expect(await images.count()).toBeGreaterThan(10)
  await expect
    .poll(() =>
      images.evaluateAll((all) => all.filter((one) => !(one as HTMLImageElement).naturalWidth).length),
    )
    .toBe(0)
  const wrong = await images.evaluateAll(
    (all) =>
      (all as HTMLImageElement[]).filter(
        (one) => one.naturalWidth !== Number(one.getAttribute('width')) || one.alt.length < 5,
      ).length,
  )
  expect(wrong).toBe(0)
  const lost = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')]
      .map(({ hash }) => hash)
      .filter((hash) => !document.getElementById(hash.slice(1))),
  )
  expect(lost).toEqual([])
  const ids = await page.evaluate(() => [...document.querySelectorAll('[id]')].map(({ id }) => id))
  expect(new Set(ids).size).toBe(ids.length)
}

test('マニュアル: open before the login, in both languages, whole, with its pictures and links', async ({
  open,
}) => {
  const hanako = await open('6320')
  await hanako.page.goto('/login')
  const { page } = await follow(hanako, 'マニュアル')
  await expect(page.getByRole('heading', { level: 2, name: '着信' })).toBeVisible()
  await expectWhole(page)
  await page
    .getByRole('navigation', { name: '目次' })
    .getByRole('link', { name: '保留', exact: true })
    .click()
  await expect(page).toHaveURL(/#hold$/)
  await expect(page.getByRole('heading', { level: 2, name: '保留', exact: true })).toBeInViewport()
  await page.getByText('English', { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Manual' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Hold', exact: true })).toBeInViewport()
  await expectWhole(page)
  const words = await page.getByRole('main').innerText()
  expect(words).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
})

test('a link to a section leads there, though the words come later', async ({ open }) => {
  const { page } = await open('6320')
  await page.goto('/manual#hold-2')
  const section = page.getByRole('heading', { level: 3, name: '通話に戻る', exact: true })
  await expect(section).toBeInViewport()
  await expect(page.getByRole('heading', { level: 1 })).not.toBeInViewport()
})

test('printed, the manual is its chapters alone', async ({ open }) => {
  const { page } = await open('6320')
  await page.goto('/manual')
  await expect(page.getByRole('heading', { level: 2, name: '着信' })).toBeVisible()
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
  await expect(link(page, 'マニュアル')).toBeHidden()
  await expect(page.getByRole('radio')).toHaveCount(0)
  const ink = await page
    .getByRole('heading', { level: 2, name: '着信' })
    .evaluate((one) => getComputedStyle(one).color)
  expect(ink).toBe('rgb(27, 34, 48)')
})

for (const scheme of ['light', 'dark'] as const) {
  test(`no accessibility fault, ${scheme}, wide and narrow`, async ({ open }) => {
    const admin = await administrator(open)
    const { page } = admin
    await page.emulateMedia({ colorScheme: scheme })
    await page.getByRole('button', { name: '公開する' }).click()
    for (const viewport of [
      { width: 1280, height: 720 },
      { width: 360, height: 740 },
    ]) {
      await page.setViewportSize(viewport)
      await page.goto('/notices')
      await expect(page.getByRole('article').first()).toBeVisible()
      await expectAccessible(page)
      await page.goto('/manual')
      await expect(page.getByRole('heading', { level: 2, name: '着信' })).toBeVisible()
      await expectAccessible(page)
    }
  })
}

test('the bar has room for its links at every width, in the longer language', async ({ open }) => {
  const hanako = await open('6320')
  await hanako.context.addInitScript(() => localStorage.setItem('tsunagu-locale', 'en'))
  const { page } = hanako
  await page.goto('/login')
  await page.getByRole('textbox', { name: 'User ID' }).fill('6320')
  await page.getByRole('textbox', { name: 'Password' }).fill('demo-6320')
  await page.getByRole('button', { name: 'Log in' }).click()
  await expect(link(page, 'Manual')).toBeVisible()
  for (const width of [360, 480, 481, 759, 760, 900, 1119, 1120, 1280]) {
    await page.setViewportSize({ width, height: 720 })
    const who = page.getByRole('banner').getByText('6320', { exact: true })
    const right = (await who.boundingBox())!
    expect([width, right.x + right.width <= width]).toEqual([width, true])
    const across = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect([width, across]).toEqual([width, 0])
  }
})
