import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { expect, test } from 'vitest'
import { securityHeaders } from './guards.js'
import { isSameOrigin } from './origin.js'

async function headersOf(strictTransport: boolean): Promise<Headers> {
  const app = new Koa().use(securityHeaders(strictTransport))
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { headers } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  server.closeAllConnections()
  server.close()
  return headers
}

test('browsers are bound to HTTPS only where the certificate is a real one', async () => {
  expect((await headersOf(true)).get('strict-transport-security')).toBe('max-age=15552000; includeSubDomains')
  expect((await headersOf(false)).get('strict-transport-security')).toBeNull()
})

test.each([
  [true, { host: 'pbx:3000', origin: 'https://pbx:3000' }],
  [true, { host: 'PBX', origin: 'https://pbx' }],
  [true, { host: 'pbx' }],
  [false, { host: 'pbx:3000', origin: 'https://pbx' }],
  [false, { host: 'pbx', origin: 'http://pbx' }],
  [false, { host: 'pbx', origin: 'https://pbx.evil.example' }],
  [false, { host: 'pbx', origin: 'null' }],
  [false, { origin: 'https://undefined' }],
])('%s: %j', (same, headers) => {
  expect(isSameOrigin(headers)).toBe(same)
})
