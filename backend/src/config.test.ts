import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readEnvironment } from '../../scripts/lib/environment.mjs'
import { loadConfig } from './config.js'
import { StartError } from './start-error.js'

const needed = {
  REDIS_URL: 'redis://127.0.0.1:6379',
  ARI_URL: 'http://127.0.0.1:8088',
  ARI_USER: 'tsunagu',
  ARI_PASSWORD: 'secret-1',
}

function problems(env: NodeJS.ProcessEnv): string[] {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof StartError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim())
    throw error
  }
  return []
}

test('without anything else, the documented defaults hold', () => {
  expect(loadConfig(needed)).toEqual({
    port: 3000,
    host: '0.0.0.0',
    publicHost: 'localhost',
    runtimeDir: resolve('.runtime'),
    redisUrl: 'redis://127.0.0.1:6379',
    database: resolve('.runtime/data/tsunagu.db'),
    ari: { url: 'http://127.0.0.1:8088', user: 'tsunagu', password: 'secret-1' },
    timeZone: 'Asia/Tokyo',
    logLevel: 'info',
    ringMs: 20_000,
    graceMs: 60_000,
    rejoinMs: 30_000,
    parkMs: 180_000,
    dialMs: 60_000,
    demo: false,
  })
})

test('every variable is taken over', () => {
  const config = loadConfig({
    ...needed,
    PORT: '3443',
    RUNTIME_DIR: '/srv/tsunagu',
    DATABASE_URL: 'sqlite:/srv/lasting.db',
    TLS_CERT: '/etc/cert.pem',
    TLS_KEY: '/etc/key.pem',
    RING_SECONDS: '5',
    TSUNAGU_DEMO: '1',
    ADMIN_USER: 'root',
    ADMIN_PASSWORD: 'long enough',
  })
  expect(config).toMatchObject({
    port: 3443,
    runtimeDir: '/srv/tsunagu',
    database: '/srv/lasting.db',
    tls: { certFile: '/etc/cert.pem', keyFile: '/etc/key.pem' },
    ringMs: 5_000,
    demo: true,
    firstAdmin: { userId: 'root', password: 'long enough' },
  })
})

test('the database follows the runtime directory', () => {
  expect(loadConfig({ ...needed, RUNTIME_DIR: '/run/two' }).database).toBe('/run/two/data/tsunagu.db')
})

test('empty variables count as unset', () => {
  expect(loadConfig({ ...needed, PORT: '', DATABASE_URL: ' ' }).port).toBe(3000)
})

test('all wrong values are listed together, in words', () => {
  const env = {
    ...needed,
    PORT: '70000',
    TZ_SITE: 'Mars/Base',
    LOG_LEVEL: 'loud',
    RING_SECONDS: '-1',
  }
  expect(problems(env)).toEqual([
    'PORT must be a port from 1 to 65535',
    'TZ_SITE must be a time zone such as Asia/Tokyo',
    'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent',
    'RING_SECONDS must be whole seconds from 1 to 86400',
  ])
})

test('what is needed and missing is named', () => {
  expect(problems({})).toEqual(
    ['REDIS_URL', 'ARI_URL', 'ARI_USER', 'ARI_PASSWORD'].map((name) => `${name} is missing`),
  )
})

test('PostgreSQL is named by its address', () => {
  const url = 'postgres://tsunagu:secret@db:5432/tsunagu'
  expect(loadConfig({ ...needed, DATABASE_URL: url }).database).toBe(url)
  expect(problems({ ...needed, DATABASE_URL: 'postgres:' })).toEqual([
    'DATABASE_URL must look like sqlite:path or postgres://user:password@host/database',
  ])
})

test('half a pair is refused', () => {
  expect(problems({ ...needed, TLS_CERT: '/a.pem', ADMIN_PASSWORD: 'long enough' })).toEqual([
    'TLS_KEY is missing: it belongs to TLS_CERT',
    'ADMIN_USER is missing: it belongs to ADMIN_PASSWORD',
  ])
})

test('a problem never shows a secret', () => {
  const env = { ...needed, ADMIN_USER: 'root', ADMIN_PASSWORD: 'short', REDIS_URL: 'http://:hidden@x' }
  expect(problems(env).join()).not.toMatch(/short|hidden/)
})

test.each(['0', '65536', '3000x', '-1', '3e3', ' '.repeat(2) + 'x'])('PORT=%s is refused', (PORT) => {
  expect(problems({ ...needed, PORT })).toHaveLength(1)
})

test('what only `npm start` reads is none of our business', () => {
  expect(problems({ ...needed, SIP_PORT: 'x', RTP_PORTS: '2-1', CARRIER: '' })).toEqual([])
})

describe('npm start takes and refuses the same values', () => {
  const numbers = ['0', '1', '3600', '3601', '65535', '65536', '86400', '86401', '1.5', '-1', 'x', '1e3']
  const secrets = ['short', 'long enough']
  const cases: Record<string, string[]> = {
    ...Object.fromEntries(
      ['PORT', 'RING_SECONDS', 'GRACE_SECONDS', 'REJOIN_SECONDS', 'PARK_SECONDS', 'DIAL_SECONDS'].map(
        (name) => [name, numbers],
      ),
    ),
    HOST: ['0.0.0.0', '::', 'a b', '-x'],
    PUBLIC_HOST: ['pbx.example', 'https://pbx', 'a/b'],
    REDIS_URL: ['redis://:x@r:6379', 'rediss://r', 'http://r', 'r:6379'],
    ARI_URL: ['http://p:8088', 'https://p', 'ws://p', 'p'],
    DATABASE_URL: ['sqlite:/x.db', 'sqlite:', 'mysql://x/y'],
    TZ_SITE: ['Asia/Tokyo', 'UTC', 'Mars/Base'],
    LOG_LEVEL: ['info', 'silent', 'loud', 'INFO'],
    ADMIN_USER: ['root', 'a b', 'x'.repeat(65)],
  }
  const accepts = (read: () => unknown): boolean => {
    try {
      read()
      return true
    } catch {
      return false
    }
  }

  test.each(Object.entries(cases))('%s', (name, values) => {
    for (const value of values) {
      const pair = name === 'ADMIN_USER' ? { ADMIN_PASSWORD: secrets[1] } : {}
      const env = { ...needed, ...pair, [name]: value }
      expect([name, value, accepts(() => loadConfig(env))]).toEqual([
        ...[name, value],
        accepts(() => readEnvironment(env, '/srv')),
      ])
    }
  })

  test('ADMIN_PASSWORD', () => {
    for (const ADMIN_PASSWORD of [...secrets, 'x'.repeat(256), 'x'.repeat(257)]) {
      const env = { ...needed, ADMIN_USER: 'root', ADMIN_PASSWORD }
      expect(accepts(() => loadConfig(env))).toBe(accepts(() => readEnvironment(env, '/srv')))
    }
  })
})
