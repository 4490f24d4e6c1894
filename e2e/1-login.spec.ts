import { GRACE_SECONDS } from './support/settings.js'
import { expect, test } from './support/test.js'

// Operator manual, 2-1 and 4-1.

test('the login page shows its fields and the version', async ({ open }) => {
  const { page } = await open('6320')
  await page.goto('/login')
  await expect(page.getByRole('textbox', { name: 'ユーザーID' })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'パスワード' })).toBeVisible()
  await expect(page.getByText(/^version:\d+\.\d+\.\d+$/)).toBeVisible()
})

test('after the login: 準備中, and the phone is registered', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  await hanako.expectStatus('準備中')
  await hanako.expectPhone('待機中')
  await expect(hanako.phone).toContainText('6320')
})

test('a wrong password and an unknown user are told alike', async ({ open }) => {
  const hanako = await open('6320')
  await hanako.logIn('wrong')
  const alert = hanako.page.getByRole('alert').filter({ hasText: /./ })
  await expect(alert).toBeVisible()
  const words = await alert.textContent()
  await hanako.page.getByRole('textbox', { name: 'ユーザーID' }).fill('9999')
  await hanako.page.getByRole('textbox', { name: 'パスワード' }).fill('demo-9999')
  await hanako.button('ログイン').click()
  await expect(alert).toHaveText(words ?? '')
})

test('a second login elsewhere is refused until the first has logged out', async ({ open }) => {
  const first = await (await open('6320')).arrive()
  const second = await open('6320')
  await second.logIn()
  await expect(second.page.getByText('指定したIDは既にログインされています。')).toBeVisible()
  await first.button('ログアウト').click()
  await expect(first.page).toHaveURL(/\/login|\/logged-out/)
  await second.button('ログイン').click()
  await second.expectRegistered()
})

test('the same browser resumes its login: a reload, a closed and reopened tab', async ({ open }) => {
  const hanako = await (await open('6320')).ready()
  await hanako.page.reload()
  await hanako.expectStatus('受付可')
  await hanako.expectRegistered()
  await hanako.page.close()
  hanako.page = await hanako.context.newPage()
  await hanako.page.goto('/')
  await hanako.expectStatus('受付可')
  await hanako.expectRegistered()
})

test('a second tab does not take the phone by itself, and takes it when asked', async ({ open }) => {
  const hanako = await (await open('6320')).arrive()
  const other = await hanako.context.newPage()
  await other.goto('/operator')
  const take = other.getByRole('button', { name: 'このタブで電話を使う' })
  await expect(take).toBeVisible()
  await hanako.expectRegistered()
  await take.click()
  await expect(take).toBeHidden()
  await expect(hanako.page.getByRole('button', { name: 'このタブで電話を使う' })).toBeVisible()
  await expect(other.getByRole('img', { name: 'サーバ登録' })).toHaveAccessibleDescription('登録済み')
})

test('logging out during a call is refused with a reason', async ({ open, call }) => {
  const hanako = await (await open('6320')).ready()
  await call()
  await hanako.answer()
  await hanako.button('ログアウト').click()
  await expect(hanako.page.getByText(/通話中は/).first()).toBeVisible()
  await hanako.expectPhone('通話中')
  await hanako.button('切断').click()
  await hanako.expectStatus('後処理')
})

test('a PC that slept is logged out, says so, and logs in again at once', async ({ open }) => {
  test.slow()
  const hanako = await open('6320')
  let asleep = false
  const sockets: { close(): Promise<void> }[] = []
  await hanako.page.routeWebSocket(/socket\.io|\/sip/, (socket) => {
    sockets.push(socket)
    if (asleep) return
    const server = socket.connectToServer()
    socket.onMessage((message) => asleep || server.send(message))
    server.onMessage((message) => asleep || socket.send(message))
    // A sleeping machine closes nothing: the server has to find out by itself.
    socket.onClose(() => asleep || void server.close())
  })
  await hanako.ready()
  asleep = true
  const elsewhere = await open('6320')
  await expect
    .poll(
      async () => {
        const answer = await elsewhere.context.request.post('/api/login', {
          headers: { 'X-Requested-With': 'tsunagu' },
          data: { userId: '6320', password: 'demo-6320' },
        })
        return answer.status()
      },
      { message: 'the silent session ends', timeout: (25 + GRACE_SECONDS) * 1_000, intervals: [2_000] },
    )
    .toBe(200)
  await elsewhere.context.request.post('/api/logout', { headers: { 'X-Requested-With': 'tsunagu' } })
  asleep = false
  // What a machine finds when it wakes: connections of which the other side knows nothing any more.
  for (const socket of sockets) await socket.close()
  await expect(hanako.page.getByText('ログアウトされました。再度ログインしてください。')).toBeVisible({
    timeout: 30_000,
  })
  await hanako.button('ログイン').click()
  await hanako.logIn()
  await hanako.expectRegistered()
})

test('supervisors and administrators log in to pages of their own', async ({ open }) => {
  for (const [id, path] of [
    ['sv1', /\/monitor$/],
    ['admin', /\/settings$/],
  ] as const) {
    const { page, ...screen } = await open(id)
    await page.goto('/login')
    await page.getByRole('textbox', { name: 'ユーザーID' }).fill(screen.id)
    await page.getByRole('textbox', { name: 'パスワード' }).fill(`demo-${id}`)
    await page.getByRole('button', { name: 'ログイン', exact: true }).click()
    await expect(page).toHaveURL(path)
  }
})
