// @ts-check
import { expect, test } from 'vitest'
import { readEnvironment } from './environment.mjs'

const read = (/** @type {NodeJS.ProcessEnv} */ env) => readEnvironment(env, '/srv/tsunagu')

test('nothing set: everything has its default', () => {
  expect(read({})).toMatchObject({
    PORT: 3000,
    SIP_PORT: 5060,
    CARRIER: 'demo',
    RUNTIME_DIR: '/srv/tsunagu/.runtime',
    TZ_SITE: 'Asia/Tokyo',
  })
})

test('an empty variable counts as unset', () => {
  expect(read({ PORT: '', REDIS_URL: ' ' })).toMatchObject({ PORT: 3000 })
  expect(read({ REDIS_URL: '' }).REDIS_URL).toBeUndefined()
})

test('a private Asterisk gets a password of its own at each start', () => {
  expect(read({}).ARI_PASSWORD).not.toBe(read({}).ARI_PASSWORD)
  expect(read({ ARI_PASSWORD: 'given' }).ARI_PASSWORD).toBe('given')
})

test('all wrong values are told at once, by name', () => {
  const wrong = {
    PORT: '70000',
    RTP_PORTS: '30000-20000',
    CARRIER: 'somewhere',
    TZ_SITE: 'Mars',
    TLS_CERT: '/nowhere.pem',
  }
  expect(() => read(wrong)).toThrow(/PORT .*70000[^]*RTP_PORTS[^]*CARRIER[^]*TLS_CERT[^]*TZ_SITE/)
})

test('what belongs together is missed together', () => {
  expect(() => read({ ARI_URL: 'http://pbx:8088' })).toThrow('ARI_PASSWORD is missing')
  expect(() => read({ ADMIN_USER: 'boss' })).toThrow('ADMIN_PASSWORD is missing')
})

test('two parts cannot have one port', () => {
  expect(() => read({ PORT: '8088' })).toThrow('ARI_PORT is the same port as PORT')
  expect(() => read({ PORT: '8088', ARI_URL: 'http://pbx:8088', ARI_PASSWORD: 'x' })).not.toThrow()
})

test('a trunk is a host and a port', () => {
  expect(read({ CARRIER: 'sip.carrier.example:5060' }).CARRIER).toEqual({
    host: 'sip.carrier.example',
    port: 5060,
  })
})
