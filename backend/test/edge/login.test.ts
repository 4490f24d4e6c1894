import { request } from 'node:https'
import { userId } from '@tsunagu/contract'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until } from './browser.js'
import { EdgeRig } from './edge-rig.js'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
let rig: EdgeRig

beforeAll(async () => {
  rig = await EdgeRig.start()
})
afterAll(() => rig.stop())
beforeEach(async () => {
  for (const id of ['6320', '6321', '6322', 'sv1', 'admin'])
    await rig.sessions.endSession(userId(id), 'forced')
  rig.desk.asked.length = 0
  rig.desk.inCall.clear()
  rig.desk.broken.clear()
})

const refused = (code: string) => expect.objectContaining({ code }) as unknown

describe('logging in', () => {
  test('an operator logs in, and the desk learns it', async () => {
    const { status, body } = await rig.browser().logIn('6320')
    expect(status).toBe(200)
    expect(body).toEqual({
      me: { id: '6320', name: '佐藤 花子', role: 'operator', extension: '6320' },
      timeZone: 'Asia/Tokyo',
    })
    expect(rig.desk.of('6320')).toEqual(['logIn'])
  })

  test('a supervisor has a phone, so the desk learns it, too', async () => {
    expect((await rig.browser().logIn('sv1')).status).toBe(200)
    expect(rig.desk.of('sv1')).toEqual(['logIn'])
  })

  test('an administrator logs in without the desk', async () => {
    expect((await rig.browser().logIn('admin')).status).toBe(200)
    expect(rig.desk.of('admin')).toEqual([])
  })

  test('the cookie is closed to scripts, to other sites and to plain HTTP, and survives the browser', async () => {
    const { headers } = await rig.browser().logIn('6320')
    const [cookie = ''] = headers['set-cookie'] ?? []
    expect(cookie).toMatch(/^__Host-tsunagu=[A-Za-z0-9_-]{43}; path=\/; /)
    expect(cookie.toLowerCase().split('; ')).toEqual(
      expect.arrayContaining(['httponly', 'secure', 'samesite=strict']),
    )
    expect(cookie).not.toMatch(/domain=/i)
    const [, expires = ''] = /expires=([^;]+)/.exec(cookie) ?? []
    const lifetime = Date.parse(expires) - Date.now()
    expect(Math.abs(lifetime - 400 * DAY_MS)).toBeLessThan(60_000)
  })

  test('a wrong password and an unknown user get the same answer', async () => {
    const wrong = await rig.browser().logIn('6321', 'no')
    const unknown = await rig.browser().logIn('nobody', 'no')
    expect(wrong.status).toBe(401)
    expect(wrong.body).toEqual({
      error: { code: 'wrong-login', message: 'The user ID or the password is wrong.' },
    })
    expect([unknown.status, unknown.body]).toEqual([wrong.status, wrong.body])
    expect(wrong.headers['set-cookie']).toBeUndefined()
  })

  test('Redis holds no token, only its hash', async () => {
    const browser = await rig.loggedIn()
    const token = browser.cookie?.split('=')[1] ?? ''
    const stored = await rig.redis.keys('*')
    const values = await Promise.all(stored.map((key) => rig.redis.dump(key)))
    expect(stored.join()).not.toContain(token)
    expect(values.join()).not.toContain(token)
  })
})

