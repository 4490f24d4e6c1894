import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWorld, type World } from '../support/rig.js'
import { EdgeRig } from './edge-rig.js'

let world: World
let rig: EdgeRig

beforeAll(async () => {
  world = await startWorld()
  rig = await EdgeRig.start({ ariUrl: world.ari.url })
})
afterAll(async () => {
  await rig.stop()
  await world.stop()
})

const OPTIONS = [
  'OPTIONS sip:tsunagu.invalid SIP/2.0',
  'Via: SIP/2.0/WSS test.invalid;branch=z9hG4bK1',
  'Max-Forwards: 70',
  'From: <sip:6320@tsunagu.invalid>;tag=1',
  'To: <sip:tsunagu.invalid>',
  'Call-ID: options-1',
  'CSeq: 1 OPTIONS',
  'Contact: <sip:6320@test.invalid;transport=ws>',
  'Content-Length: 0',
  '\r\n',
].join('\r\n')

test('a logged-in browser speaks SIP with the real Asterisk through /sip', async () => {
  const browser = await rig.loggedIn()
  const ws = browser.sip()
  const answer = await new Promise<string>((resolve, reject) => {
    ws.once('error', reject)
    ws.once('message', (data: Buffer) => resolve(data.toString()))
    ws.once('open', () => ws.send(OPTIONS))
  })
  expect(ws.protocol).toBe('sip')
  expect(answer).toMatch(/^SIP\/2\.0 \d{3} /)
  expect(answer).toContain('Call-ID: options-1')
})
