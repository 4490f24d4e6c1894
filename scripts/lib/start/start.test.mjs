// @ts-check
import { createServer } from 'node:net'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { readEnvironment } from '../environment.mjs'
import { inWords } from './backend.mjs'
import { assertNode } from './npm-packages.mjs'
import { assertPortsFree, portsOf } from './ports-check.mjs'

const settingsOf = (/** @type {NodeJS.ProcessEnv} */ env) => readEnvironment(env, '/srv/tsunagu')
const variablesOf = (/** @type {NodeJS.ProcessEnv} */ env) =>
  portsOf(settingsOf(env)).map(({ variable }) => variable)

test('too old a Node.js is told, a new enough one is not', () => {
  expect(() => assertNode('20.18.3')).toThrow('20.18.3 is too old; 20.19 or newer')
  expect(() => assertNode('20.19.0')).not.toThrow()
  expect(() => assertNode('24.1.0')).not.toThrow()
})

test('only the ports of private parts are wanted', () => {
  expect(variablesOf({})).toEqual(['PORT', 'REDIS_PORT', 'ARI_PORT', 'SIP_PORT', 'CARRIER_PORT'])
  expect(variablesOf({ CARRIER: 'sip.example:5060' })).toEqual(['PORT', 'REDIS_PORT', 'ARI_PORT', 'SIP_PORT'])
  expect(variablesOf({ REDIS_URL: 'redis://r:6379', ARI_URL: 'http://pbx:8088', ARI_PASSWORD: 'x' })).toEqual(
    ['PORT'],
  )
})

test('a taken port is named, with the variable that changes it', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address())
  const settings = settingsOf({
    HOST: '127.0.0.1',
    PORT: String(port),
    REDIS_URL: 'redis://r',
    ARI_URL: 'http://p',
    ARI_PASSWORD: 'x',
  })
  await expect(assertPortsFree(settings)).rejects.toThrow(
    `TCP port ${port} on 127.0.0.1: another program uses it. Choose another with PORT.`,
  )
  server.close()
})

test('of the log only trouble is shown, in words', () => {
  expect(inWords('{"level":"info","msg":"listening"}')).toBe('')
  expect(inWords('{"level":"warn","msg":"Asterisk is not reachable","error":"ECONNREFUSED"}')).toBe(
    'backend warn: Asterisk is not reachable: ECONNREFUSED',
  )
  expect(inWords('Error: thrown at start')).toBe('backend: Error: thrown at start')
  expect(inWords('')).toBe('')
})
