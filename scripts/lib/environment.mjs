// @ts-check
import { randomBytes } from 'node:crypto'
import { accessSync } from 'node:fs'
import { resolve } from 'node:path'
import { Fault } from './fault.mjs'

/**
 * One variable: what it is when unset, and what a value must be. A checker returns the value, or undefined for a wrong one.
 * @template T
 * @typedef {{ fallback: string | undefined, wants: string, read: (text: string) => T | undefined }} Variable
 */

/** @template T @param {string | undefined} fallback @param {string} wants @param {(text: string) => T | undefined} read @returns {Variable<T>} */
const variable = (fallback, wants, read) => ({ fallback, wants, read })

/** @param {string} fallback */
const port = (fallback) =>
  variable(fallback, 'must be a port, 1 to 65535', (text) => wholeNumber(text, 1, 65535))

/** @param {string} fallback */
const seconds = (fallback) =>
  variable(fallback, 'must be whole seconds, 1 to 86400', (text) => wholeNumber(text, 1, 86_400))

/** @param {string | undefined} fallback @param {string} wants @param {RegExp} pattern */
const matching = (fallback, wants, pattern) =>
  variable(fallback, wants, (text) => (pattern.test(text) ? text : undefined))

const HOST = /^(?!-)[A-Za-z0-9.:-]{1,253}$/
const SECRET = /PASSWORD|_URL$/
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']

