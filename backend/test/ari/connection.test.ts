import { afterEach, beforeEach, expect, test } from 'vitest'
import { FakeAri } from '../support/fake-ari.js'
import type { Log } from '../../src/app/ports.js'
import { AriConnection } from '../../src/adapters/ari/connection.js'

let server: FakeAri
let connection: AriConnection
let ups: number
let downs: number
let replaced: number
let frames: unknown[]
let logged: string[]
/** What `onUp` waits for. */
let settling: Promise<void>

beforeEach(async () => {
  server = new FakeAri()
  ;[ups, downs, replaced, frames, logged] = [0, 0, 0, [], []]
  settling = Promise.resolve()
  const note = (_fields: object, message: string): void => void logged.push(message)
  const log: Log = { debug: note, info: note, warn: note, error: note }
  connection = new AriConnection(await server.start(), log)
})
afterEach(async () => {
  connection.stop()
  await server.stop()
})

function begin(onFrame: (frame: unknown) => void = (frame) => void frames.push(frame)): void {
  connection.start({
    async onUp() {
      ups++
      await settling
    },
    onDown: () => void downs++,
    onFrame: (frame) => Promise.resolve(onFrame(frame)),
    onReplaced: () => void replaced++,
  })
}

const until = (what: () => unknown, message: string) => expect.poll(what, { timeout: 8_000, message })
const ring = () =>
  connection.run((client) => client.channels['ring']?.({ channelId: 'c1' }) ?? Promise.resolve())

test('the filters and the subscription are made anew with every connection', async () => {
  const all = [
    'PUT /applications/tsunagu/eventFilter',
    'PUT /applications/tsunagu-presence/eventFilter',
    'POST /applications/tsunagu-presence/subscription',
  ]
  begin()
  await until(() => server.asked, 'the first connection').toEqual(all)
  server.cut()
  await until(() => server.asked, 'the second connection').toEqual([...all, ...all])
})

test('an event of a type nobody knows, one that is no JSON, and one that is no object do no harm', async () => {
  begin()
  await until(() => ups, 'up').toBe(1)
  server.say({ type: 'ChannelTeleported', channel: 7 })
  server.say('{"type": "StasisSta')
  server.say('"text"')
  server.say('null')
  server.say({ type: 'StasisEnd' })
  await until(() => frames, 'both objects').toEqual([
    { type: 'ChannelTeleported', channel: 7 },
    { type: 'StasisEnd' },
  ])
  expect(logged.filter((message) => message === 'an event of Asterisk is not JSON')).toHaveLength(3)
  expect(downs).toBe(0)
})

test('an event that cannot be handled is told, and the next one comes all the same', async () => {
  begin((frame) => {
    frames.push(frame)
    if (frames.length === 1) throw new Error('broken')
  })
  await until(() => ups, 'up').toBe(1)
  server.say({ type: 'A' })
  server.say({ type: 'B' })
  await until(() => frames, 'both').toHaveLength(2)
  expect(logged).toContain('an event of Asterisk could not be handled')
})

test('events that come while we still agree with Asterisk are told afterwards, in order', async () => {
  let agree: () => void = () => undefined
  settling = new Promise((resolve) => (agree = resolve))
  begin()
  await until(() => ups, 'up').toBe(1)
  for (const type of ['A', 'B', 'C']) server.say({ type })
  await ring()
  expect(frames).toEqual([])
  agree()
  await until(() => frames, 'all three').toEqual([{ type: 'A' }, { type: 'B' }, { type: 'C' }])
})

test('another process that takes the application is told at once', async () => {
  begin()
  await until(() => ups, 'up').toBe(1)
  server.say({ type: 'ApplicationReplaced', application: 'tsunagu' })
  await until(() => replaced, 'replaced').toBe(1)
  expect(frames).toEqual([])
})

test('a lost connection is told once, and comes back', async () => {
  begin()
  await until(() => ups, 'up').toBe(1)
  expect(connection.up).toBe(true)
  server.cut()
  await until(() => downs, 'down').toBe(1)
  await until(() => ups, 'up again').toBe(2)
  server.say({ type: 'A' })
  await until(() => frames, 'the event').toHaveLength(1)
  expect(downs).toBe(1)
})

test('a socket that breaks while it opens leaves no second one behind', async () => {
  server.refuseSockets = 1
  begin()
  await until(() => ups, 'up').toBe(1)
  // `ari-client` tries by itself 100 ms later; whatever it opened must be gone by the time the next one is through.
  server.cut()
  await until(() => ups, 'up again').toBe(2)
  await until(() => server.sockets.size, 'one socket').toBe(1)
  server.say({ type: 'A' })
  await until(() => frames, 'the event, once').toHaveLength(1)
}, 20_000)

test('after 20 reconnects there is one socket, and as many timers as at first', async () => {
  begin()
  await until(() => ups, 'up').toBe(1)
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  await until(() => server.asked.length, 'subscribed').toBe(3)
  const before = timers()
  for (let round = 2; round <= 21; round++) {
    server.cut()
    await until(() => ups, `up the ${String(round)}th time`).toBe(round)
    await until(() => server.asked.length, 'subscribed').toBe(3 * round)
  }
  expect(server.sockets.size).toBe(1)
  await until(timers, 'timers').toBeLessThanOrEqual(before)
  expect(ups).toBe(21)
  expect(downs).toBe(20)
}, 60_000)

test('a command without an answer times out, and the connection lives', async () => {
  begin()
  await until(() => ups, 'up').toBe(1)
  server.misbehave = () => true
  await expect(
    connection.run((client) => client.channels['ring']?.({ channelId: 'c1' }) ?? Promise.resolve(), 50),
  ).rejects.toThrow('no answer within 50 ms')
  server.misbehave = undefined
  await ring()
  expect(server.asked).toContain('POST /channels/c1/ring')
})

test('without a connection a command fails at once', async () => {
  await expect(ring()).rejects.toThrow('no connection to Asterisk')
})

test('an Asterisk that still loads is tried again', async () => {
  let refusals = 3
  server.misbehave = (_request, response) => {
    if (refusals-- <= 0) return false
    response.writeHead(503, { 'content-type': 'text/html' }).end('<html>503 Service Unavailable</html>')
    return true
  }
  begin()
  await until(() => ups, 'up').toBe(1)
})

test('after stop nothing comes back', async () => {
  begin()
  await until(() => ups, 'up').toBe(1)
  connection.stop()
  await until(() => server.sockets.size, 'no socket').toBe(0)
  expect(connection.up).toBe(false)
  const { opened } = server
  await expect(ring()).rejects.toThrow('no connection to Asterisk')
  expect(server.opened).toBe(opened)
})

test('stopped while it connects, it leaves nothing open', async () => {
  server.misbehave = (request) => {
    if (request.url?.includes('api-docs')) connection.stop()
    return false
  }
  begin()
  await until(() => server.opened, 'it was under way').toBe(1)
  await until(() => server.sockets.size, 'no socket').toBe(0)
  expect(ups).toBe(0)
})
