import { expect, test } from './support/test.js'
import { RING_SECONDS } from './support/settings.js'
import { heardByPage, TONES, whyNotHeard, whyNotMusic } from './support/sound.js'

// Operator manual, 3-2 "受電業務".

test('a waiting caller hears ringing, then music', async ({ call }, info) => {
  const recordTo = info.outputPath('heard.wav')
  const caller = await call({ recordTo })
  await caller.waitFor('ringing')
  await caller.waitFor('answered')
  await expect.poll(() => whyNotMusic(recordTo, Object.values(TONES)), { timeout: 15_000 }).toBe('')
  expect(caller.at.answered! - caller.at.ringing!).toBeGreaterThan(2_000)
})

test('the caller hangs up: the operator is in 後処理', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const caller = await call()
  await hanako.answer()
  await caller.hangup()
  await hanako.expectPhone('待機中')
  await hanako.expectStatus('後処理')
})

test('two operators and five callers: each is served, in order of entry', async ({ open, call }, info) => {
  test.slow()
  const froms = ['0901000001', '0901000002', '0901000003', '0901000004', '0901000005']
  const hanako = await (await open('6320')).arrive()
  const taro = await (await open('6321')).arrive()
  const callers = []
  for (const from of froms) {
    const recordTo = info.outputPath(`${from}.wav`)
    const caller = await call({ from, tone: TONES.caller, recordTo })
    await caller.waitFor('ringing')
    callers.push({ caller, recordTo, from })
  }
  const served: string[] = []
  await hanako.button('受付可').click()
  await hanako.expectPhone('着信中')
  await taro.button('受付可').click()
  for (let i = 0; i < froms.length; i++) {
    const operator = i % 2 === 0 ? hanako : taro
    await operator.answer()
    const digits = (await operator.phone.textContent())?.replace(/\D/g, '') ?? ''
    const { caller, recordTo, from } = callers[i]!
    if (digits.includes(from)) served.push(from)
    await expect.poll(() => whyNotHeard(recordTo, TONES[operator === hanako ? '6320' : '6321'])).toBe('')
    await expect.poll(() => heardByPage(operator.page)).toBeCloseTo(TONES.caller, -2)
    await caller.hangup()
    await operator.expectStatus('後処理')
    await operator.button('受付可').click()
  }
  expect(served).toEqual(froms)
})

test('not answered in the ring time: the next operator rings, the absent one is in 準備中 and told why', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).ready()
  const caller = await call()
  await hanako.expectPhone('着信中')
  await taro.expectPhone('待機中')
  await expect(taro.phone).toHaveText(/^\s*着信中/, { timeout: (RING_SECONDS + 5) * 1_000 })
  await hanako.expectStatus('準備中')
  await expect(hanako.page.getByText(/応答がなかったため/).first()).toBeVisible()
  await taro.answer()
  await caller.waitFor('answered')
})

test('a rejected call goes to the next operator', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).ready()
  await call()
  await hanako.expectPhone('着信中')
  await hanako.button('切断').click()
  await taro.expectPhone('着信中')
  await hanako.expectStatus('準備中')
})

test.describe('the caller gives up', () => {
  test('while he waits', async ({ open, call }) => {
    await (await open('6320')).arrive()
    const caller = await call()
    await caller.waitFor('answered')
    await caller.hangup()
  })

  test('while it rings: the operator is free again', async ({ open, call }) => {
    const hanako = await (await open('6320')).ready()
    const caller = await call()
    await hanako.expectPhone('着信中')
    await caller.hangup()
    await hanako.expectPhone('待機中')
    await hanako.expectStatus('受付可')
  })

  test('at the very moment of the answer: nobody is stuck', async ({ open, call }) => {
    const hanako = await (await open('6320')).ready()
    for (let i = 0; i < 3; i++) {
      const caller = await call()
      await hanako.expectPhone('着信中')
      await Promise.all([hanako.button('通話').click({ force: true }), caller.hangup()])
      await hanako.expectPhone('待機中')
      await expect(hanako.status).toHaveText(/受付可|後処理/)
      await hanako.button('受付可').click()
      await hanako.expectStatus('受付可')
    }
  })
})

test('the keys send tones to the caller', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  await call()
  await hanako.answer()
  for (const key of ['1', '*', '#']) await hanako.button(key).click()
  await expect(hanako.page.getByRole('textbox', { name: 'ダイヤル番号' })).toHaveValue('1*#')
})
