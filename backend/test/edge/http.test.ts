import { readFileSync, statSync } from 'node:fs'
import { X509Certificate } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import type { Answer } from './browser.js'
import { EdgeRig } from './edge-rig.js'

let rig: EdgeRig

beforeAll(async () => {
  rig = await EdgeRig.start()
})
afterAll(() => rig.stop())

const version = (
  JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }
).version

describe('a wrong request is 400 and names the field', () => {
  const good = { userId: '6320', password: 'x' }
  test.each([
    ['bad JSON', '{"userId":', 'body'],
    ['no object', '7', 'body'],
    ['an array', [], 'body'],
    ['null', 'null', 'body'],
    ['nothing', {}, 'userId'],
    ['a missing field', { userId: '6320' }, 'password'],
    ['an unknown field', { ...good, admin: true }, 'admin'],
    ['a wrong type', { ...good, userId: 6320 }, 'userId'],
    ['a nested object', { ...good, password: { $ne: '' } }, 'password'],
    ['an over-long field', { ...good, userId: '6'.repeat(65) }, 'userId'],
    ['an over-long password', { ...good, password: 'x'.repeat(257) }, 'password'],
    ['a body that is too large', { ...good, password: 'x'.repeat(20_000) }, 'body'],
    ['an own __proto__', '{"userId":"6320","password":"x","__proto__":{"a":1}}', 'body'],
  ])('%s', async (_, body, field) => {
    const answer = await rig.browser().post('/api/login', body)
    expect([answer.status, answer.body]).toEqual([
      400,
      { error: { code: 'bad-request', message: expect.any(String) as unknown, field } },
    ])
  })

  test.each([
    ['a form', { 'Content-Type': 'application/x-www-form-urlencoded' }],
    ['an unknown encoding', { 'Content-Encoding': 'zip' }],
    ['a broken compression', { 'Content-Encoding': 'gzip' }],
  ])('%s', async (_, headers) => {
    const answer = await rig.browser().post('/api/login', good, { 'X-Requested-With': 'tsunagu', ...headers })
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      error: { code: 'bad-request', field: expect.any(String) as unknown },
    })
  })

  test('a field nobody knows at logout', async () => {
    const answer = await rig.browser().post('/api/logout', { all: true })
    expect([answer.status, answer.body]).toMatchObject([400, { error: { field: 'all' } }])
  })

  test('none of it was a fault', () => {
    expect(rig.logs.filter((line) => line.includes('"error"'))).toEqual([])
  })
})

describe('a forged request is 403', () => {
  const body = { userId: '6320', password: 'demo-6320' }
  test.each([
    ['without our header', {}],
    ['with another value', { 'X-Requested-With': 'XMLHttpRequest' }],
    ['from another origin', { 'X-Requested-With': 'tsunagu', Origin: 'https://evil.example' }],
    ['from our host by plain HTTP', { 'X-Requested-With': 'tsunagu', Origin: 'http://localhost' }],
    ['from a sandbox', { 'X-Requested-With': 'tsunagu', Origin: 'null' }],
  ])('%s', async (_, headers) => {
    const answer = await rig.browser().post('/api/login', body, headers)
    expect([answer.status, answer.body]).toMatchObject([403, { error: { code: 'forbidden' } }])
  })
})

describe('addresses', () => {
  test.each([
    '/api/nothing',
    '/api',
    '/api/login/more',
    '/API/version',
    '/nothing',
    '/%ff',
    '/..%2f..%2fetc/passwd',
  ])('%s is not found', async (path) => {
    const answer = await rig.browser().get(path)
    expect([answer.status, answer.body]).toMatchObject([404, { error: { code: 'not-found' } }])
  })

  test('a method an address does not have is not found', async () => {
    const answer = await rig
      .browser()
      .send({ method: 'DELETE', path: '/api/login', headers: { 'X-Requested-With': 'tsunagu' } })
    expect(answer.status).toBe(404)
    expect((await rig.browser().get('/api/login')).status).toBe(404)
  })

  test('version, health and readiness are public', async () => {
    const browser = rig.browser()
    expect((await browser.get('/api/version')).body).toEqual({ version })
    expect((await browser.get('/healthz')).body).toEqual({ status: 'ok' })
    const ready = await browser.get('/readyz')
    expect([ready.status, ready.body]).toEqual([200, { ready: true, parts: { redis: true, asterisk: true } }])
  })

  test('readiness says which part is missing', async () => {
    rig.health['asterisk'] = false
    const { status, body } = await rig.browser().get('/readyz')
    rig.health['asterisk'] = true
    expect([status, body]).toEqual([503, { ready: false, parts: { redis: true, asterisk: false } }])
  })

  test('metrics name routes, not addresses', async () => {
    await rig.browser().get('/api/version?secret=1')
    const { text, headers } = await rig.browser().get('/metrics')
    expect(headers['content-type']).toMatch(/^text\/plain/)
    expect(text).toContain('process_cpu_seconds_total')
    expect(text).toContain('route="/api/version",status="200"')
    expect(text).toContain('tsunagu_pages 0')
    expect(text).toContain('tsunagu_sip_links 0')
    expect(text).not.toContain('secret')
  })
})

