import { expect, test } from './support/test.js'
import { heardByPage, TONES } from './support/sound.js'

// Operator manual, 3-1 "外線だけでなく、内線をかける際も同じ動作", 3-2 "内線着信は、どのステータスでも着信可能".

test('an extension is dialled: it rings as 内線, both hear each other, and both are 受付可 again after it', async ({
  open,
}) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).ready()
  await hanako.dial('6321')
  await hanako.expectPhone('発信中')
  await expect(hanako.phone).toContainText('鈴木 太郎')
  await taro.expectPhone('着信中')
  await expect(taro.phone).toContainText('6320')
  await expect(taro.phone).toContainText('佐藤 花子')
  await expect(taro.phone).toContainText('内線')
  await expect(taro.page.getByRole('alert').filter({ hasText: '内線着信 6320 佐藤 花子' })).toHaveCount(1)
  await taro.answer()
  await hanako.expectPhone('通話中')
  await hanako.expectStatus('内線通話')
  await taro.expectStatus('内線通話')
  await expect.poll(() => heardByPage(hanako.page)).toBeCloseTo(TONES['6321'], -2)
  await expect.poll(() => heardByPage(taro.page)).toBeCloseTo(TONES['6320'], -2)
  await taro.button('切断').click()
  for (const screen of [hanako, taro]) {
    await screen.expectPhone('待機中')
    await screen.expectStatus('受付可')
  }
})

test('どのステータスでも着信可能: it rings at lunch, and lunch goes on after it', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const taro = await (await open('6321')).arrive()
  await taro.button('昼休憩').click()
  await taro.expectStatus('昼休憩')
  await hanako.dial('6321')
  await taro.answer()
  await hanako.expectPhone('通話中')
  await hanako.button('切断').click()
  await taro.expectPhone('待機中')
  await taro.expectStatus('昼休憩')
  await hanako.expectStatus('準備中')
})

test('保留 is offered, パーク保留 and 転送 are not, and say why; the other one is told that he is on hold', async ({
  open,
}) => {
  const hanako = await (await open('6320')).arrive()
  const taro = await (await open('6321')).arrive()
  await hanako.dial('6321')
  await taro.answer()
  await hanako.expectPhone('通話中')
  for (const name of ['転送', 'パーク保留 1']) {
    await expect(hanako.button(name)).toHaveAttribute('aria-disabled', 'true')
    await expect(hanako.button(name)).toHaveAccessibleDescription('内線通話では使えません')
  }
  await hanako.button('保留').click()
  await hanako.expectPhone('保留中')
  await expect(taro.phone).toContainText('相手が保留にしています')
  await expect(hanako.button('転送')).toHaveAccessibleDescription('内線通話では使えません')
  await expect.poll(() => heardByPage(hanako.page)).toBe(0)
  await hanako.button('保留').click()
  await expect(taro.phone).not.toContainText('保留')
  await expect.poll(() => heardByPage(taro.page)).toBeCloseTo(TONES['6320'], -2)
})

test('rejected: the one who dialled is told, and nobody’s status changes', async ({ open }) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).ready()
  await hanako.dial('6321')
  await taro.expectPhone('着信中')
  await taro.button('切断').click()
  await hanako.expectPhone('待機中')
  await expect(hanako.page.getByText('相手が着信を拒否しました').first()).toBeVisible()
  await hanako.expectStatus('受付可')
  await taro.expectStatus('受付可')
})

test('the one who dialled gives up: it stops ringing', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const taro = await (await open('6321')).arrive()
  await hanako.dial('6321')
  await taro.expectPhone('着信中')
  await hanako.button('切断').click()
  await taro.expectPhone('待機中')
  await hanako.expectPhone('待機中')
})

test('nobody is there, nobody has that number, somebody is in a call: refused at once, in words', async ({
  open,
}) => {
  const hanako = await (await open('6320')).arrive()
  const refused = async (number: string, words: string): Promise<void> => {
    await hanako.dial(number)
    await expect(hanako.page.getByText(words).first()).toBeVisible()
    await hanako.expectPhone('待機中')
    await expect(hanako.dialBox).toHaveValue(number)
  }
  await refused('6325', 'この内線の担当者はログインしていません。')
  await refused('6399', 'この内線番号または電話番号はありません。')
  await refused('0350600025', 'キューには発信できません。転送先としてだけ使えます。')
  const taro = await (await open('6321')).arrive()
  const misaki = await (await open('6322')).arrive()
  await taro.dial('6322')
  await misaki.answer()
  await refused('6321', 'この内線は通話中です。')
})

test('an operator in 内線通話 gets no call of a queue', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  const taro = await (await open('6321')).arrive()
  await taro.dial('6320')
  await hanako.answer()
  await hanako.expectStatus('内線通話')
  const caller = await call()
  await caller.waitFor('answered')
  await hanako.expectPhone('通話中')
  await taro.button('切断').click()
  await hanako.expectPhone('着信中')
})
