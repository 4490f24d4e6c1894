import { userId, type ConnectRefusal, type LogoutReason } from '@tsunagu/contract'
import WebSocket from 'ws'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until, type Browser, type PageSocket } from './browser.js'
import { EdgeRig } from './edge-rig.js'

const GRACE = 'session-grace:6320'
let rig: EdgeRig
let browser: Browser

beforeAll(async () => {
  rig = await EdgeRig.start({ pings: { pingInterval: 150, pingTimeout: 150 } })
})
afterAll(() => rig.stop())
beforeEach(async () => {
  for (const id of ['6320', '6321', 'sv1', 'admin']) await rig.sessions.endSession(userId(id), 'forced')
  rig.desk.broken.clear()
  rig.desk.slow.clear()
  rig.desk.answer = { ok: true }
  browser = await rig.loggedIn()
  rig.desk.asked.length = 0
})

function refusalOf(socket: PageSocket): Promise<ConnectRefusal | undefined> {
  return new Promise((resolve, reject) => {
    socket.once('connect_error', (error) => resolve((error as Error & { data?: ConnectRefusal }).data))
    socket.once('connect', () => reject(new Error('was let in')))
  })
}

const ended = (socket: PageSocket) =>
  new Promise<[LogoutReason, string]>((resolve) => {
    socket.once('session:ended', (reason) => socket.once('disconnect', (why) => resolve([reason, why])))
  })

const asked = (...entry: unknown[]) =>
  until(() =>
    rig.desk.asked.some((one) => String(one) === String(entry))
      ? ''
      : `the desk was not asked ${String(entry)}`,
  )

const hasGrace = (wanted: boolean) =>
  until(async () => ((await rig.alarms()).includes(GRACE) === wanted ? '' : `grace alarm is not ${wanted}`))

/** A page whose PC falls asleep: the connection stays, but nothing is answered any more. */
async function sleeping(name: string): Promise<WebSocket> {
  const url = `wss://localhost:${rig.port}/socket.io/?EIO=4&transport=websocket`
  const ws = new WebSocket(url, { rejectUnauthorized: false, headers: browser.cookieHeader })
  await new Promise<void>((resolve, reject) => {
    ws.once('error', reject)
    ws.on('message', (data: Buffer) => {
      const text = data.toString()
      if (text.startsWith('0')) ws.send(`40${JSON.stringify({ page: name })}`)
      if (text.startsWith('40')) resolve()
      if (text.startsWith('44')) reject(new Error(text))
    })
  })
  return ws
}

/** Requests of this name wait until they may go on. */
function slowed(name: string): { open: () => void } {
  let open = (): void => undefined
  rig.desk.slow.set(name, new Promise<void>((resolve) => (open = resolve)))
  return { open: () => open() }
}

describe('connecting', () => {
  test('without a session is refused with the reason', async () => {
    expect(await refusalOf(rig.browser().page())).toEqual({ code: 'not-logged-in' })
    await rig.sessions.endSession(userId('6320'), 'forced')
    expect(await refusalOf(browser.page())).toEqual({ code: 'not-logged-in', reason: 'forced' })
  })

  test.each([{}, { page: 'short' }, { page: 7 }, { page: 'page-0001', more: 1 }])(
    'as %j is refused',
    async (auth) => {
      expect(await refusalOf(browser.page('', { auth }))).toEqual({ code: 'bad-request' })
    },
  )

  test('from another origin is refused', async () => {
    const page = browser.page('page-0001', { headers: { Origin: 'https://evil.example' } })
    expect(await refusalOf(page)).toBeUndefined()
  })

  test('gives an operator his view at once', async () => {
    const page = browser.page()
    const view = await new Promise((resolve) => page.once('operator:view', resolve))
    expect(view).toMatchObject({ me: { id: '6320' } })
  })

  test('works for a supervisor, who has a phone but no status', async () => {
    const page = (await rig.loggedIn('sv1')).page()
    const view = await new Promise((resolve) => page.once('operator:view', resolve))
    expect(view).toMatchObject({ me: { id: 'sv1' } })
    expect(await page.emitWithAck('phone:claim')).toEqual({ ok: true })
    expect(await page.emitWithAck('call:answer')).toEqual({ ok: true })
    const forbidden = { ok: false, code: 'forbidden' }
    expect(await page.emitWithAck('status:choose', { kind: 'ready' })).toEqual(forbidden)
    expect(await page.emitWithAck('alert:set', { on: true })).toEqual(forbidden)
  })

  test('works for an administrator, who has no view and may ask nothing', async () => {
    const page = await (await rig.loggedIn('admin')).connected()
    expect(await page.emitWithAck('call:answer')).toEqual({ ok: false, code: 'forbidden' })
  })
})

