import { pidOf } from './support/pbx.js'
import { expect, test } from './support/test.js'
import { heardByPage, TONES, whyNotHeard, whyNotMusic } from './support/sound.js'

// Operator manual, 3-5 "電話の保留", 2-2 ③ パーク保留, 3-3 アラート.

const VOICES = Object.values(TONES)

test('保留: the caller hears music and the operator nothing; pressed again they hear each other', async ({
  open,
  call,
}, info) => {
  const hanako = await (await open('6320')).ready()
  const recordTo = info.outputPath('heard.wav')
  await call({ tone: TONES.caller, recordTo })
  await hanako.answer()
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')

  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
  await hanako.expectStatus('保留中')
  await expect(hanako.button('保留')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')
  await expect.poll(() => heardByPage(hanako.page)).toBe(0)

  await hanako.button('保留').click()
  await hanako.expectPhone('通話中')
  await hanako.expectStatus('通話中')
  await expect(hanako.button('保留')).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES.caller, -2)
})

test('a reload on hold: the music goes on, and the call is still on hold', async ({ open, call }, info) => {
  const hanako = await (await open('6320')).ready()
  const recordTo = info.outputPath('heard.wav')
  await call({ recordTo })
  await hanako.answer()
  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
  await hanako.page.reload()
  await hanako.expectPhone('保留中')
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')
  await hanako.button('保留').click()
  await hanako.expectPhone('通話中')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
})

test('パーク保留: seen on every screen at once, taken by another, who is heard', async ({
  open,
  call,
}, info) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).arrive()
  const recordTo = info.outputPath('heard.wav')
  await call({ from: '09011111111', tone: TONES.caller, recordTo })
  await hanako.answer()
  await hanako.button('パーク保留 3').click()
  await hanako.expectStatus('後処理')
  for (const screen of [hanako, taro]) {
    await expect(screen.button('パーク保留 3')).toHaveAttribute('aria-pressed', 'true')
    await expect(screen.button('パーク保留 3')).toHaveAccessibleDescription(/株式会社テスト.*佐藤 花子/)
  }
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')
  await taro.button('パーク保留 3').click()
  await taro.expectPhone('通話中')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6321'])).toBe('')
  await expect.poll(() => heardByPage(taro.page)).toBeCloseTo(TONES.caller, -2)
  await expect(hanako.button('パーク保留 3')).toHaveAttribute('aria-pressed', 'false')
})

test('two operators press at once: exactly one gets the call, the other stays as he was', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).arrive()
  const both = [hanako, taro]
  await call()
  await hanako.answer()
  await hanako.button('パーク保留 1').click()
  for (const screen of both) {
    await expect(screen.button('パーク保留 1')).toHaveAttribute('aria-pressed', 'true')
  }
  // Whose press comes second may find the slot empty on his screen already: then his button does nothing any more.
  await Promise.all(both.map((screen) => screen.button('パーク保留 1').dispatchEvent('click')))
  const states = () =>
    Promise.all(both.map(async ({ phone }) => (await phone.textContent())?.trim().slice(0, 3)))
  await expect.poll(async () => (await states()).sort()).toEqual(['待機中', '通話中'])
})

test('a restart of the control plane leaves parked calls parked', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const caller = await call()
  await hanako.answer()
  await hanako.button('パーク保留 6').click()
  await hanako.expectStatus('後処理')
  const before = pidOf('backend')
  process.kill(before, 'SIGKILL')
  await expect.poll(() => pidOf('backend')).not.toBe(before)
  await hanako.expectRegistered()
  await expect(hanako.button('パーク保留 6')).toHaveAttribute('aria-pressed', 'true')
  await hanako.button('パーク保留 6').click()
  await hanako.expectPhone('通話中')
  expect(caller.ending).toBeUndefined()
})

test('アラート: on in any status, kept over a reload, withdrawn by pressing again', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.button('アラート').click()
  await expect(hanako.button('アラート')).toHaveAttribute('aria-pressed', 'true')
  await hanako.button('昼休憩').click()
  await hanako.expectStatus('昼休憩')
  await hanako.page.reload()
  await expect(hanako.button('アラート')).toHaveAttribute('aria-pressed', 'true')
  await hanako.button('アラート').click()
  await expect(hanako.button('アラート')).toHaveAttribute('aria-pressed', 'false')
})

test('アラート: on every supervisor’s screen within a second, acknowledged, and the operator sees by whom', async ({
  open,
}) => {
  const hanako = await (await open('6320')).arrive()
  const supervisor = await open('sv1')
  await supervisor.logIn()
  const alerts = supervisor.page.getByRole('list', { name: 'アラート' })
  await expect(supervisor.page.getByText('いま、アラートはありません。')).toBeVisible()
  await hanako.button('アラート').click()
  await expect(alerts.getByRole('listitem').filter({ hasText: '佐藤 花子' })).toBeVisible({ timeout: 1_000 })
  await supervisor.page.reload()
  await alerts.getByRole('button', { name: '対応する' }).click()
  await expect(hanako.page.getByText('山本 直子が対応しています')).toBeVisible()
  await hanako.button('アラート').click()
  await expect(alerts.getByRole('listitem')).toHaveCount(0)
})
