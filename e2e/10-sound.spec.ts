import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import Database from 'libsql'
import { notificationsOf, recordNotifications } from './support/notifications.js'
import type { OperatorScreen } from './support/operator.js'
import { DEVICES, MICROPHONES, plugIn, pull, renameDevices, seat, sounding } from './support/seat.js'
import { stackFacts } from './support/settings.js'
import { heardByPage, TONES, whyNotHeard, whyNotSilent } from './support/sound.js'
import { expect, test } from './support/test.js'

const SYSTEM = MICROPHONES['']!
const INPUT = MICROPHONES[DEVICES.input]!

/** Sits down at a seat with devices that can be chosen and pulled out. */
async function sitDown(screen: OperatorScreen): Promise<OperatorScreen> {
  await screen.context.addInitScript(seat, MICROPHONES)
  return screen
}

const choice = (page: Page, role: string): Locator => page.getByRole('combobox', { name: role, exact: true })

async function openSettings(screen: OperatorScreen): Promise<void> {
  await screen.button('音声設定').click()
  await expect(choice(screen.page, 'マイク')).toBeVisible()
}

async function chooseAll(screen: OperatorScreen): Promise<void> {
  await openSettings(screen)
  await choice(screen.page, 'マイク').selectOption({ label: DEVICES.input })
  await choice(screen.page, 'スピーカー').selectOption({ label: DEVICES.output })
  await choice(screen.page, '着信音の出力先').selectOption({ label: DEVICES.otherOutput })
  await screen.page.keyboard.press('Escape')
}

async function expectChosen(page: Page): Promise<void> {
  await expect(choice(page, 'マイク').locator('option:checked')).toHaveText(DEVICES.input)
  await expect(choice(page, 'スピーカー').locator('option:checked')).toHaveText(DEVICES.output)
  await expect(choice(page, '着信音の出力先').locator('option:checked')).toHaveText(DEVICES.otherOutput)
}

/** The label of the loudspeaker that the other party is heard on; '' is the system's. */
const voiceAt = (page: Page) =>
  page.evaluate(async () => {
    const audio = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]')
    const all = await navigator.mediaDevices.enumerateDevices()
    return all.find(({ deviceId }) => deviceId === audio?.sinkId)?.label ?? ''
  })

const icon = (page: Page) => page.locator('link[rel="icon"]').getAttribute('href')

test('microphone, speaker and ringer are chosen apart, tried, and kept by this browser, also under new names', async ({
  open,
}) => {
  const hanako = await (await sitDown(await open('6320', { ownMicrophone: true }))).arrive()
  const { page } = hanako
  await chooseAll(hanako)
  await openSettings(hanako)
  await expectChosen(page)

  await page.getByRole('button', { name: 'スピーカーのテスト音' }).click()
  await expect.poll(() => sounding(page)).toEqual([DEVICES.output])
  await expect.poll(() => sounding(page)).toEqual([])
  await page.getByRole('button', { name: '着信音の出力先のテスト音' }).click()
  await expect.poll(() => sounding(page)).toEqual([DEVICES.otherOutput])

  const { violations } = await new AxeBuilder({ page }).include('.audio-settings').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])

  await renameDevices(page)
  await page.reload()
  await hanako.expectRegistered()
  await openSettings(hanako)
  await expectChosen(page)
})

test('the level meter follows the microphone that is chosen', async ({ open }) => {
  const hanako = await (await sitDown(await open('6320', { ownMicrophone: true }))).arrive()
  const { page } = hanako
  const meter = page.getByRole('meter', { name: 'マイクの入力レベル' })
  const level = async () => Number(await meter.getAttribute('aria-valuenow'))
  await openSettings(hanako)
  await expect.poll(level).toBeGreaterThan(50)
  await choice(page, 'マイク').selectOption({ label: DEVICES.otherInput })
  await expect.poll(level).toBe(0)
  await choice(page, 'マイク').selectOption({ label: DEVICES.input })
  await expect.poll(level).toBeGreaterThan(50)
})

test('it rings at the ringer and nowhere else, and the caller is heard on the speaker', async ({
  open,
  call,
}) => {
  const hanako = await (await sitDown(await open('6320', { ownMicrophone: true }))).ready()
  const { page } = hanako
  await chooseAll(hanako)
  await call({ tone: TONES.caller })
  await hanako.expectPhone('着信中')
  await expect.poll(() => sounding(page)).toEqual([DEVICES.otherOutput])
  await hanako.answer()
  await expect.poll(() => voiceAt(page)).toBe(DEVICES.output)
  await expect.poll(() => heardByPage(page)).toBeCloseTo(TONES.caller, -2)
  await expect.poll(() => sounding(page)).toEqual([])
})