describe('asking', () => {
  test('reaches the desk, and its answer comes back', async () => {
    const page = await browser.connected('page-0002')
    expect(await page.emitWithAck('phone:claim')).toEqual({ ok: true })
    expect(rig.desk.asked).toEqual([['claimPhone', '6320', 'page-0002']])
    rig.desk.answer = { ok: false, code: 'wrong-state' }
    expect(await page.emitWithAck('call:answer')).toEqual({ ok: false, code: 'wrong-state' })
  })

  test('in a wrong form, or for what there is not, is refused and harms nothing', async () => {
    const page = await browser.connected()
    const raw = page as unknown as { emitWithAck(event: string, ...args: unknown[]): Promise<unknown> }
    const bad = { ok: false, code: 'bad-request' }
    expect(await raw.emitWithAck('status:choose', { kind: 'ready', since: 1 })).toEqual(bad)
    expect(await raw.emitWithAck('call:dtmf', { digits: 'x' })).toEqual(bad)
    expect(await raw.emitWithAck('call:answer', 1, 2, 3)).toEqual(bad)
    expect(await raw.emitWithAck('constructor')).toEqual(bad)
    expect(await page.emitWithAck('call:answer')).toEqual({ ok: true })
    expect(rig.desk.asked).toEqual([['answer', '6320', 'page-0001']])
  })

  test('a fault is answered as one and logged once', async () => {
    const page = await browser.connected()
    rig.desk.broken.add('hangUp')
    rig.logs.length = 0
    expect(await page.emitWithAck('call:hangup')).toEqual({ ok: false, code: 'fault' })
    expect(rig.logs.filter((line) => line.includes('desk cannot hangUp'))).toHaveLength(1)
  })

  test('is served one after another: tones do not overtake each other', async () => {
    const page = await browser.connected()
    const { open } = slowed('sendDtmf')
    const answers = ['1', '2', '3'].map((digits) => page.emitWithAck('call:dtmf', { digits }))
    await asked('sendDtmf', '6320', 'page-0001', '1')
    // Of another page, so it need not wait; what came before it has arrived as well.
    await (await browser.connected('page-0002')).emitWithAck('status:cancel-next')
    expect(rig.desk.of('6320')).toEqual(['sendDtmf', 'cancelNext'])
    open()
    expect(await Promise.all(answers)).toEqual([{ ok: true }, { ok: true }, { ok: true }])
    expect(rig.desk.asked.filter(([name]) => name === 'sendDtmf').map((one) => one.at(-1))).toEqual([
      '1',
      '2',
      '3',
    ])
  })

  test('more than can wait is refused, and what waited is served', async () => {
    const page = await browser.connected()
    const { open } = slowed('sendDtmf')
    const answers = Array.from({ length: 34 }, () => page.emitWithAck('call:dtmf', { digits: '1' }))
    expect(await answers.at(-1)).toEqual({ ok: false, code: 'too-many-attempts' })
    open()
    expect(await Promise.all(answers.slice(0, -1))).toEqual(Array(33).fill({ ok: true }))
    expect(rig.desk.asked).toHaveLength(33)
  })

  test('too much at once costs the connection, not the server', async () => {
    const page = await browser.connected()
    page.emit('call:dtmf', { digits: '1'.repeat(100_000) }, () => undefined)
    await new Promise((resolve) => page.once('disconnect', resolve))
    expect((await rig.browser().get('/healthz')).status).toBe(200)
  })
})

describe('telling', () => {
  test('a view goes to all pages of its operator and to nobody else', async () => {
    const other = await rig.loggedIn('6321')
    const [one, two, foreign] = [
      await browser.connected('page-0001'),
      await browser.connected('page-0002'),
      await other.connected('page-0003'),
    ]
    const seen: string[] = []
    for (const [name, page] of Object.entries({ one, two, foreign })) {
      page.on('operator:view', ({ seq }) => seq === 9 && seen.push(name))
    }
    rig.publisher.operatorView(userId('6320'), rig.desk.view('6320', 9))
    await until(() => (seen.length >= 2 ? '' : `only ${seen.join()} saw it`))
    await foreign.emitWithAck('call:answer')
    expect(seen.sort()).toEqual(['one', 'two'])
  })

  test('the end of a session reaches every page, then closes it', async () => {
    const pages = [await browser.connected('page-0001'), await browser.connected('page-0002')]
    const ends = Promise.all(pages.map(ended))
    await rig.sessions.endSession(userId('6320'), 'forced')
    expect(await ends).toEqual([
      ['forced', 'io server disconnect'],
      ['forced', 'io server disconnect'],
    ])
    expect(rig.desk.of('6320')).toEqual(['dropOut'])
  })

  test('logging out in one tab ends the others', async () => {
    const page = await browser.connected()
    const end = ended(page)
    await browser.post('/api/logout')
    expect(await end).toEqual(['logged-out', 'io server disconnect'])
  })
})

