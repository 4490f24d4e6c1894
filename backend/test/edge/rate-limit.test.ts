import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { EdgeRig } from './edge-rig.js'

let rig: EdgeRig

beforeAll(async () => {
  rig = await EdgeRig.start({ limits: { perUser: 3, perAddress: 8, windowSeconds: 60 } })
})
afterAll(() => rig.stop())
afterEach(async () => {
  const counters = [
    ...(await rig.redis.keys(`${rig.keys.triesOfUser}*`)),
    ...(await rig.redis.keys(`${rig.keys.triesOfAddress}*`)),
  ]
  if (counters.length > 0) await rig.redis.del(...counters)
})

const wrong = (id: string) => rig.browser().logIn(id, 'wrong')

test('after too many failures even the right password must wait', async () => {
  for (let i = 0; i < 3; i++) expect((await wrong('6320')).status).toBe(401)
  const { status, body, headers } = await rig.browser().logIn('6320')
  expect(status).toBe(429)
  expect(body).toMatchObject({ error: { code: 'too-many-attempts' } })
  expect(Number(headers['retry-after'])).toBeGreaterThan(0)
  expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60)
  expect((await rig.browser().logIn('6321')).status).toBe(200)
})

test('a hundred tries at once are not all admitted', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => wrong('6322')))
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(3)
})

test('a login that works clears its user’s failures', async () => {
  for (let round = 0; round < 3; round++) {
    await wrong('sv1')
    const browser = await rig.loggedIn('sv1')
    await browser.post('/api/logout')
  }
  expect((await wrong('sv1')).status).toBe(401)
})

test('an address that tries many users must wait, whoever it names next', async () => {
  for (let i = 0; i < 8; i++) expect((await wrong(`guess-${i}`)).status).toBe(401)
  expect((await rig.browser().logIn('6323')).status).toBe(429)
})

test('many logins that work are no attack', async () => {
  for (let i = 0; i < 12; i++) {
    const browser = await rig.loggedIn('admin')
    await browser.post('/api/logout')
  }
})