test('another microphone in a call is heard at once, without a word between page and Asterisk', async ({
  open,
  call,
}, info) => {
  const hanako = await sitDown(await open('6320', { ownMicrophone: true }))
  const { page } = hanako
  const said: string[] = []
  page.on('websocket', (socket) => {
    const note = ({ payload }: { payload: string | Buffer }): void =>
      void said.push(String(payload).split(' ', 1)[0] ?? '')
    if (socket.url().endsWith('/sip')) socket.on('framesent', note).on('framereceived', note)
  })
  await hanako.ready()
  const recordTo = info.outputPath('heard.wav')
  await call({ recordTo })
  await hanako.answer()
  await expect.poll(() => whyNotHeard(recordTo, SYSTEM)).toBe('')
  said.length = 0
  await openSettings(hanako)
  await choice(page, 'マイク').selectOption({ label: DEVICES.input })
  await expect.poll(() => whyNotHeard(recordTo, INPUT)).toBe('')
  await expect.poll(() => whyNotSilent(recordTo, SYSTEM)).toBe('')
  expect(said.filter((word) => ['INVITE', 'UPDATE', 'BYE'].includes(word))).toEqual([])
})

test('a headset pulled out in a call: the default takes over with a word, and the headset when it is back', async ({
  open,
  call,
}, info) => {
  const hanako = await (await sitDown(await open('6320', { ownMicrophone: true }))).ready()
  const { page } = hanako
  await chooseAll(hanako)
  const recordTo = info.outputPath('heard.wav')
  await call({ recordTo })
  await hanako.answer()
  await expect.poll(() => whyNotHeard(recordTo, INPUT)).toBe('')

  await pull(page, DEVICES.input, DEVICES.output)
  const notices = page.getByRole('region', { name: 'メッセージ' })
  await expect(notices).toContainText(
    '選んだ機器が外れたため、既定の機器に切り替えました(マイク、スピーカー)。',
  )
  await expect(page.getByRole('alert').filter({ hasText: '選んだ機器が外れた' })).toHaveCount(1)
  await expect.poll(() => whyNotHeard(recordTo, SYSTEM)).toBe('')
  expect(await voiceAt(page)).toBe('')
  await openSettings(hanako)
  await expect(choice(page, 'マイク').locator('option:checked')).toHaveText(
    `${DEVICES.input}(接続されていません)`,
  )

  await plugIn(page, DEVICES.input, DEVICES.output)
  await expect(notices).toContainText('選んだ機器に戻しました(マイク、スピーカー)。')
  await expect.poll(() => whyNotHeard(recordTo, INPUT)).toBe('')
  expect(await voiceAt(page)).toBe(DEVICES.output)
  await expectChosen(page)
})

test('the system’s own microphone pulled out in a call: another takes over, with a word', async ({
  open,
  call,
}, info) => {
  const hanako = await (await sitDown(await open('6320', { ownMicrophone: true }))).ready()
  const recordTo = info.outputPath('heard.wav')
  await call({ recordTo })
  await hanako.answer()
  await expect.poll(() => whyNotHeard(recordTo, SYSTEM)).toBe('')
  await pull(hanako.page, '')
  await expect(hanako.page.getByRole('region', { name: 'メッセージ' })).toContainText(
    'マイクが外れたため、別のマイクに切り替えました。',
  )
  await expect.poll(() => whyNotHeard(recordTo, INPUT)).toBe('')
})

test('ミュート: the caller hears silence and is heard, also over a change of the microphone', async ({
  open,
  call,
}, info) => {
  const hanako = await (await sitDown(await open('6320', { ownMicrophone: true }))).ready()
  const { page } = hanako
  await expect(hanako.button('ミュート')).toHaveCount(0)
  const recordTo = info.outputPath('heard.wav')
  await call({ tone: TONES.caller, recordTo })
  await hanako.answer()
  await expect(hanako.button('ミュート')).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => whyNotHeard(recordTo, SYSTEM)).toBe('')

  await hanako.button('ミュート').click()
  await expect(hanako.button('ミュート')).toHaveAttribute('aria-pressed', 'true')
  await expect(hanako.phone).toContainText('ミュート中: 相手に声は聞こえません')
  await expect.poll(() => whyNotSilent(recordTo, SYSTEM)).toBe('')
  expect(await heardByPage(page)).toBeCloseTo(TONES.caller, -2)

  await openSettings(hanako)
  await choice(page, 'マイク').selectOption({ label: DEVICES.input })
  await page.keyboard.press('Escape')
  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
  await hanako.button('保留').click()
  await hanako.expectPhone('通話中')
  await expect.poll(() => whyNotSilent(recordTo, INPUT)).toBe('')

  await page.keyboard.press('Control+Shift+Digit3')
  await expect(hanako.button('ミュート')).toHaveAttribute('aria-pressed', 'false')
  await expect(page.getByRole('status').filter({ hasText: 'ミュートを解除しました' })).toHaveCount(1)
  await expect.poll(() => whyNotHeard(recordTo, INPUT)).toBe('')
})

