import { heardByPage, TONES, whyNotHeard, whyNotMusic } from './support/sound.js'
import type { OperatorScreen } from './support/operator.js'
import type { Caller } from './support/pbx.js'
import { expect, test } from './support/test.js'

// Operator manual, 3-5 "電話を転送する".

const VOICES = Object.values(TONES)
const PICKS_UP_AT_ONCE = '0399990006'
/** How long a target rings, and a little. */
const UNANSWERED_MS = 75_000

interface Story {
  hanako: OperatorScreen
  caller: Caller
  /** What the caller hears. */
  recordTo: string
}

type Given = Pick<Parameters<Parameters<typeof test>[2]>[0], 'open' | 'call'>

/** A caller from outside talks to 6320. */
async function talking({ open, call }: Given, recordTo: string): Promise<Story> {
  const hanako = await (await open('6320')).ready()
  const caller = await call({ from: '09011111111', tone: TONES.caller, recordTo })
  await hanako.answer()
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
  return { hanako, caller, recordTo }
}

async function expectTalkingTo(screen: OperatorScreen, hz: number): Promise<void> {
  await expect.poll(() => heardByPage(screen.page)).toBeCloseTo(hz, -2)
}

test('内線番号を入力して転送: the target answers, 「転送実行」 connects the other two, and the first is in 後処理', async ({
  open,
  call,
}, info) => {
  test.slow()
  const { hanako, caller, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await hanako.expectPhone('発信中')
  await hanako.expectStatus('発信中')
  await expect(hanako.phone).toContainText('鈴木 太郎')
  await expect(hanako.phone).toContainText('保留中: 090-1111-1111')
  await expect(hanako.button('保留')).toHaveAttribute('aria-pressed', 'true')
  await taro.expectPhone('着信中')
  await expect(taro.phone).toContainText('090-1111-1111 株式会社テスト の転送の相談')
  await taro.answer()
  await hanako.expectPhone('通話中')
  await expectTalkingTo(taro, TONES['6320'])
  await expectTalkingTo(hanako, TONES['6321'])
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')

  await hanako.button('転送実行').click()
  await hanako.expectPhone('待機中')
  await hanako.expectStatus('後処理')
  await expect(hanako.page.getByRole('status').filter({ hasText: '転送しました' })).toHaveCount(1)
  await expect(taro.phone).toContainText('090-1111-1111')
  await taro.expectStatus('通話中')
  await expectTalkingTo(taro, TONES.caller)
  await expect.poll(() => whyNotHeard(recordTo, TONES['6321'])).toBe('')
  await taro.button('切断').click()
  await caller.waitFor('ended')
  await taro.expectStatus('後処理')
})

test('「転送」 without a number asks for one, in words and with the focus', async ({ open, call }, info) => {
  const { hanako } = await talking({ open, call }, info.outputPath('heard.wav'))
  await expect(hanako.button('転送')).toHaveAccessibleDescription('通話を保留すると押せます')
  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
  await hanako.button('転送').click()
  await expect(hanako.dialBox).toBeFocused()
  await expect(hanako.dialBox).toHaveAccessibleDescription(/転送先の番号を入力/)
})

test('転送相手が出なかった場合: 「切断」 stops calling him, 「保留」 returns to the caller', async ({
  open,
  call,
}, info) => {
  const { hanako, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.expectPhone('着信中')
  await hanako.button('切断').click()
  await taro.expectPhone('待機中')
  await hanako.expectPhone('保留中')
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')
  await hanako.button('保留').click()
  await hanako.expectPhone('通話中')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
})

test('「保留」 while the target still rings gives him up and returns to the caller', async ({
  open,
  call,
}, info) => {
  const { hanako, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.expectPhone('着信中')
  await hanako.button('保留').click()
  await taro.expectPhone('待機中')
  await hanako.expectPhone('通話中')
  await expect(hanako.button('保留')).toHaveAttribute('aria-pressed', 'false')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
})

test('nobody answers for a minute: told in words, the caller still on hold', async ({ open, call }, info) => {
  test.slow()
  const { hanako } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.expectPhone('着信中')
  await expect(hanako.phone).toHaveText(/^\s*保留中/, { timeout: UNANSWERED_MS })
  await expect(hanako.page.getByText('相手が応答しませんでした').first()).toBeVisible()
  await taro.expectStatus('準備中')
})

test('the target rejects: told in words, the caller still on hold', async ({ open, call }, info) => {
  const { hanako } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.expectPhone('着信中')
  await taro.button('切断').click()
  await hanako.expectPhone('保留中')
  await hanako.expectStatus('保留中')
  await expect(hanako.page.getByText('相手が着信を拒否しました').first()).toBeVisible()
})

test('転送を実行しない: 「切断」 ends the talk with the target only, 「保留」 returns to the caller', async ({
  open,
  call,
}, info) => {
  const { hanako, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.answer()
  await hanako.expectPhone('通話中')
  await hanako.button('切断').dblclick()
  await hanako.expectPhone('保留中')
  await taro.expectPhone('待機中')
  await hanako.button('保留').click()
  await hanako.expectPhone('通話中')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
})

test('the target hangs up: told in words, the caller is on hold and can be resumed', async ({
  open,
  call,
}, info) => {
  const { hanako, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.answer()
  await hanako.expectPhone('通話中')
  await taro.button('切断').click()
  await hanako.expectPhone('保留中')
  await expect(hanako.page.getByText('転送先が電話を切りました').first()).toBeVisible()
  await hanako.button('保留').click()
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
})

test('the caller hangs up meanwhile: told in words, and the talk with the target goes on', async ({
  open,
  call,
}, info) => {
  const { hanako, caller } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.answer()
  await hanako.expectPhone('通話中')
  await caller.hangup()
  await expect(hanako.page.getByText('保留していた相手が電話を切りました').first()).toBeVisible()
  await hanako.expectPhone('通話中')
  await expectTalkingTo(hanako, TONES['6321'])
  await taro.button('切断').click()
  await hanako.expectPhone('待機中')
  await hanako.expectStatus('後処理')
})

test('「転送実行」 while the target still rings: the caller is his when he answers', async ({
  open,
  call,
}, info) => {
  const { hanako, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.expectPhone('着信中')
  await hanako.button('転送実行').click()
  await hanako.expectStatus('後処理')
  await taro.answer()
  await expect(taro.phone).toContainText('090-1111-1111')
  await expectTalkingTo(taro, TONES.caller)
  await expect.poll(() => whyNotHeard(recordTo, TONES['6321'])).toBe('')
})

test('to a queue: nobody is asked, 「転送実行」 puts the caller into its line', async ({
  open,
  call,
}, info) => {
  const { hanako, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  await hanako.consult('0350600026')
  await expect(hanako.phone).toContainText('サポート')
  await hanako.expectPhone('保留中')
  await hanako.button('転送実行').click()
  await hanako.expectStatus('後処理')
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')
  const misaki = await (await open('6322')).arrive()
  await misaki.button('受付可').click()
  await misaki.expectPhone('着信中')
  await expect(misaki.phone).toContainText('サポート')
  await misaki.answer()
  await expect.poll(() => whyNotHeard(recordTo, TONES['6322'])).toBe('')
})

test('to a number outside: the caller and the one outside hear each other', async ({ open, call }, info) => {
  const { hanako, caller, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  await hanako.consult(PICKS_UP_AT_ONCE)
  await hanako.expectPhone('通話中')
  await expectTalkingTo(hanako, TONES['6320'])
  await hanako.button('転送実行').click()
  await hanako.expectStatus('後処理')
  // The one outside says back what he hears.
  await expect.poll(() => whyNotHeard(recordTo, TONES.caller)).toBe('')
  await caller.hangup()
})

test('電話帳から転送先を選択: the question says what it is for, 「はい」 calls the target', async ({
  open,
  call,
}, info) => {
  const { hanako } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.button('電話帳').click()
  const number = hanako.page.getByRole('button', { name: /6321.*に発信/ })
  await number.click()
  await expect(hanako.page.getByRole('alertdialog')).toBeHidden()
  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
  await number.click()
  const question = hanako.page.getByRole('alertdialog', { name: '鈴木 太郎に発信しますか?' })
  await expect(question).toHaveAccessibleDescription(/転送先/)
  await hanako.button('はい').click()
  await taro.answer()
  await hanako.button('転送実行').click()
  await hanako.expectStatus('後処理')
  await expectTalkingTo(taro, TONES.caller)
})

test('the first operator’s browser dies while he talks to the target, and comes back: nobody is lost', async ({
  open,
  call,
}, info) => {
  test.slow()
  const { hanako, caller, recordTo } = await talking({ open, call }, info.outputPath('heard.wav'))
  const taro = await (await open('6321')).arrive()
  await hanako.consult('6321')
  await taro.answer()
  await hanako.expectPhone('通話中')
  await hanako.page.goto('about:blank')
  await expect.poll(() => whyNotMusic(recordTo, VOICES)).toBe('')
  await hanako.page.goto('/operator')
  await expect(hanako.phone).toHaveText(/^\s*(通話中|保留中)/)
  expect(caller.ending).toBeUndefined()
  await hanako.button('保留').click()
  await hanako.expectPhone('通話中')
  await expect.poll(() => whyNotHeard(recordTo, TONES['6320'])).toBe('')
})