describe('one login per user', () => {
  test('a second browser is refused, also with the right password only', async () => {
    await rig.loggedIn()
    const second = await rig.browser().logIn('6320')
    expect([second.status, second.body]).toEqual([409, { error: refused('already-logged-in') }])
    expect((await rig.browser().logIn('6320', 'no')).body).toEqual({ error: refused('wrong-login') })
    expect(rig.desk.of('6320')).toEqual(['logIn'])
  })

  test('of ten browsers at once, one gets in', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => rig.browser().logIn('6322')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(9)
    expect(rig.desk.of('6322')).toEqual(['logIn'])
  })

  test('the same browser logging in again resumes its session', async () => {
    const browser = await rig.loggedIn()
    const { cookie } = browser
    expect((await browser.logIn('6320')).status).toBe(200)
    expect(browser.cookie).toBe(cookie)
    expect(rig.desk.of('6320')).toEqual(['logIn'])
  })

  test('resuming needs the password as well, and a wrong one does not end the session', async () => {
    const browser = await rig.loggedIn()
    expect((await browser.logIn('6320', 'no')).status).toBe(401)
    expect((await browser.get('/api/session')).status).toBe(200)
  })

  test('another user in the same browser: the first is logged out', async () => {
    const browser = await rig.loggedIn('6320')
    expect((await browser.logIn('6321')).body).toMatchObject({ me: { id: '6321' } })
    expect(rig.desk.of('6320')).toEqual(['logIn', 'logOut'])
    expect((await rig.browser().logIn('6320')).status).toBe(200)
  })

  test('another user in the same browser is refused while the first is in a call', async () => {
    const browser = await rig.loggedIn('6320')
    rig.desk.inCall.add('6320')
    const answer = await browser.logIn('6321')
    expect([answer.status, answer.body]).toEqual([409, { error: refused('in-call') }])
    expect((await browser.get('/api/session')).body).toMatchObject({ me: { id: '6320' } })
    expect((await rig.browser().logIn('6321')).status).toBe(200)
  })

  test('a refused second user does not throw out the first', async () => {
    const browser = await rig.loggedIn('6320')
    await rig.loggedIn('6321')
    expect((await browser.logIn('6321')).body).toEqual({ error: refused('already-logged-in') })
    expect((await browser.get('/api/session')).body).toMatchObject({ me: { id: '6320' } })
  })

  test('two browsers that change places at once both get an answer', async () => {
    const [one, two] = [await rig.loggedIn('6320'), await rig.loggedIn('6321')]
    const statuses = await Promise.all([one.logIn('6321'), two.logIn('6320')])
    expect(statuses.map(({ status }) => status)).toEqual([409, 409])
  })

  test('a login the desk cannot carry out leaves nobody logged in', async () => {
    rig.desk.broken.add('logIn')
    const failed = await rig.browser().logIn('6320')
    expect([failed.status, failed.body]).toEqual([500, { error: refused('fault') }])
    rig.desk.broken.clear()
    expect((await rig.browser().logIn('6320')).status).toBe(200)
  })
})

test('a browser that goes away before it got its cookie does not lock its user out', async () => {
  let goOn = (): void => undefined
  rig.desk.slow.set('logIn', new Promise((resolve) => (goOn = resolve)))
  const body = JSON.stringify({ userId: '6320', password: 'demo-6320' })
  const headers = { 'Content-Type': 'application/json', 'X-Requested-With': 'tsunagu' }
  const options = {
    host: 'localhost',
    port: rig.port,
    path: '/api/login',
    rejectUnauthorized: false,
    agent: false,
  }
  const asked = request({ ...options, method: 'POST', headers }).on('error', () => undefined)
  asked.end(body)
  await until(() => (rig.desk.of('6320').includes('logIn') ? '' : 'the desk was not asked'))
  asked.destroy()
  // That the server noticed cannot be seen from outside; a local connection takes it a millisecond or two.
  await new Promise((resolve) => setTimeout(resolve, 200))
  goOn()
  rig.desk.slow.clear()
  await until(async () => ((await rig.browser().logIn('6320')).status === 200 ? '' : 'still logged in'))
  expect(rig.desk.of('6320')).toEqual(['logIn', 'logOut', 'logIn'])
})

describe('logging out', () => {
  test('ends the session, takes the cookie away, and lets the next one in', async () => {
    const browser = await rig.loggedIn()
    const { cookie } = browser
    const answer = await browser.post('/api/logout')
    expect([answer.status, answer.body]).toEqual([200, {}])
    expect(browser.cookie).toBeUndefined()
    browser.cookie = cookie
    const after = await browser.get('/api/session')
    expect([after.status, after.body]).toEqual([
      401,
      { error: refused('not-logged-in'), reason: 'logged-out' },
    ])
    expect((await rig.browser().logIn('6320')).status).toBe(200)
  })

  test('is refused during a call', async () => {
    const browser = await rig.loggedIn()
    rig.desk.inCall.add('6320')
    const answer = await browser.post('/api/logout')
    expect([answer.status, answer.body]).toEqual([409, { error: refused('in-call') }])
    expect((await browser.get('/api/session')).status).toBe(200)
  })

  test('without a session is 401', async () => {
    expect((await rig.browser().post('/api/logout')).status).toBe(401)
  })

  test('leaves no key of the session but the reason', async () => {
    const browser = await rig.loggedIn()
    await browser.post('/api/logout')
    const keys = await rig.redis.keys(`${rig.keys.login(userId('6320'))}*`)
    expect(keys).toEqual([])
    expect(await rig.alarms()).toEqual([])
    expect(await rig.redis.scard(rig.keys.sessions)).toBe(0)
  })
})