test('ミュート stays over a reload, which says so, and is off for the next call', async ({
  open,
  call,
}, info) => {
  const hanako = await (await open('6320')).ready()
  const recordTo = info.outputPath('heard.wav')
  const first = await call({ tone: TONES.caller, recordTo })
  await hanako.answer()
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
  await hanako.button('ミュート').click()
  await hanako.page.reload()
  await hanako.expectPhone('通話中')
  await expect(hanako.page.getByText('ミュートのままです。相手に声は聞こえません。').first()).toBeVisible()
  await expect(hanako.button('ミュート')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES.caller, -2)
  await expect.poll(() => whyNotSilent(recordTo, TONES['6320'])).toBe('')
  await first.hangup()
  await hanako.expectStatus('後処理')

  await hanako.button('受付可').click()
  const second = info.outputPath('second.wav')
  await call({ recordTo: second })
  await hanako.answer()
  await expect(hanako.button('ミュート')).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => whyNotHeard(second, TONES['6320'])).toBe('')
})

test('title, icon and desktop notification tell what the phone does', async ({ open, call }) => {
  const hanako = await open('6320')
  const { page } = hanako
  await recordNotifications(hanako.context)
  await hanako.ready()
  await expect(page).toHaveTitle('受付可 - つなぐ')
  expect(await icon(page)).toBe('/favicon.svg')
  const caller = await call({ from: '09011111111' })
  await hanako.expectPhone('着信中')
  await expect(page).toHaveTitle('▲ 着信中 090-1111-1111')
  await expect.poll(() => icon(page)).toBe('/favicon-ringing.svg')
  expect(await notificationsOf(page)).toEqual(['着信中 090-1111-1111, 株式会社テスト: open'])
  await hanako.answer()
  await expect(page).toHaveTitle('通話中 - つなぐ')
  await expect.poll(() => icon(page)).toBe('/favicon-call.svg')
  expect(await notificationsOf(page)).toEqual(['着信中 090-1111-1111, 株式会社テスト: closed'])
  await caller.hangup()
  await hanako.expectStatus('後処理')
  await expect.poll(() => icon(page)).toBe('/favicon.svg')
})

interface StoredQuality {
  operator: string
  leg: string
  average: number
  minimum: number
  cause: string
  measured_ms: number
}

function storedQuality(callId: string): StoredQuality[] {
  const db = new Database(`${stackFacts().runtimeDir}/data/tsunagu.db`, { readonly: true })
  try {
    const query = db.prepare('select * from call_quality where call_id = ? order by leg')
    return query.all(callId) as StoredQuality[]
  } finally {
    db.close()
  }
}

/** The call that was written down last, of this operator. */
function latestCall(operator: string): string {
  const db = new Database(`${stackFacts().runtimeDir}/data/tsunagu.db`, { readonly: true })
  try {
    const query = db.prepare('select call_id from call_quality where operator = ? order by at desc limit 1')
    return (query.get(operator) as { call_id: string } | undefined)?.call_id ?? ''
  } finally {
    db.close()
  }
}

test('the quality is shown in the call with its cause, never announced, and stored with the call', async ({
  open,
  call,
}) => {
  const hanako = await open('6320')
  const { page } = hanako
  // A line that loses every fifth packet, as the browser would count it.
  await hanako.context.addInitScript(() => {
    const ask = RTCPeerConnection.prototype.getStats
    RTCPeerConnection.prototype.getStats = async function () {
      const report = await ask.call(this)
      if (!('losing' in globalThis)) return report
      const changed = [...(report as unknown as Map<string, Record<string, unknown>>)].map(([id, one]) => {
        const lost = one['type'] === 'inbound-rtp' ? Number(one['packetsReceived']) / 4 : one['packetsLost']
        return [id, { ...one, packetsLost: lost }] as const
      })
      return new Map(changed) as unknown as RTCStatsReport
    }
  })
  await hanako.ready()
  const before = latestCall('6320')
  const caller = await call({ tone: TONES.caller })
  await hanako.answer()
  const quality = page.getByRole('group', { name: '通話品質' })
  await expect(quality).toContainText(/品質 (良好|普通|悪い)/, { timeout: 15_000 })
  await expect.poll(() => latestCall('6320')).not.toBe(before)
  const callId = latestCall('6320')

  await page.evaluate(() => Object.assign(globalThis, { losing: true }))
  await expect(quality).toContainText('品質 悪い', { timeout: 20_000 })
  await expect(quality).toContainText('音声の損失が多い')
  const regions = page.locator('[role=status], [role=alert]')
  for (const words of await regions.allTextContents()) expect(words).not.toContain('品質')

  await caller.hangup()
  await hanako.expectStatus('後処理')
  await expect(quality).toHaveCount(0)
  await expect.poll(() => storedQuality(callId)[0]?.cause).toBe('loss')
  const [row, ...more] = storedQuality(callId)
  expect(more).toEqual([])
  expect(row?.operator).toBe('6320')
  expect(row?.minimum).toBeLessThan(3.6)
  expect(row?.average).toBeGreaterThan(row?.minimum ?? 5)
  expect(row?.measured_ms).toBeGreaterThan(3_000)
})

test('a page that crashes loses little of what it measured, and the next leg has a line of its own', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  const before = latestCall('6320')
  await call({ tone: TONES.caller })
  await hanako.answer()
  await expect.poll(() => latestCall('6320'), { timeout: 15_000 }).not.toBe(before)
  const callId = latestCall('6320')
  await hanako.page.reload()
  await expect.poll(() => storedQuality(callId).length, { timeout: 20_000 }).toBe(2)
})
