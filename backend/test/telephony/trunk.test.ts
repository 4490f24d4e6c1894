import { createSocket } from 'node:dgram'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEngine, type Engine, type World } from '../support/rig.js'
import { withWorld } from '../support/rig-hooks.js'
import { hasCaller } from '../../src/domain/call/names.js'

let world: World
let engine: Engine

withWorld((started) => (world = started))
beforeAll(async () => {
  engine = await startEngine(world)
  await engine.connected()
})
afterAll(() => engine.stop())

interface Invite {
  /** The loopback address it comes from; the carrier's is 127.0.0.2. */
  source: string
  from: string
  headers?: string[]
}

/** Sends one INVITE by hand and resolves with the first final or ringing answer's status. */
function invite({ source, from, headers = [] }: Invite): Promise<number> {
  const socket = createSocket('udp4')
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (message) => {
      const status = Number(/^SIP\/2\.0 (\d+)/.exec(message.toString())?.[1])
      if (status <= 100) return
      socket.close()
      resolve(status)
    })
    socket.bind(0, source, () => {
      const { port } = socket.address()
      const id = Math.random().toString(36).slice(2)
      const sdp = `v=0\r\no=- 1 1 IN IP4 ${source}\r\ns=-\r\nc=IN IP4 ${source}\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n`
      const lines = [
        `INVITE sip:0350600025@127.0.0.1:${String(world.sipPort)} SIP/2.0`,
        `Via: SIP/2.0/UDP ${source}:${String(port)};branch=z9hG4bK${id};rport`,
        `From: ${from};tag=${id}`,
        `To: <sip:0350600025@127.0.0.1>`,
        `Call-ID: ${id}`,
        'CSeq: 1 INVITE',
        `Contact: <sip:x@${source}:${String(port)}>`,
        'Max-Forwards: 70',
        ...headers,
        'Content-Type: application/sdp',
        `Content-Length: ${String(sdp.length)}`,
      ]
      socket.send(`${lines.join('\r\n')}\r\n\r\n${sdp}`, world.sipPort, '127.0.0.1')
    })
  })
}

const callerNumbers = async () =>
  (await engine.store.calls.list()).filter(hasCaller).map(({ callerNumber }) => callerNumber)

test('the trunk is known by its address, not by a name that anybody can write', async () => {
  for (const name of ['trunk', 'stranger', '6320']) {
    expect(await invite({ source: '127.0.0.3', from: `<sip:${name}@example.invalid>` })).toBe(401)
  }
  expect(await callerNumbers()).toEqual([])
})

test.each<[string, Invite]>([
  ['an anonymous From', { source: '127.0.0.2', from: '"Anonymous" <sip:anonymous@anonymous.invalid>' }],
  [
    'Privacy: id',
    {
      source: '127.0.0.2',
      from: '"Anonymous" <sip:anonymous@anonymous.invalid>',
      headers: ['P-Asserted-Identity: <sip:09012345678@carrier.invalid>', 'Privacy: id'],
    },
  ],
])('a withheld number stays withheld: %s', async (_how, request) => {
  expect(await invite(request)).toBe(180)
  expect(await callerNumbers()).toEqual([''])
  for (const { id } of (await engine.telephony.facts()).channels) await engine.telephony.hangUp(id)
  await expect.poll(callerNumbers).toEqual([])
})
