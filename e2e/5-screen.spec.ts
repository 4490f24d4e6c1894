import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from './support/test.js'

/** WCAG 2.2 AA, everything that a machine can tell. */
async function expectAccessible(page: Page): Promise<void> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual([])
}

for (const scheme of ['light', 'dark'] as const) {
  test(`no accessibility fault on any screen, ${scheme}`, async ({ open, call }) => {
    const hanako = await open('6320')
    const { page } = hanako
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto('/login')
    await expectAccessible(page)
    await hanako.arrive()
    await expectAccessible(page)
    await hanako.button('受付可').click()
    const caller = await call()
    await hanako.expectPhone('着信中')
    await expectAccessible(page)
    await hanako.answer()
    await expectAccessible(page)
    await caller.hangup()
    await hanako.expectStatus('後処理')
    await expectAccessible(page)
  })
}

test('a call is taken and ended with the keyboard alone', async ({ open, call }) => {
  const hanako = await open('6320')
  const { page } = hanako
  const press = async (name: string): Promise<void> => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
      if (focused.startsWith(name)) break
    }
    await page.keyboard.press('Enter')
  }
  await page.goto('/login')
  await page.keyboard.press('Tab')
  await page.getByRole('textbox', { name: 'ユーザーID' }).focus()
  await page.keyboard.type('6320')
  await page.keyboard.press('Tab')
  await page.keyboard.type('demo-6320')
  await page.keyboard.press('Enter')
  await hanako.expectRegistered()
  await press('受付可')
  await hanako.expectStatus('受付可')
  await call()
  await hanako.expectPhone('着信中')
  await press('通話')
  await hanako.expectPhone('通話中')
  await press('切断')
  await hanako.expectStatus('後処理')
})

test('an incoming call is announced once, and steals no focus', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  await hanako.button('研修').focus()
  await call()
  await hanako.expectPhone('着信中')
  await expect(hanako.page.getByRole('alert').filter({ hasText: '着信' })).toHaveCount(1)
  await expect(hanako.button('研修')).toBeFocused()
})

test('at 1280x720 everything is in sight; at 360 px the phone is alone and the rest a sheet', async ({
  open,
}) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  const overflow = () =>
    page.evaluate(() => {
      const { scrollHeight, clientHeight, scrollWidth, clientWidth } = document.documentElement
      return { down: scrollHeight - clientHeight, across: scrollWidth - clientWidth }
    })
  await expect.poll(overflow).toEqual({ down: 0, across: 0 })
  await expect(hanako.button('研修')).toBeInViewport()
  await page.setViewportSize({ width: 360, height: 740 })
  await expect.poll(async () => (await overflow()).across).toBe(0)
  await expect(hanako.button('受付可')).toBeInViewport()
  await expect(hanako.button('研修')).not.toBeInViewport()
})

test('English is complete: the same screen in the other language', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const { page } = hanako
  await hanako.button('表示設定').click()
  await page.getByText('English', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  const text = await page.locator('body').innerText()
  const works = [
    '見積もり対応',
    'メール対応',
    '手配エスカ',
    '受電エスカ',
    '研修',
    'その他',
    '佐藤 花子',
    '日本語',
  ]
  const left = works.reduce((all, work) => all.replaceAll(work, ''), text)
  expect(left).not.toMatch(/[ぁ-んァ-ヶ一-龠]/)
  await expectAccessible(page)
})

test('a refused microphone is told in words before the first call', async ({ open }) => {
  const hanako = await open('6320', { ownMicrophone: true })
  await hanako.context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
  })
  await hanako.arrive()
  await expect(hanako.page.getByText(/マイク/).first()).toBeVisible()
  await hanako.button('受付可').click({ force: true })
  await hanako.expectStatus('準備中')
})