describe('the page', () => {
  test.each(['/', '/login', '/operator', '/monitor', '/settings', '/logged-out', '/notices', '/manual'])(
    '%s is the page',
    async (path) => {
      const { status, text, headers } = await rig.browser().get(path)
      expect([status, text]).toEqual([200, '<!doctype html><title>つなぐ</title>'])
      expect(headers['cache-control']).toBe('no-cache')
      expect(headers['content-type']).toBe('text/html; charset=utf-8')
    },
  )

  test('hashed files may be kept for ever, others are asked for again', async () => {
    const hashed = await rig.browser().get('/assets/index-abc123.js')
    expect(hashed.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(hashed.headers['content-type']).toMatch(/javascript/)
    const icon = await rig.browser().get('/favicon.svg', { Range: 'bytes=5-2' })
    expect([icon.status, icon.headers['cache-control']]).toEqual([200, 'no-cache'])
    expect(
      (await rig.browser().get('/favicon.svg', { 'If-None-Match': icon.headers.etag ?? '' })).status,
    ).toBe(304)
  })

  test('a person at a wrong address gets the page, which says so', async () => {
    const { status, text } = await rig.browser().get('/wrong', { Accept: 'text/html,*/*' })
    expect(status).toBe(404)
    expect(text).toContain('つなぐ')
  })

  test('nothing but our own may run, be framed or be connected to', async () => {
    const { headers } = await rig.browser().get('/login')
    const policy = headers['content-security-policy']
    expect(policy).toContain("default-src 'self';")
    expect(policy).toContain(`connect-src 'self' wss://localhost:${rig.port}`)
    expect(policy).toContain("media-src 'self' blob:")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
    expect(headers['permissions-policy']).toContain('microphone=(self)')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['strict-transport-security']).toBeUndefined()
  })

  test('a Host header cannot write into the policy', async () => {
    const { headers } = await rig.browser().get('/login', { Host: "x; script-src 'unsafe-inline'" })
    expect(headers['content-security-policy'] ?? '').not.toContain('unsafe-inline')
  })
})

describe('the OpenAPI document', () => {
  test('names every address, and the answers are as it says', async () => {
    const browser = rig.browser()
    const document = (await browser.get('/api/openapi.json')).body as Openapi
    const holds = (operation: string, answer: Answer): void => matches(document, operation, answer)
    expect(Object.keys(document.paths).sort()).toEqual([
      ...['/api/books/personal', '/api/books/personal/export', '/api/books/personal/import'],
      ...['/api/books/shared', '/api/history'],
      ...['/api/login', '/api/logout'],
      ...['/api/monitor/acts', '/api/monitor/alerts', '/api/monitor/at', '/api/monitor/behind'],
      ...['/api/monitor/behind.csv', '/api/monitor/calls/{id}', '/api/monitor/day'],
      ...['/api/monitor/figures', '/api/monitor/thresholds'],
      ...['/api/notices', '/api/notices/read', '/api/notices/unread', '/api/notices/{id}'],
      ...['/api/openapi.json', '/api/phone', '/api/session', '/api/version'],
      ...['/healthz', '/metrics', '/readyz'],
    ])
    holds('get /api/session', await browser.get('/api/session'))
    holds('post /api/login', await browser.post('/api/login', { a: 1 }))
    holds('post /api/login', await browser.post('/api/login', {}, {}))
    holds('post /api/login', await browser.logIn('sv1', 'no'))
    holds('post /api/login', await browser.logIn('sv1'))
    holds('post /api/login', await rig.browser().logIn('sv1'))
    holds('get /api/phone', await browser.get('/api/phone'))
    holds('get /api/notices', await browser.get('/api/notices'))
    holds('get /api/notices/unread', await browser.get('/api/notices/unread'))
    holds('put /api/notices/read', await browser.put('/api/notices/read', { until: 0 }))
    holds('delete /api/notices/{id}', await browser.delete('/api/notices/1'))
    for (const path of ['/api/session', '/api/version', '/healthz', '/readyz', '/api/openapi.json']) {
      holds(`get ${path}`, await browser.get(path))
    }
    holds('post /api/logout', await browser.post('/api/logout'))
  })
})

interface Openapi {
  paths: Record<string, Record<string, { responses: Record<string, Described> }>>
}

interface Described {
  content: Record<string, { schema: Parameters<typeof z.fromJSONSchema>[0] }>
}

function matches(document: Openapi, operation: string, { status, body }: Answer): void {
  const [method = '', path = ''] = operation.split(' ')
  const described = document.paths[path]?.[method]?.responses[String(status)]
  const schema = described?.content['application/json']?.schema
  if (schema === undefined)
    throw new Error(`the document does not say that ${operation} may answer ${status}`)
  z.fromJSONSchema(schema).parse(body)
}

test('a port that is taken is refused in words', async () => {
  const second = await rig.secondEdge(rig.port)
  await expect(second.listen()).rejects.toThrow(
    `PORT: ${rig.port} on 127.0.0.1 is in use by another program.`,
  )
  await second.close()
})

describe('the certificate', () => {
  test('is made once, names the host, and its key is the owner’s only', async () => {
    const files = ['key.pem', 'cert.pem'].map((name) => join(rig.dir, 'tls', name))
    const before = files.map((file) => readFileSync(file, 'utf8'))
    await rig.restart()
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
    expect(statSync(files[0] ?? '').mode & 0o777).toBe(0o600)
    const certificate = new X509Certificate(before[1] ?? '')
    expect(certificate.checkHost('localhost')).toBe('localhost')
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1')
  })
})
