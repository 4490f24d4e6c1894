import { expect, test } from './support/test.js'
import { pidOf } from './support/pbx.js'
import { REJOIN_SECONDS } from './support/settings.js'
import { heardByPage, TONES, whyNotHeard, whyNotMusic } from './support/sound.js'

const VOICES = Object.values(TONES)

test('a reload while it rings: it rings again and can be answered', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const caller = await call({ tone: TONES.caller })
  await hanako.expectPhone('着信中')
  await hanako.page.reload()
  await hanako.answer()
  await caller.waitFor('answered')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES.caller, -2)
})

test('a reload in a call: the caller hears music, and the sound comes back by itself', async ({
  open,
  call,
}, info) => {
  const hanako = await (await open('6320')).ready()
  const recordTo = info.outputPath('heard.wav')
  await call({ tone: TONES.caller, recordTo })
  await hanako.answer()
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
  // The new page waits until the music was heard.
  await hanako.page.goto('about:blank')
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')
  await hanako.page.goto('/operator')
  await hanako.expectPhone('通話中')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES.caller, -2)
  await hanako.button('切断').click()
  await hanako.expectStatus('後処理')
})

test('a browser that crashes and stays away: the call goes to the head of its queue', async ({
  open,
  call,
}, info) => {
  test.slow()
  const hanako = await (await open('6320', { ownBrowser: true })).ready()
  const recordTo = info.outputPath('heard.wav')
  await call({ from: '0901000001', tone: TONES.caller, recordTo })
  await hanako.answer()
  const later = await call({ from: '0901000002' })
  await later.waitFor('answered')
  await hanako.context.browser()?.close()
  await expect.poll(() => whyNotMusic(recordTo, VOICES), { timeout: 20_000 }).toBe('')
  const taro = await (await open('6321')).arrive()
  await taro.button('受付可').click()
  // The second caller is served meanwhile: the first is still his operator's.
  await taro.expectPhone('着信中')
  await later.hangup()
  await taro.expectStatus('受付可')
  await expect(taro.phone).toHaveText(/^\s*着信中/, { timeout: (REJOIN_SECONDS + 10) * 1_000 })
  await taro.answer()
  await expect.poll(() => whyNotHeard(recordTo, TONES['6321'])).toBe('')
})

test('kill -9 of the control plane: nobody is cut, all are adopted, a caller who comes meanwhile gets in', async ({
  open,
  call,
}, info) => {
  test.slow()
  const hanako = await (await open('6320')).ready()
  const recordTo = info.outputPath('heard.wav')
  const talking = await call({ from: '0901000001', tone: TONES.caller, recordTo })
  await hanako.answer()
  const waiting = await call({ from: '0901000002' })
  await waiting.waitFor('answered')

  process.kill(pidOf('backend'), 'SIGKILL')
  const meanwhile = await call({ from: '0901000003' })
  await meanwhile.waitFor('ringing')

  await hanako.expectRegistered()
  await hanako.expectPhone('通話中')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES.caller, -2)
  expect([talking.ending, waiting.ending, meanwhile.ending]).toEqual([undefined, undefined, undefined])

  await hanako.button('切断').click()
  await talking.waitFor('ended')
  await hanako.expectStatus('後処理')
  for (const [from, caller] of [
    ['090-100-0002', waiting],
    ['090-100-0003', meanwhile],
  ] as const) {
    await hanako.button('受付可').click()
    await hanako.answer()
    expect((await hanako.phone.textContent())?.replace(/\D/g, '')).toContain(from.replace(/\D/g, ''))
    await caller.hangup()
    await hanako.expectStatus('後処理')
  }
})

test('a browser that never takes the leg: the next operator gets the call', async ({ open, call }) => {
  const hanako = await open('6320')
  await hanako.page.routeWebSocket(/\/sip/, (socket) => {
    const server = socket.connectToServer()
    server.onMessage((message) => String(message).startsWith('INVITE ') || socket.send(message))
  })
  await hanako.ready()
  const taro = await (await open('6321')).ready()
  const caller = await call({ tone: TONES.caller })
  await hanako.expectPhone('着信中')
  await taro.answer()
  await caller.waitFor('answered')
  await hanako.expectStatus('準備中')
})

test('Valkey is killed and comes back: the talk goes on, and ends as it should', async ({
  open,
  call,
}, info) => {
  const hanako = await (await open('6320')).ready()
  const recordTo = info.outputPath('heard.wav')
  await call({ tone: TONES.caller, recordTo })
  await hanako.answer()
  const before = pidOf('valkey')
  process.kill(before, 'SIGKILL')
  await expect.poll(() => pidOf('valkey')).not.toBe(before)
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
  await expect(async () => {
    await hanako.button('切断').click()
    await hanako.expectStatus('後処理')
  }).toPass({ timeout: 20_000 })
})