describe('a link', () => {
  test('that is closed cleanly costs nothing but the page', async () => {
    const page = await browser.connected('page-0007')
    page.disconnect()
    await asked('pageGone', '6320', 'page-0007')
    await rig.pass(120_000)
    expect(await rig.alarms()).not.toContain(GRACE)
    expect((await browser.get('/api/session')).status).toBe(200)
  })

  test('of a browser that was killed is closed as well', async () => {
    const ws = await sleeping('page-0008')
    ws.terminate()
    await asked('pageGone', '6320', 'page-0008')
    expect(await rig.alarms()).not.toContain(GRACE)
  })

  test('that goes silent ends the session after the grace', async () => {
    const ws = await sleeping('page-0009')
    await hasGrace(true)
    await asked('pageGone', '6320', 'page-0009')
    await rig.pass(59_000)
    expect((await browser.get('/api/session')).status).toBe(200)
    await rig.pass(2_000)
    expect((await browser.get('/api/session')).body).toMatchObject({ reason: 'link-lost' })
    expect(rig.desk.asked.at(-1)).toEqual(['dropOut', '6320', 'link-lost'])
    expect(await refusalOf(browser.page())).toEqual({ code: 'not-logged-in', reason: 'link-lost' })
    expect((await browser.logIn('6320')).status).toBe(200)
    ws.terminate()
  })

  test('that went silent and comes back within the grace goes on', async () => {
    const ws = await sleeping('page-0010')
    await hasGrace(true)
    await browser.connected('page-0010')
    await hasGrace(false)
    await rig.pass(120_000)
    expect((await browser.get('/api/session')).status).toBe(200)
    ws.terminate()
  })

  test('that goes silent while another tab is there starts no grace', async () => {
    await browser.connected('page-0011')
    const ws = await sleeping('page-0012')
    await asked('pageGone', '6320', 'page-0012')
    expect(await rig.alarms()).not.toContain(GRACE)
    ws.terminate()
  })

  test('that ends while its page claims the phone does not leave it the phone', async () => {
    const page = await browser.connected('page-0016')
    const { open } = slowed('claimPhone')
    page.emit('phone:claim', () => undefined)
    page.emit('call:dtmf', { digits: '1' }, () => undefined)
    await asked('claimPhone', '6320', 'page-0016')
    rig.desk.done.length = 0
    page.disconnect()
    await until(() => (rig.publisher.open(sessionOf()) === 0 ? '' : 'the connection is still open'))
    // Other pages are asked meanwhile, so everything that would not wait has been done.
    await (await browser.connected('page-0017')).emitWithAck('status:cancel-next')
    open()
    await asked('pageGone', '6320', 'page-0016')
    await until(() => (rig.desk.done.includes('pageGone') ? '' : 'the page is not gone yet'))
    expect(rig.desk.done.filter((name) => name !== 'view')).toEqual(['cancelNext', 'claimPhone', 'pageGone'])
  })

  test('of a page that has a second connection does not lose the page', async () => {
    const [old] = [await browser.connected('page-0013'), await browser.connected('page-0013')]
    old?.disconnect()
    await until(() => (rig.publisher.open(sessionOf()) === 1 ? '' : 'the old connection is still open'))
    expect(rig.desk.of('6320')).not.toContain('pageGone')
  })

  test('survives a restart of the server without an end or a grace', async () => {
    const page = await browser.connected('page-0014')
    const gone = new Promise((resolve) => page.once('disconnect', resolve))
    const reasons: string[] = []
    page.on('session:ended', (reason) => reasons.push(reason))
    await rig.restart()
    await gone
    expect(reasons).toEqual([])
    expect(rig.desk.of('6320')).toEqual([])
    expect(await rig.alarms()).not.toContain(GRACE)
    await browser.connected('page-0014')
  })

  test('an alarm that comes while a page is connected ends nothing', async () => {
    await browser.connected('page-0015')
    await rig.sessions.onAlarm(GRACE)
    await rig.sessions.onAlarm('session-expiry:6320')
    await rig.sessions.onAlarm('session-nonsense')
    expect((await browser.get('/api/session')).status).toBe(200)
  })

  function sessionOf() {
    return session
  }
  let session: Parameters<EdgeRig['publisher']['open']>[0]
  beforeEach(async () => {
    const hash = await rig.redis.get(rig.keys.login(userId('6320')))
    session = { tokenHash: hash ?? '', userId: userId('6320'), createdAt: 0, phoneSecret: '' }
  })
})
