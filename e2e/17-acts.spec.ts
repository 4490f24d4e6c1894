import { MonitorScreen } from './support/supervisor.js'
import type { OperatorScreen } from './support/operator.js'
import { expect, test, type OpenOptions } from './support/test.js'
import { heardByPage, TONES } from './support/sound.js'

// What a supervisor does to operators and calls (管理者), and the operator manual, 2-1: 強制ログアウト.

type Open = (id: string, options?: OpenOptions) => Promise<OperatorScreen>

const monitor = async (open: Open, options?: OpenOptions): Promise<MonitorScreen> =>
  new MonitorScreen(await open('sv1', options)).arrive()

const expectHears = (screen: OperatorScreen, hz: number): Promise<void> =>
  expect.poll(() => heardByPage(screen.page)).toBeCloseTo(hz, -2)

test('強制ログアウト: a login that is stuck elsewhere is freed, and the operator can log in', async ({
  open,
}) => {
  test.slow()
  const own = { ownBrowser: true }
  const elsewhere = await (await open('6320', own)).ready()
  const hanako = await open('6320', own)
  await hanako.logIn()
  await expect(hanako.page.getByText('指定したIDは既にログインされています。')).toBeVisible()

  const naoko = await monitor(open, own)
  await expect(naoko.row('6320')).toContainText('受付可')
  await naoko.act('6320', '強制ログアウト')
  await expect(naoko.page.getByText('佐藤 花子さんを強制ログアウトしますか?')).toBeVisible()
  await naoko.button('はい').click()
  await expect(naoko.row('6320')).toHaveCount(0)
  await expect(elsewhere.page).toHaveURL(/\/logged-out/)
  await expect(elsewhere.page.getByText(/管理者/)).toBeVisible()

  await hanako.button('ログイン').click()
  await hanako.expectRegistered()
  await expect(naoko.row('6320')).toContainText('準備中')
})

test('強制ログアウト after the call: the caller is not cut, and the login ends with the call', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  const naoko = await monitor(open)
  await call({ tone: TONES.caller })
  await hanako.answer()
  await naoko.act('6320', '強制ログアウト')
  await naoko.page.getByRole('radio', { name: '通話のあと' }).check({ force: true })
  await naoko.button('はい').click()
  await expectHears(hanako, TONES.caller)
  await hanako.button('切断').click()
  await expect(hanako.page).toHaveURL(/\/logged-out/)
  await expect(naoko.row('6320')).toHaveCount(0)
})

test('強制ログアウト: a call that begins while the question stands open is not cut, and who has gone is not asked about', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).arrive()
  const naoko = await monitor(open)
  const question = naoko.page.getByRole('alertdialog')
  const after = question.getByRole('radio', { name: '通話のあと' })
  await naoko.act('6320', '強制ログアウト')
  await expect(question).toBeVisible()
  await expect(after).toHaveCount(0)
  await call({ tone: TONES.caller })
  await hanako.answer()
  await expect(after).toBeChecked()
  await naoko.button('はい').click()
  await expect(naoko.row('6320')).toContainText('通話のあとログアウト')
  await expectHears(hanako, TONES.caller)

  await naoko.act('6321', '強制ログアウト')
  await expect(question).toBeVisible()
  await taro.button('ログアウト').click()
  await expect(question).toBeHidden()
  await expect(naoko.page.getByText('鈴木 太郎さんはログアウトしました').first()).toBeVisible()
  await hanako.button('切断').click()
  await expect(hanako.page).toHaveURL(/\/logged-out/)
})

test('who leaves while his menu is open, or the focus is on his row, does not hold the list', async ({
  open,
}) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).ready()
  const naoko = await monitor(open)
  const empty = naoko.operators.locator('tr.empty')
  const act = (id: string) => naoko.row(id).getByRole('button', { name: '操作', exact: true })

  // The pointer holds the list, too.
  await naoko.page.mouse.move(0, 0)
  await act('6320').focus()
  await naoko.page.keyboard.press('Enter')
  await expect(naoko.item('引き取る')).toBeVisible()
  await hanako.button('ログアウト').click()
  await expect(naoko.item('引き取る')).toHaveCount(0)
  await expect(naoko.row('6320')).toHaveCount(0)
  await expect(empty).toHaveCount(0)

  await act('6321').focus()
  await taro.button('ログアウト').click()
  await expect(naoko.row('6321')).toHaveCount(0)
  await expect(empty).toHaveCount(0)
})

