import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { sipRefusal, upstreamHead } from './sip-request.js'

const headers = {
  host: 'pbx:3000',
  origin: 'https://pbx:3000',
  upgrade: 'websocket',
  cookie: '__Host-tsunagu=hidden',
  'user-agent': 'hidden',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-protocol': 'sip',
  'sec-websocket-extensions': 'permessage-deflate',
}
const request = (changed: Record<string, string | undefined> = {}, method = 'GET') =>
  ({ method, headers: { ...headers, ...changed } }) as unknown as IncomingMessage

test('a browser of our own page passes', () => {
  expect(sipRefusal(request())).toBeUndefined()
  expect(sipRefusal(request({ 'sec-websocket-protocol': 'chat, sip' }))).toBeUndefined()
})

test.each([
  [403, { origin: 'https://evil.example' }],
  [403, { origin: 'http://pbx:3000' }],
  [403, { origin: 'null' }],
  [400, { upgrade: 'h2c' }],
  [426, { 'sec-websocket-version': '8' }],
  [400, { 'sec-websocket-key': 'short' }],
  [400, { 'sec-websocket-key': undefined }],
  [400, { 'sec-websocket-protocol': undefined }],
  [400, { 'sec-websocket-protocol': 'sips' }],
])('%i for %j', (status, changed) => {
  expect(sipRefusal(request(changed))).toBe(status)
})

test('another method is refused', () => {
  expect(sipRefusal(request({}, 'POST'))).toBe(400)
})

test('Asterisk gets the key and nothing else of the browser', () => {
  expect(upstreamHead(request(), new URL('http://127.0.0.1:8088/ari'))).toBe(
    'GET /ws HTTP/1.1\r\nHost: 127.0.0.1:8088\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n',
  )
})