/** Everything `npm start` and the containers understand. What each is for: README, "Environment". */
export const VARIABLES = {
  PORT: port('3000'),
  HOST: matching('0.0.0.0', 'must be a host name or an address', HOST),
  PUBLIC_HOST: matching('localhost', 'must be a host name or an address, without port', HOST),
  RUNTIME_DIR: matching('.runtime', 'must be a path', /./),
  REDIS_URL: matching(undefined, 'must look like redis://host:port', /^rediss?:\/\/\S+$/),
  DATABASE_URL: matching(
    undefined,
    'must look like sqlite:path or postgres://user:password@host/database',
    /^(sqlite:.+|postgres(ql)?:\/\/\S+)$/,
  ),
  ARI_URL: matching(undefined, 'must look like http://host:port', /^https?:\/\/\S+$/),
  ARI_USER: matching(
    'tsunagu',
    'must be letters, digits, dots, hyphens or underscores',
    /^[A-Za-z0-9._-]{1,64}$/,
  ),
  ARI_PASSWORD: matching(
    undefined,
    'must have no spaces, colons, semicolons or quotes',
    /^[^\s:;"']{1,256}$/,
  ),
  SIP_PORT: port('5060'),
  RTP_PORTS: variable('20000-20999', 'must look like 20000-20999, the first not above the last', readRange),
  ARI_PORT: port('8088'),
  REDIS_PORT: port('6379'),
  CARRIER: variable('demo', 'must be "demo" or host:port of a trunk', readTrunk),
  CARRIER_PORT: port('5060'),
  TLS_CERT: variable(undefined, 'must be the path of a PEM file that can be read', readablePath),
  TLS_KEY: variable(undefined, 'must be the path of a PEM file that can be read', readablePath),
  TZ_SITE: variable('Asia/Tokyo', 'must be a time zone such as Asia/Tokyo', readTimeZone),
  LOG_LEVEL: matching(
    'info',
    `must be one of ${LOG_LEVELS.join(', ')}`,
    new RegExp(`^(${LOG_LEVELS.join('|')})$`),
  ),
  RING_SECONDS: seconds('20'),
  GRACE_SECONDS: seconds('60'),
  REJOIN_SECONDS: seconds('30'),
  PARK_SECONDS: seconds('180'),
  DIAL_SECONDS: seconds('60'),
  ADMIN_USER: matching(
    undefined,
    'must be 1 to 64 letters, digits, dots, hyphens or underscores',
    /^[A-Za-z0-9._-]{1,64}$/,
  ),
  ADMIN_PASSWORD: matching(undefined, 'must have 8 to 256 characters', /^.{8,256}$/),
}

/**
 * @typedef {typeof VARIABLES} Variables
 * @typedef {{ [Name in keyof Variables]: Variables[Name] extends Variable<infer T> ? T : never }} AllValues
 * @typedef {'REDIS_URL' | 'DATABASE_URL' | 'ARI_URL' | 'TLS_CERT' | 'TLS_KEY' | 'ADMIN_USER' | 'ADMIN_PASSWORD'} Optional
 * @typedef {Omit<AllValues, Optional> & Partial<Pick<AllValues, Optional>>} Settings
 */

/**
 * The environment, checked as a whole: all that is wrong is told at once.
 * @param {NodeJS.ProcessEnv} env @param {string} root  paths are relative to it
 * @returns {Settings}
 */
export function readEnvironment(env, root) {
  /** @type {string[]} */ const problems = []
  /** @type {Record<string, unknown>} */ const values = {}
  for (const [name, { fallback, wants, read }] of Object.entries(VARIABLES)) {
    const text = env[name]?.trim() || fallback
    if (text === undefined) continue
    values[name] = read(text)
    if (values[name] === undefined)
      problems.push(`${name} ${wants}${SECRET.test(name) ? '' : `, and is "${text}"`}`)
  }
  problems.push(...disagreements(values))
  if (problems.length > 0) throw new Fault(['The environment has wrong values:', ...problems].join('\n  '))
  // A private Asterisk needs a password nobody has to know.
  const defaults = { ARI_PASSWORD: randomBytes(24).toString('base64url') }
  return /** @type {Settings} */ ({
    ...defaults,
    ...values,
    RUNTIME_DIR: resolve(root, String(values['RUNTIME_DIR'])),
  })
}

/** Values that are right alone and wrong together. @param {Record<string, unknown>} values */
function disagreements(values) {
  const problems = [halfPair(values, 'TLS_CERT', 'TLS_KEY'), halfPair(values, 'ADMIN_USER', 'ADMIN_PASSWORD')]
  const { ARI_URL, ARI_PASSWORD, REDIS_URL } = values
  if (ARI_URL && !ARI_PASSWORD) problems.push('ARI_PASSWORD is missing: ARI_URL needs it')
  const tcp = ['PORT', ...(ARI_URL ? [] : ['ARI_PORT']), ...(REDIS_URL ? [] : ['REDIS_PORT'])]
  for (const [index, name] of tcp.entries()) {
    const twin = tcp.slice(0, index).find((earlier) => values[earlier] === values[name])
    if (twin) problems.push(`${name} is the same port as ${twin} (${values[name]})`)
  }
  return problems.filter(Boolean)
}

/** @param {Record<string, unknown>} values @param {string} one @param {string} other */
function halfPair(values, one, other) {
  const missing = [one, other].filter((name) => !(name in values))
  return missing.length === 1 ? `${missing[0]} is missing: ${one} and ${other} belong together` : ''
}

/** @param {string} text @param {number} least @param {number} most */
function wholeNumber(text, least, most) {
  const number = /^\d+$/.test(text) ? Number(text) : NaN
  return number >= least && number <= most ? number : undefined
}

/** @param {string} text */
function readRange(text) {
  const [, from, to] = /^(\d+)-(\d+)$/.exec(text) ?? []
  const right =
    wholeNumber(from ?? '', 1024, 65535) && wholeNumber(to ?? '', 1024, 65535) && Number(from) < Number(to)
  return right ? text : undefined
}

/** @param {string} text @returns {'demo' | { host: string, port: number } | undefined} */
function readTrunk(text) {
  if (text === 'demo') return 'demo'
  const [, host, digits] = /^([A-Za-z0-9.-]+):(\d+)$/.exec(text) ?? []
  const number = wholeNumber(digits ?? '', 1, 65535)
  return host && number ? { host, port: number } : undefined
}

/** @param {string} text */
function readablePath(text) {
  try {
    accessSync(text)
    return resolve(text)
  } catch {
    return undefined // Told with the others, by name.
  }
}

/** @param {string} text */
function readTimeZone(text) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    return undefined // Told with the others, by name.
  }
}