test('引き取る: the supervisor speaks to the caller, the operator is in 後処理, which the supervisor ends', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  const naoko = await monitor(open)
  await call({ tone: TONES.caller })
  await hanako.answer()
  await expect(naoko.row('6320')).toContainText('通話中')
  await naoko.act('6320', '引き取る')
  await hanako.expectStatus('後処理')
  await expect(hanako.page.getByText('管理者が通話を引き取りました').first()).toBeVisible()
  await expectHears(naoko.screen, TONES.caller)
  await naoko.screen.expectPhone('通話中')
  await naoko.act('6320', '後処理終了')
  await hanako.expectStatus('受付可')
  await expect(hanako.page.getByText('管理者がステータスを変更しました').first()).toBeVisible()
  await naoko.button('切断').click()
  await expect(naoko.screen.phone).toBeHidden()
})

test('ステータス変更: at once; during a call for after it', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const naoko = await monitor(open)
  await naoko.row('6320').getByRole('button', { name: '操作', exact: true }).click()
  await naoko.page.getByRole('menuitem', { name: 'ステータス変更' }).press('ArrowRight')
  await naoko.page.getByRole('menuitem', { name: '昼休憩' }).press('Enter')
  await hanako.expectStatus('昼休憩')
  await hanako.button('受付可').click()
  await call()
  await hanako.answer()
  await naoko.row('6320').getByRole('button', { name: '操作', exact: true }).click()
  await naoko.page.getByRole('menuitem', { name: 'ステータス変更' }).press('ArrowRight')
  await naoko.page.getByRole('menuitem', { name: '準備中' }).press('Enter')
  await expect(naoko.row('6320')).toContainText('準備中')
  await hanako.button('切断').click()
  await hanako.expectStatus('準備中')
})

test('a waiting caller is sent to the front, moved to another queue, and taken', async ({ open, call }) => {
  test.slow()
  const naoko = await monitor(open)
  await call({ from: '09011111111' })
  await expect(naoko.waiting).toHaveCount(1)
  await call({ from: '09022222222', tone: TONES.caller })
  await expect(naoko.waiting).toHaveCount(2)
  await expect(naoko.waiting.first()).toContainText('090-1111-1111')

  await naoko.waiting.last().getByRole('button', { name: '先頭へ' }).click()
  await expect(naoko.page.getByText('操作中のため、並べ替えを待っています')).toBeVisible()
  await expect(naoko.waiting.first()).toContainText('090-1111-1111')
  await naoko.page.mouse.move(0, 0)
  await expect(naoko.waiting.first()).toContainText('090-2222-2222')

  await naoko.waiting.last().getByRole('button', { name: '別のキューへ' }).click()
  await naoko.page.getByRole('menuitem', { name: 'サポート' }).click()
  await expect(naoko.waiting.filter({ hasText: '090-1111-1111' })).toContainText('サポート')

  await naoko.waiting.filter({ hasText: '090-2222-2222' }).getByRole('button', { name: '引き取る' }).click()
  await expectHears(naoko.screen, TONES.caller)
  await expect(naoko.waiting).toHaveCount(1)
  await naoko.button('切断').click()
  await expect(naoko.screen.phone).toBeHidden()

  // Who takes the calls of that queue alone gets the one who was moved there.
  const misaki = await (await open('6322')).arrive()
  await misaki.button('受付可').click()
  await misaki.answer()
  await expect(misaki.phone).toContainText('090-1111-1111')
})

test('経緯: why a caller waits, while he waits', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  await hanako.button('昼休憩').click()
  await hanako.expectStatus('昼休憩')
  const naoko = await monitor(open)
  await call({ from: '09011111111' })
  const why = naoko.waiting.first().getByRole('button', { name: '経緯' })
  await why.click()
  const story = naoko.page.getByRole('dialog', { name: '通話の経緯' })
  await expect(story).toContainText('090-1111-1111')
  await expect(story).toContainText('佐藤 花子')
  await expect(story).toContainText('休憩')
  await naoko.page.keyboard.press('Escape')
  await expect(story).toBeHidden()
  await expect(why).toBeFocused()
})
