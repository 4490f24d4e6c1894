import type { Locator, Page } from '@playwright/test'
import type { OperatorScreen } from './support/operator.js'
import { expect, test } from './support/test.js'

// Supervisor: thresholds (supervisor.md), and the rules by which the figures are computed (metrics.md).

/** Counts the first note of the sound of a crossing. */
function countCrossings(): void {
  const counted = globalThis as unknown as { crossingsHeard: number }
  counted.crossingsHeard = 0
  const start = OscillatorNode.prototype.start
  OscillatorNode.prototype.start = function (this: OscillatorNode, when?: number) {
    if (this.frequency.value === 523 && this.type === 'triangle') counted.crossingsHeard++
    start.call(this, when)
  }
}

const heard = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { crossingsHeard: number }).crossingsHeard)

const dialogOf = ({ page }: OperatorScreen): Locator => page.getByRole('dialog', { name: 'しきい値' })
const scopeOf = (dialog: Locator, section: string, name: string): Locator =>
  dialog.getByRole('region', { name: section }).getByRole('group', { name, exact: true })
const waitingBox = (dialog: Locator, scope = 'すべてのキュー'): Locator =>
  scopeOf(dialog, 'しきい値', scope).getByRole('textbox', { name: '待ち呼 (件)' })
const tile = ({ page }: OperatorScreen, name: string | RegExp): Locator => page.getByRole('group', { name })
const listed = ({ page }: OperatorScreen): Locator =>
  page.getByRole('list', { name: 'しきい値の超過' }).getByRole('listitem')

async function openDialog(supervisor: OperatorScreen): Promise<Locator> {
  await supervisor.button('しきい値').click()
  const dialog = dialogOf(supervisor)
  await expect(waitingBox(dialog)).toBeVisible()
  return dialog
}

async function save(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: '保存する' }).click()
  await expect(dialog).toBeHidden()
}

test('as many wait as the limit allows: coloured, listed, one sound, and it clears itself', async ({
  open,
  call,
}) => {
  const supervisor = await open('sv1')
  await supervisor.context.addInitScript(countCrossings)
  await supervisor.logIn()
  const dialog = await openDialog(supervisor)
  await waitingBox(dialog).fill('1')
  await save(dialog)
  const callers = [await call({ from: '0901000001' }), await call({ from: '0901000002' })]
  const waiting = tile(supervisor, '待ち呼')
  await expect(waiting).toContainText('2')
  await expect(waiting).toContainText('超過')
  await expect(waiting).toContainText('上限 1')
  await expect(listed(supervisor).filter({ hasText: '代表: 待ち呼 (上限 1)' })).toHaveCount(1)
  expect(await heard(supervisor.page)).toBe(1)
  for (const caller of callers) await caller.hangup()
  await expect(listed(supervisor)).toHaveCount(0)
  await expect(waiting).not.toContainText('超過')
  expect(await heard(supervisor.page)).toBe(1)
  const again = await openDialog(supervisor)
  await expect(again).toContainText('最後の変更: 山本 直子')
  await waitingBox(again).fill('3')
  await save(again)
})

test('an operator is on hold for too long, and the limit goes with the box that is emptied', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  const supervisor = await open('sv1')
  await supervisor.logIn()
  const dialog = await openDialog(supervisor)
  const held = scopeOf(dialog, 'しきい値', 'オペレーターのステータス').getByRole('textbox', {
    name: /保留中/,
  })
  await expect(held).toHaveValue('60')
  await held.fill('2')
  await save(dialog)
  await call()
  await hanako.answer()
  await hanako.button('保留').click()
  await expect(listed(supervisor).filter({ hasText: '佐藤 花子: 保留中 超過 (上限 0:02)' })).toHaveCount(1)
  const again = await openDialog(supervisor)
  await held.fill('')
  await save(again)
  await expect(listed(supervisor)).toHaveCount(0)
  await openDialog(supervisor)
  await expect(held).toHaveValue('')
  await held.fill('60')
  await save(again)
})

test('what cannot be is said at its box, and who saves second is told', async ({ open }) => {
  const [naoko, makoto] = [await open('sv1'), await open('sv2')]
  for (const supervisor of [naoko, makoto]) await supervisor.logIn()
  const [first, second] = [await openDialog(naoko), await openDialog(makoto)]
  const lunch = (dialog: Locator): Locator => dialog.getByRole('textbox', { name: '昼休憩 (分)' })
  await lunch(first).fill('１時間')
  await first.getByRole('button', { name: '保存する' }).click()
  await expect(lunch(first)).toBeFocused()
  await expect(lunch(first)).toHaveAccessibleDescription(/0.1から1440/)
  await lunch(first).fill('４５')
  await save(first)
  await lunch(second).fill('50')
  await second.getByRole('button', { name: '保存する' }).click()
  await expect(second.getByRole('alert')).toContainText('ほかの人が先に保存しました')
  await second.getByRole('button', { name: '最新の内容を表示' }).click()
  await expect(lunch(second)).toHaveValue('45')
  await lunch(second).fill('60')
  await save(second)
})

test('half of it is refused: it says which half holds, and what was typed stays', async ({ open }) => {
  const [naoko, makoto] = [await open('sv1'), await open('sv2')]
  for (const supervisor of [naoko, makoto]) await supervisor.logIn()
  const [first, second] = [await openDialog(naoko), await openDialog(makoto)]
  const within = (dialog: Locator): Locator =>
    scopeOf(dialog, '指標の設定', 'すべてのキュー').getByRole('textbox', { name: '目標時間 (秒)' })
  await within(second).fill('25')
  await save(second)
  await waitingBox(first).fill('7')
  await within(first).fill('30')
  await first.getByRole('button', { name: '保存する' }).click()
  await expect(first.getByRole('alert')).toContainText(
    'しきい値は保存しました。指標の設定は保存していません。',
  )
  await expect(first.getByRole('alert')).toContainText('ほかの人が先に保存しました')
  await expect(waitingBox(first)).toHaveValue('7')
  await expect(within(first)).toHaveValue('30')
  const third = await openDialog(makoto)
  await expect(waitingBox(third)).toHaveValue('7')
  await expect(within(third)).toHaveValue('25')
  await waitingBox(third).fill('3')
  await within(third).fill('20')
  await save(third)
})

test('the formula of the service level is chosen, and the tile names it', async ({ open }) => {
  const supervisor = await open('sv1')
  await supervisor.logIn()
  const level = tile(supervisor, /^サービスレベル/)
  await expect(level).toHaveAccessibleDescription('時間内の応答 ÷ (応答 + 時間を過ぎた放棄)')
  const dialog = await openDialog(supervisor)
  const all = scopeOf(dialog, '指標の設定', 'すべてのキュー')
  const formula = all.getByRole('combobox', { name: 'サービスレベルの計算式' })
  await formula.selectOption('時間内の応答 ÷ 応答')
  await all.getByRole('textbox', { name: '目標時間 (秒)' }).fill('30')
  await save(dialog)
  await expect(tile(supervisor, 'サービスレベル 30秒')).toHaveAccessibleDescription('時間内の応答 ÷ 応答')
  const again = await openDialog(supervisor)
  await formula.selectOption('時間内の応答 ÷ (応答 + 時間を過ぎた放棄)')
  await all.getByRole('textbox', { name: '目標時間 (秒)' }).fill('20')
  await save(again)
})
