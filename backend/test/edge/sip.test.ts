import { randomBytes } from 'node:crypto'
import { connect } from 'node:tls'
import { userId } from '@tsunagu/contract'
import type WebSocket from 'ws'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { until, type Browser } from './browser.js'
import { EdgeRig } from './edge-rig.js'

let rig: EdgeRig
let browser: Browser

beforeAll(async () => {
  rig = await EdgeRig.start()
})
afterAll(() => rig.stop())
beforeEach(async () => {
  for (const id of ['6320', '6321', 'admin']) await rig.sessions.endSession(userId(id), 'forced')
  browser = await rig.loggedIn()
})

const opened = (ws: WebSocket) =>
  new Promise<WebSocket>((resolve, reject) => {
    ws.once('open', () => resolve(ws))
    ws.once('error', reject)
  })

const closed = (ws: WebSocket) => new Promise((resolve) => ws.once('close', resolve))

/** The HTTP status a link was refused with. */
const refusedWith = (ws: WebSocket) =>
  new Promise<number | undefined>((resolve, reject) => {
    ws.on('error', () => undefined)
    ws.once('unexpected-response', (_, answer) => resolve(answer.statusCode))
    ws.once('open', () => reject(new Error('was let in')))
  })

const echo = (ws: WebSocket, data: string | Buffer) =>
  new Promise<Buffer>((resolve) => {
    ws.once('message', (back: Buffer) => resolve(back))
    ws.send(data)
  })

describe('a SIP link', () => {
  test('carries what both sides say', async () => {
    const ws = await opened(browser.sip())
    expect(ws.protocol).toBe('sip')
    expect((await echo(ws, 'REGISTER sip:tsunagu.invalid SIP/2.0\r\n')).toString()).toMatch(/^REGISTER/)
    const large = randomBytes(5_000_000)
    expect((await echo(ws, large)).equals(large)).toBe(true)
  })

  test('shows Asterisk nothing of the browser', async () => {
    await opened(browser.sip({ 'User-Agent': 'hidden' }))
    const { headers, url } = rig.asteriskRequests.at(-1) ?? { headers: {}, url: '' }
    expect(url).toBe('/ws')
    expect(headers['cookie']).toBeUndefined()
    expect(Object.keys(headers).sort()).toEqual([
      'connection',
      'host',
      'sec-websocket-key',
      'sec-websocket-protocol',
      'sec-websocket-version',
      'upgrade',
    ])
  })

  test('stays while Socket.IO is used beside it', async () => {
    const ws = await opened(browser.sip())
    const page = await browser.connected()
    page.disconnect()
    // Longer than Socket.IO's own limit for upgrades it does not know.
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect((await echo(ws, 'still here')).toString()).toBe('still here')
  })

  test('ends with its session', async () => {
    const links = [await opened(browser.sip()), await opened(browser.sip())]
    const other = await opened((await rig.loggedIn('6321')).sip())
    const ends = Promise.all(links.map(closed))
    await rig.sessions.endSession(userId('6320'), 'forced')
    await ends
    expect((await echo(other, 'x')).toString()).toBe('x')
  })

  test('ends on Asterisk’s side when the browser goes', async () => {
    const ws = await opened(browser.sip())
    const gone = closedUpstream()
    ws.terminate()
    await gone
  })

  test('ends in the browser when Asterisk goes', async () => {
    const ws = await opened(browser.sip())
    const gone = closed(ws)
    rig.asteriskRequests.at(-1)?.socket.destroy()
    await gone
  })

  test('of a session that opens too many is closed, the oldest first', async () => {
    const oldest = await opened(browser.sip())
    const gone = closed(oldest)
    const others = []
    for (let i = 0; i < 4; i++) others.push(await opened(browser.sip()))
    await gone
    for (const ws of others) expect((await echo(ws, 'still here')).toString()).toBe('still here')
  })

  test('is counted', async () => {
    const ws = await opened(browser.sip())
    expect((await browser.get('/metrics')).text).toContain('tsunagu_sip_links 1')
    ws.close()
    await until(async () =>
      (await browser.get('/metrics')).text.includes('tsunagu_sip_links 0') ? '' : 'still counted',
    )
  })

  const closedUpstream = () =>
    new Promise((resolve) => rig.asteriskRequests.at(-1)?.socket.once('close', resolve))
})

describe('is refused', () => {
  test('without a session', async () => {
    expect(await refusedWith(rig.browser().sip())).toBe(401)
  })

  test('with a session that has ended', async () => {
    await rig.sessions.endSession(userId('6320'), 'forced')
    expect(await refusedWith(browser.sip())).toBe(401)
  })

  test('to a user without a phone', async () => {
    expect(await refusedWith((await rig.loggedIn('admin')).sip())).toBe(403)
  })

  test('to a page of another origin', async () => {
    expect(await refusedWith(browser.sip({ Origin: 'https://evil.example' }))).toBe(403)
  })

  test('without the sub-protocol', async () => {
    expect(await refusedWith(browser.sip({}, '/sip', []))).toBe(400)
  })

  test.each(['/', '/sip/more', '/ws', '/socket.iox', '/sip2'])('at %s', async (path) => {
    expect(await refusedWith(browser.sip({}, path))).toBe(404)
  })

  test('by plain HTTP', async () => {
    expect((await browser.get('/sip')).status).toBe(404)
  })
})

test('a browser that breaks off in the middle harms nobody', async () => {
  for (const text of [
    'GET /sip HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
    'nonsense\r\n\r\n',
  ]) {
    const socket = connect({ port: rig.port, rejectUnauthorized: false })
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.once('secureConnect', resolve))
    socket.write(text)
    socket.destroy()
  }
  expect((await browser.get('/healthz')).status).toBe(200)
})

test('while Asterisk is away, the link is refused and the rest goes on', async () => {
  await rig.stopAsterisk()
  expect(await refusedWith(browser.sip())).toBe(502)
  expect((await browser.get('/api/session')).status).toBe(200)
  expect(rig.logs.some((line) => line.includes('SIP link to Asterisk failed'))).toBe(true)
})