describe('a session', () => {
  test('survives a restart of the server', async () => {
    const browser = await rig.loggedIn()
    await rig.restart()
    expect((await browser.get('/api/session')).status).toBe(200)
    expect((await rig.browser().logIn('6320')).status).toBe(409)
  })

  test('that was forced to end says so, and the next login works at once', async () => {
    const browser = await rig.loggedIn()
    expect(await rig.sessions.endSession(userId('6320'), 'forced')).toBe(true)
    expect((await browser.get('/api/session')).body).toMatchObject({ reason: 'forced' })
    expect(rig.desk.asked.at(-1)).toEqual(['dropOut', '6320', 'forced'])
    expect((await browser.logIn('6320')).status).toBe(200)
    expect(await rig.sessions.endSession(userId('sv2'), 'forced')).toBe(false)
  })

  test('unused for a week ends; used meanwhile, it goes on', async () => {
    const browser = await rig.loggedIn()
    await rig.pass(6 * DAY_MS)
    expect((await browser.get('/api/session')).headers['set-cookie']).toHaveLength(1)
    await rig.pass(6 * DAY_MS)
    expect((await browser.get('/api/session')).status).toBe(200)
    await rig.pass(7 * DAY_MS + HOUR_MS)
    expect((await browser.get('/api/session')).body).toMatchObject({ reason: 'expired' })
    expect(rig.desk.asked.at(-1)).toEqual(['dropOut', '6320', 'expired'])
  })

  test('of somebody with a desk whom nobody knows as working is ended at start', async () => {
    const lost = await rig.loggedIn('6320')
    const kept = await rig.loggedIn('6321')
    const chief = await rig.loggedIn('sv1')
    const boss = await rig.loggedIn('admin')
    await rig.sessions.reconcile([userId('6321')])
    expect((await chief.get('/api/session')).body).toMatchObject({ reason: 'link-lost' })
    expect((await lost.get('/api/session')).body).toMatchObject({ reason: 'link-lost' })
    expect((await kept.get('/api/session')).status).toBe(200)
    expect((await boss.get('/api/session')).status).toBe(200)
  })

  test.each(['', 'short', 'x'.repeat(43), '../../etc', 'ü'])(
    'is not found under the token %j',
    async (token) => {
      const browser = rig.browser()
      browser.cookie = `__Host-tsunagu=${encodeURIComponent(token)}`
      const { status, body } = await browser.get('/api/session')
      expect([status, body]).toEqual([401, { error: refused('not-logged-in') }])
    },
  )
})

test('the phone’s account is for the session’s own extension only', async () => {
  const phone = await (await rig.loggedIn('6320')).get('/api/phone')
  expect(phone.body).toEqual({
    extension: '6320',
    password: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/) as unknown,
    domain: 'tsunagu.invalid',
    legHeader: 'X-Tsunagu-Leg',
  })
  expect(phone.headers['cache-control']).toBe('no-store')
  expect((await (await rig.loggedIn('admin')).get('/api/phone')).status).toBe(403)
  expect((await rig.browser().get('/api/phone')).status).toBe(401)
})

test('no secret is ever logged', async () => {
  const browser = await rig.loggedIn('6320')
  const { password } = (await browser.get('/api/phone')).body as { password: string }
  rig.desk.broken.add('logOut')
  expect((await browser.post('/api/logout')).status).toBe(500)
  const log = rig.logs.join()
  expect(log).toContain('desk cannot logOut')
  expect(log).not.toContain(password)
  expect(log).not.toContain(browser.cookie?.split('=')[1] ?? '')
  expect(log).not.toContain('demo-')
})
