import { expect, test } from './support/test.js'

// Operator manual, 2-2 "ステータス操作画面", 3-4 and 3-6.

test('受付可 and back: each status and its clock', async ({ open }) => {
  const hanako = await (await open('6320')).ready()
  await expect(hanako.button('受付可')).toHaveAttribute('aria-pressed', 'true')
  await expect(hanako.status).toContainText('00:00:02')
})

test('小休憩 pressed again goes back to the status before it', async ({ open }) => {
  const hanako = await (await open('6320')).ready()
  await hanako.button('小休憩').click()
  await hanako.expectStatus('小休憩')
  await expect(hanako.button('小休憩')).toHaveAttribute('aria-pressed', 'true')
  await hanako.button('小休憩').click()
  await hanako.expectStatus('受付可')
})

test('昼休憩 pressed again ends in 準備中', async ({ open }) => {
  const hanako = await (await open('6320')).ready()
  await hanako.button('昼休憩').click()
  await hanako.expectStatus('昼休憩')
  await hanako.button('昼休憩').click()
  await hanako.expectStatus('準備中')
})

for (const work of ['見積もり対応', 'メール対応', '手配エスカ', '受電エスカ', '研修', 'その他']) {
  test(`別作業 ${work}: on, and pressed again 準備中`, async ({ open }) => {
    const hanako = await (await open('6320')).arrive()
    await hanako.button(work).click()
    await hanako.expectStatus(work)
    await hanako.button(work).click()
    await hanako.expectStatus('準備中')
  })
}

test('the clock belongs to the server: a reload does not set it back', async ({ open }) => {
  const hanako = await (await open('6320')).ready()
  await expect(hanako.status).toContainText('00:00:04')
  await hanako.page.reload()
  await hanako.expectStatus('受付可')
  await expect(hanako.status).toHaveText(/00:00:(0[5-9]|1\d)/)
})

test('no queue call reaches an operator who is not 受付可', async ({ open, call }) => {
  const hanako = await (await open('6320')).arrive()
  const caller = await call()
  await caller.waitFor('answered')
  await hanako.expectPhone('待機中')
  await hanako.expectStatus('準備中')
  await hanako.button('受付可').click()
  await hanako.expectPhone('着信中')
})

test('a status chosen in a call takes effect when it ends, and the screen says so', async ({
  open,
  call,
}) => {
  const hanako = await (await open('6320')).ready()
  await call()
  await hanako.answer()
  await hanako.button('小休憩').click()
  await expect(hanako.page.getByText(/次[:：]\s*小休憩/).first()).toBeVisible()
  await hanako.expectStatus('通話中')
  await hanako.button('切断').click()
  await hanako.expectStatus('小休憩')
})

test('a choice for after the call is taken back by pressing it again', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  await call()
  await hanako.answer()
  await hanako.button('昼休憩').click()
  await expect(hanako.button('昼休憩')).toHaveAccessibleDescription(/この通話のあと/)
  await hanako.button('昼休憩').click()
  await expect(hanako.button('昼休憩')).not.toHaveAccessibleDescription(/この通話のあと/)
  await hanako.button('切断').click()
  await hanako.expectStatus('後処理')
})
