import { expect, test } from './support/test.js'
import { heardByPage, TONES, whyNotHeard } from './support/sound.js'

test('a call from outside reaches an operator’s browser, and both hear each other', async ({
  open,
  call,
}, info) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.expectStatus('準備中')
  await hanako.button('受付可').click()
  await hanako.expectStatus('受付可')

  const recordTo = info.outputPath('heard-by-caller.wav')
  const caller = await call({ from: '09011111111', tone: TONES.caller, recordTo })
  await caller.waitFor('ringing')
  await hanako.expectPhone('着信中')
  await hanako.expectStatus('着信中')
  await expect(hanako.phone).toContainText('090-1111-1111')
  await expect(hanako.phone).toContainText('株式会社テスト')
  await expect(hanako.phone).toContainText('代表')

  await hanako.answer()
  await hanako.expectStatus('通話中')
  await caller.waitFor('answered')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES.caller, -2)
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')

  await hanako.button('切断').click()
  await hanako.expectStatus('後処理')
  await hanako.expectPhone('待機中')
  await caller.waitFor('ended')
  expect(caller.ending?.by).toBe('callee')
  await hanako.button('受付可').click()
  await hanako.expectStatus('受付可')
})
