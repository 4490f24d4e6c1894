import { AxeBuilder } from '@axe-core/playwright'
import { calledOut } from './support/pbx.js'
import { expect, test } from './support/test.js'
import { heardByPage, TONES } from './support/sound.js'

// Operator manual, 3-1 "架電業務". What the called ones of the pretend carrier do, their last two digits say.

const ANSWERS_AND_ECHOES = '0399990001'
const IS_BUSY = '0399990002'
const RINGS_WITHOUT_END = '0399990003'
const DOES_NOT_EXIST = '0399990004'
const HANGS_UP = '0399990005'
const PICKS_UP_AT_ONCE = '0399990006'

test('番号を入力し「通話」: 発信中, 通話中 once the other answers, 後処理 after it; both hear each other', async ({
  open,
}) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.dial(ANSWERS_AND_ECHOES)
  await hanako.expectPhone('発信中')
  await hanako.expectStatus('発信中')
  await expect(hanako.phone).toContainText('03-9999-0001')
  await expect(hanako.page).toHaveTitle(/発信中/)
  await hanako.expectPhone('通話中')
  await hanako.expectStatus('通話中')
  await expect(hanako.dialBox).toHaveValue('')
  // The called one says back what he hears: the way there and the way back.
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES['6320'], -2)
  await hanako.button('切断').click()
  await hanako.expectPhone('待機中')
  await hanako.expectStatus('後処理')
})

test('どのステータスでも発信は可能', async ({ open }) => {
  test.slow()
  const hanako = await (await open('6320')).arrive()
  for (const status of ['受付可', '小休憩', '昼休憩', '研修']) {
    await hanako.button(status).click()
    await hanako.expectStatus(status)
    await hanako.dial(PICKS_UP_AT_ONCE)
    await hanako.expectPhone('通話中')
    await hanako.button('切断').click()
    await hanako.expectStatus('後処理')
  }
})

test('typed on the pad, on the PC’s keyboard, or pasted; what cannot be a number is refused with the reason', async ({
  open,
}) => {
  const hanako = await (await open('6320')).arrive()
  const { page, dialBox } = hanako
  for (const key of ['0', '9', '*', '#']) await hanako.button(key).click()
  await expect(dialBox).toHaveValue('09*#')
  await hanako.button('×').click()
  await expect(dialBox).toHaveValue('09*')
  await hanako.button('履歴').click()
  await page.keyboard.type('12')
  await page.keyboard.press('Backspace')
  await expect(dialBox).toHaveValue('09*1')
  await dialBox.fill('+81 ３-9999-0006')
  await expect(dialBox).toHaveValue('0399990006')
  await dialBox.fill('でんわ')
  await expect(dialBox).toHaveValue('0399990006')
  await expect(dialBox).toHaveAccessibleDescription(/使えない文字/)
  await dialBox.press('Enter')
  await hanako.expectPhone('通話中')
  // In a talk the keys are tones, and nothing of them is left for the next number.
  await page.keyboard.type('7')
  await expect(dialBox).toHaveValue('7')
  await hanako.button('切断').click()
  await hanako.expectStatus('後処理')
  await expect(dialBox).toHaveValue('')
})

test('a double click dials once', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.dialBox.fill(RINGS_WITHOUT_END)
  await hanako.button('通話').dblclick()
  await hanako.expectPhone('発信中')
  await expect.poll(calledOut).toHaveLength(1)
  await hanako.button('切断').dblclick()
  await hanako.expectPhone('待機中')
  await expect.poll(calledOut).toEqual([])
})

test.describe('a call that fails names its cause, and the status is what it was', () => {
  for (const { number, words } of [
    { number: IS_BUSY, words: '相手は話し中でした' },
    { number: DOES_NOT_EXIST, words: 'この番号は使われていません' },
  ]) {
    test(words, async ({ open }) => {
      const hanako = await (await open('6320')).ready()
      await hanako.dial(number)
      await expect(hanako.page.getByText(words).first()).toBeVisible({ timeout: 20_000 })
      await hanako.expectPhone('待機中')
      await hanako.expectStatus('受付可')
      await expect(hanako.page.getByRole('alert').filter({ hasText: words })).toHaveCount(1)
    })
  }
})

test('the network’s own words are heard while it dials', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.dial(DOES_NOT_EXIST)
  await hanako.expectPhone('発信中')
  await expect.poll(() => heardByPage(hanako.page)).toBeGreaterThan(0)
})

test('it rings and nobody answers: 「切断」 gives up, and the status is what it was', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.button('昼休憩').click()
  await hanako.expectStatus('昼休憩')
  await hanako.dial(RINGS_WITHOUT_END)
  await hanako.expectPhone('発信中')
  await expect(hanako.button('保留')).toHaveAccessibleDescription(/通話中に押せます/)
  await expect(hanako.button('転送')).toHaveAccessibleDescription('通話を保留すると押せます')
  await hanako.button('切断').click()
  await hanako.expectPhone('待機中')
  await hanako.expectStatus('昼休憩')
})

test('the other hangs up: 後処理', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.dial(HANGS_UP)
  await hanako.expectPhone('通話中')
  await expect(hanako.status).toHaveText(/後処理/, { timeout: 15_000 })
  await hanako.expectPhone('待機中')
})

test('an outgoing call is held, and resumed', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.dial(PICKS_UP_AT_ONCE)
  await hanako.expectPhone('通話中')
  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
  await expect.poll(() => heardByPage(hanako.page)).toBe(0)
  await hanako.button('保留').click()
  await hanako.expectPhone('通話中')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES['6320'], -2)
})

test('the empty field, the own number and a missing microphone: each with its words, and the number is kept', async ({
  open,
}) => {
  const hanako = await open('6320', { ownMicrophone: true })
  await hanako.context.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('denied', 'NotAllowedError'))
  })
  await hanako.arrive()
  await expect(hanako.button('通話')).toHaveAccessibleDescription(/番号を入力するか、着信があると押せます/)
  await hanako.dial(PICKS_UP_AT_ONCE)
  await expect(hanako.page.getByText(/マイクが使えないため、発信できません/).first()).toBeVisible()
  await expect(hanako.dialBox).toHaveValue(PICKS_UP_AT_ONCE)
  const taro = await (await open('6321')).arrive()
  await taro.dial('6321')
  await expect(taro.page.getByText('自分の内線番号には発信できません。').first()).toBeVisible()
  await expect(taro.dialBox).toHaveValue('6321')
})

test('「外線」: the chosen number of the company is what the called one sees', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.button('外線').click()
  const { page } = hanako
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  await page.getByRole('radio', { name: /サポート/ }).check()
  await expect(page.getByRole('radio', { name: /サポート/ })).toBeChecked()
  expect((await new AxeBuilder({ page }).withTags(tags).analyze()).violations).toEqual([])
  await page.reload()
  await hanako.button('外線').click()
  await expect(page.getByRole('radio', { name: /サポート/ })).toBeChecked()
  await hanako.expectRegistered()
  await hanako.dial(RINGS_WITHOUT_END)
  await hanako.expectPhone('発信中')
  await expect.poll(calledOut).toEqual(['0350600026'])
  await hanako.button('切断').click()
  await hanako.expectPhone('待機中')
  await page.getByRole('radio', { name: /代表/ }).check()
})
