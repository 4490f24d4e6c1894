import type { OperatorScreen } from './support/operator.js'
import { MonitorScreen } from './support/supervisor.js'
import { TONES, voicesAtPage, whyNotHeard, whyNotSilent } from './support/sound.js'
import { expect, test } from './support/test.js'

// A supervisor in an operator's call: who hears whom in each mode, on one leg.

const HEARD = {
  モニタリング: { operator: ['caller'], caller: [TONES['6320']] },
  ささやき: { operator: ['sv1', 'caller'], caller: [TONES['6320']] },
  三者通話: { operator: ['sv1', 'caller'], caller: [TONES['6320'], TONES.sv1] },
} as const
type Mode = keyof typeof HEARD

interface Story {
  monitor: MonitorScreen
  hanako: OperatorScreen
  recordTo: string
}

const hears = (screen: OperatorScreen | MonitorScreen, who: readonly string[]): Promise<void> =>
  expect.poll(async () => (await voicesAtPage(screen.page)).sort()).toEqual([...who].sort())

async function expectHeard({ monitor, hanako, recordTo }: Story, mode: Mode): Promise<void> {
  const { operator, caller } = HEARD[mode]
  await hears(monitor, ['6320', 'caller'])
  await hears(hanako, operator)
  for (const hz of [TONES['6320'], TONES.sv1]) {
    const why = (caller as readonly number[]).includes(hz) ? whyNotHeard : whyNotSilent
    await expect.poll(() => why(recordTo, hz)).toBe('')
  }
}

/** Which leg's sound the page plays: another one after a call that was made anew. */
const legOf = ({ page }: MonitorScreen): Promise<string> =>
  page.evaluate(() => {
    const stream = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]')?.srcObject
    return stream instanceof MediaStream ? (stream.getAudioTracks()[0]?.id ?? '') : ''
  })

test('モニタリング, ささやき, 三者通話 and back, each switched in place; then the other operator, and 終了', async ({
  open,
  call,
}, info) => {
  test.slow()
  const recordTo = info.outputPath('heard.wav')
  const viewport = { width: 1440, height: 810 }
  const monitor = await new MonitorScreen(await open('sv1', { viewport, ownBrowser: true })).arrive()
  const hanako = await (await open('6320', { ownBrowser: true })).ready()
  await call({ from: '09011111111', tone: TONES.caller, recordTo })
  await hanako.answer()
  const taro = await (await open('6321', { ownBrowser: true })).arrive()
  const story = { monitor, hanako, recordTo }

  await monitor.act('6320', 'モニタリング')
  const bar = monitor.page.getByRole('region', { name: 'モニタリング' })
  await expect(bar).toContainText('佐藤 花子(6320)の通話を聞いています')
  await expectHeard(story, 'モニタリング')
  const leg = await legOf(monitor)
  for (const mode of ['ささやき', '三者通話', 'モニタリング', '三者通話'] as const) {
    const button = bar.getByRole('button', { name: mode, exact: true })
    await button.click()
    await expect(button).toHaveAttribute('aria-pressed', 'true')
    await expectHeard(story, mode)
    expect(await legOf(monitor)).toBe(leg)
  }

  // A caller on hold is not among them; the colleague whom the operator asks is.
  await bar.getByRole('button', { name: 'モニタリング', exact: true }).click()
  await expectHeard(story, 'モニタリング')
  await hanako.consult('6321')
  await taro.answer()
  await hears(monitor, ['6320', '6321'])
  await hears(taro, ['6320'])
  await expect.poll(() => whyNotSilent(recordTo, TONES.sv1)).toBe('')
  await hanako.button('転送実行').click()
  await taro.expectPhone('通話中')
  await expect(bar).toHaveCount(0)

  await monitor.act('6321', 'ささやき')
  await expect(bar).toContainText('鈴木 太郎(6321)')
  await hears(taro, ['caller', 'sv1'])
  await hears(monitor, ['6321', 'caller'])
  await bar.getByRole('button', { name: '終了' }).click()
  await expect(bar).toHaveCount(0)
  await hears(taro, ['caller'])
  await taro.expectPhone('通話中')
})
