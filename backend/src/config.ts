import { join, resolve } from 'node:path'
import * as z from 'zod'
import type { LogLevel } from './adapters/system/log.js'
import { path, port, seconds, urlOf, variable } from './config-values.js'
import { StartError } from './start-error.js'

/**
 * The environment as far as this process reads it, once at start; what only `npm start` reads is checked there
 * (scripts/lib/environment.mjs). Times in ms. What each variable is for: README, "Environment".
 */
export interface Config {
  port: number
  host: string
  /** What browsers reach; also the media address. */
  publicHost: string
  runtimeDir: string
  redisUrl: string
  /** The SQLite file, or `postgres:` with everything behind it. */
  database: string
  ari: { url: string; user: string; password: string }
  /** Absent: a self-signed certificate, made once. Paths of PEM files. */
  tls?: { certFile: string; keyFile: string }
  /** Reserved for reports. */
  timeZone: string
  logLevel: LogLevel
  ringMs: number
  graceMs: number
  rejoinMs: number
  parkMs: number
  /** How long a dialled party may ring. */
  dialMs: number
  /** Demo data are put into an empty database. */
  demo: boolean
  /** The first administrator of a database that has none. */
  firstAdmin?: { userId: string; password: string }
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const HOST_NAME = /^(?!-)[A-Za-z0-9.:-]{1,253}$/
const USER_ID = /^[A-Za-z0-9._-]{1,64}$/
const SHORTEST_PASSWORD = 8

const timeZone = (text: string): string | undefined => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const matching = (pattern: RegExp) => (text: string) => (pattern.test(text) ? text : undefined)
const text = (value: string): string => value

const VARIABLES = z.object({
  PORT: port(3000),
  HOST: variable('must be a host name or an address', matching(HOST_NAME), '0.0.0.0'),
  PUBLIC_HOST: variable('must be a host name or an address, without port', matching(HOST_NAME), 'localhost'),
  RUNTIME_DIR: variable('must be a path', path, resolve('.runtime')),
  REDIS_URL: variable('must look like redis://host:port', urlOf('redis:', 'rediss:')),
  DATABASE_URL: variable(
    'must look like sqlite:path or postgres://user:password@host/database',
    database,
    '',
  ),
  ARI_URL: variable('must look like http://host:port', urlOf('http:', 'https:')),
  ARI_USER: variable('must not be empty', text),
  ARI_PASSWORD: variable('must not be empty', text),
  TLS_CERT: variable('must be a path', path, ''),
  TLS_KEY: variable('must be a path', path, ''),
  TZ_SITE: variable('must be a time zone such as Asia/Tokyo', timeZone, 'Asia/Tokyo'),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  RING_SECONDS: seconds(20),
  GRACE_SECONDS: seconds(60),
  REJOIN_SECONDS: seconds(30),
  PARK_SECONDS: seconds(180),
  DIAL_SECONDS: seconds(60),
  TSUNAGU_DEMO: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('0'),
  ADMIN_USER: variable(
    'must be 1 to 64 letters, digits, dots, hyphens or underscores',
    matching(USER_ID),
    '',
  ),
  ADMIN_PASSWORD: variable(
    `must have ${SHORTEST_PASSWORD} to 256 characters`,
    (value) => (value.length >= SHORTEST_PASSWORD && value.length <= 256 ? value : undefined),
    '',
  ),
})

type Values = z.infer<typeof VARIABLES>

/** Every problem at once, one per line. @throws {StartError} in words, for the person who starts it. */
export function loadConfig(env: NodeJS.ProcessEnv): Config {
  // Docker Compose hands over variables that are not set as empty ones.
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )
  const parsed = VARIABLES.safeParse(given)
  const wrong = (parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')} ${issue.message}`)
  const problems = [
    ...wrong,
    ...halfPairs(given, 'TLS_CERT', 'TLS_KEY'),
    ...halfPairs(given, 'ADMIN_USER', 'ADMIN_PASSWORD'),
  ]
  if (!parsed.success || problems.length > 0) {
    throw new StartError(
      ['The environment has wrong values:', ...problems.map((line) => `  ${line}`)].join('\n'),
    )
  }
  return toConfig(parsed.data)
}

/** One of two that only make sense together. */
function halfPairs(given: Record<string, unknown>, one: string, other: string): string[] {
  if (one in given === other in given) return []
  const [present, missing] = one in given ? [one, other] : [other, one]
  return [`${missing} is missing: it belongs to ${present}`]
}

function toConfig(v: Values): Config {
  return {
    port: v.PORT,
    host: v.HOST,
    publicHost: v.PUBLIC_HOST,
    runtimeDir: v.RUNTIME_DIR,
    redisUrl: v.REDIS_URL,
    database: v.DATABASE_URL || join(v.RUNTIME_DIR, 'data', 'tsunagu.db'),
    ari: { url: v.ARI_URL, user: v.ARI_USER, password: v.ARI_PASSWORD },
    ...(v.TLS_CERT && v.TLS_KEY ? { tls: { certFile: v.TLS_CERT, keyFile: v.TLS_KEY } } : {}),
    timeZone: v.TZ_SITE,
    logLevel: v.LOG_LEVEL,
    ringMs: v.RING_SECONDS,
    graceMs: v.GRACE_SECONDS,
    rejoinMs: v.REJOIN_SECONDS,
    parkMs: v.PARK_SECONDS,
    dialMs: v.DIAL_SECONDS,
    demo: v.TSUNAGU_DEMO === '1',
    ...(v.ADMIN_USER && v.ADMIN_PASSWORD
      ? { firstAdmin: { userId: v.ADMIN_USER, password: v.ADMIN_PASSWORD } }
      : {}),
  }
}

function database(value: string): string | undefined {
  if (/^postgres(ql)?:\/\/\S/.test(value)) return urlOf('postgres:', 'postgresql:')(value)
  const file = /^sqlite:(?:\/\/)?(.+)$/.exec(value)?.[1]
  return file === undefined ? undefined : resolve(file)
}
