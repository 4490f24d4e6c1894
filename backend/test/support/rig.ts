import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { pageId, queueId, userId, type OperatorView, type QueueId, type UserId } from '@tsunagu/contract'
import { Redis } from 'ioredis'
import { placeCall } from '../../../scripts/lib/caller.mjs'
import { freePort } from '../../../scripts/lib/ports.mjs'
import { installRuntime, startAsterisk, startCarrier } from '../../../scripts/lib/runtime/index.mjs'
import { AriConnection } from '../../src/adapters/ari/connection.js'
import { decode } from '../../src/adapters/ari/decode.js'
import { AriTelephony } from '../../src/adapters/ari/telephony.js'
import { redisAlarms } from '../../src/adapters/redis/alarms.js'
import { redisKeys } from '../../src/adapters/redis/keys.js'
import { LiveStore } from '../../src/adapters/redis/live-store.js'
import { redisSessionStore } from '../../src/adapters/redis/session-store.js'
import { createCore, type Core } from '../../src/app/core.js'
import type { Directory, Log, Publisher, Telephony, User } from '../../src/app/ports.js'
import type { CallLimits } from '../../src/domain/call/call.js'

const RUNTIME_DIR = process.env['RUNTIME_DIR'] ?? '.runtime'
const VERBOSE = process.env['TEST_LOG'] !== undefined

/** Two queues and three operators whose "phones" are numbers of the carrier that answer at once. */
export const MAIN = queueId('main')
export const SUPPORT = queueId('support')

export const testLog: Log = {
  debug: () => undefined,
  info: (fields, message) => VERBOSE && console.log(message, fields),
  warn: (fields, message) => VERBOSE && console.warn(message, fields),
  error: (fields, message) => console.error(message, fields),
}

export const testDirectory = (ringMs: number): Directory => {
  const queues = [
    { id: MAIN, name: '代表', numbers: ['0350600025'], ringMs },
    { id: SUPPORT, name: 'サポート', numbers: ['0350600026'], ringMs },
  ]
  return {
    user: () => Promise.resolve(undefined),
    queues: () => Promise.resolve(queues),
    nameOf: () => Promise.resolve(undefined),
    works: () => Promise.resolve(['研修']),
  }
}

/** The outside world of one test file: an Asterisk and a carrier of its own. */
export interface World {
  ari: { url: string; user: string; password: string }
  carrier: { host: string; httpPort: number; password: string }
  /** Calls in from outside. */
  call(options?: {
    to?: string
    from?: string
    tone?: number
    recordTo?: string
  }): ReturnType<typeof placeCall>
  /** Where an operator's calls go: a number of the carrier, by its ending (06 answers at once, 03 never). */
  phoneAt(number: string): string
  stop(): Promise<void>
}

export async function startWorld(): Promise<World> {
  const runtime = await installRuntime({ runtimeDir: RUNTIME_DIR, log: () => undefined })
  const dir = mkdtempSync(join(tmpdir(), 'tsunagu-world-'))
  const log = (): undefined => undefined
  const sipPort = await freePort('udp')
  const carrierPort = await freePort('udp', '127.0.0.2')
  const ariPort = await freePort()
  const httpPort = await freePort('tcp', '127.0.0.2')
  const password = randomUUID()
  const asterisk = await startAsterisk({
    runtime,
    dir: join(dir, 'asterisk'),
    sipPort,
    ariPort,
    ariUser: 'tsunagu',
    ariPassword: password,
    rtpPorts: '21000-21999',
    carrier: { host: '127.0.0.2', port: carrierPort },
    publicHost: '127.0.0.1',
    log,
  })
  const far = await startCarrier({
    runtime,
    dir: join(dir, 'carrier'),
    port: carrierPort,
    target: { host: '127.0.0.1', port: sipPort },
    httpPort,
    password,
    log,
  })
  const carrier = { host: '127.0.0.2', httpPort, password }
  return {
    ari: { url: `http://127.0.0.1:${String(ariPort)}`, user: 'tsunagu', password },
    carrier,
    call: (options = {}) => placeCall({ carrier, to: '0350600025', ...options }),
    phoneAt: (number) => `sip:${number}@127.0.0.2:${String(carrierPort)}`,
    async stop() {
      await far.stop()
      await asterisk.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The control plane without its edge: real Redis, real Asterisk, pages played by the test. */
export interface Engine {
  core: Core
  redis: Redis
  store: LiveStore
  telephony: Telephony
  /** The newest view of each operator. */
  views: Map<UserId, OperatorView>
  connected(): Promise<void>
  /** Every key below this engine's prefix. */
  keys(): Promise<string[]>
  stop(): Promise<void>
}

export interface EngineOptions {
  limits?: Partial<CallLimits>
  ringMs?: number
  prefix?: string
  /** Records every frame that Asterisk sends. */
  onFrame?: (frame: unknown) => void
}

export async function startEngine(world: World, options: EngineOptions = {}): Promise<Engine> {
  const url = process.env['TEST_REDIS_URL']
  if (!url) throw new Error('TEST_REDIS_URL is not set: run through vitest --project integration')
  const prefix = options.prefix ?? `t-${randomUUID().slice(0, 8)}:`
  const redis = new Redis(url)
  const keys = redisKeys(prefix)
  const limits = { ringbackMs: 500, legMs: 5_000, rejoinMs: 2_000, ...options.limits }
  const store = new LiveStore(redis, keys, limits)
  const alarms = redisAlarms(redis, keys)
  const connection = new AriConnection(world.ari, testLog)
  const telephony = new AriTelephony(connection, () => undefined)
  const views = new Map<UserId, OperatorView>()
  const publisher: Publisher = {
    operatorView: (id, view) => void views.set(id, view),
    sessionEnded: () => undefined,
  }
  const core = createCore({
    telephony,
    limits,
    publisher,
    log: testLog,
    directory: testDirectory(options.ringMs ?? 20_000),
    liveCalls: store.calls,
    liveOperators: store.operators,
    lines: store,
    sessions: redisSessionStore(redis, keys),
    clock: { now: () => Date.now() },
  })
  let connected: () => void = () => undefined
  const up = new Promise<void>((resolve) => (connected = resolve))
  connection.start({
    async onUp() {
      await core.recovery.run()
      connected()
    },
    onDown: () => undefined,
    onReplaced: () => undefined,
    onFrame(frame) {
      options.onFrame?.(frame)
      const event = decode(frame)
      if (event) core.engine.accept(event)
      return Promise.resolve()
    },
  })
  const ticker = setInterval(() => {
    void alarms
      .takeDue(Date.now())
      .then((names) => Promise.all(names.map((name) => core.engine.onAlarm(name))))
  }, 50)
  return {
    core,
    redis,
    store,
    telephony,
    views,
    connected: () => up,
    keys: () => redis.keys(`${prefix}*`),
    async stop() {
      clearInterval(ticker)
      connection.stop()
      await core.idle()
      await redis.quit()
    },
  }
}

export const PAGE = pageId('page-of-the-test')

/** A logged-in operator, 受付可, whose phone is a desk phone at `number`; his page is played by the test. */
export async function readyOperator(
  engine: Engine,
  world: World,
  { id, number = `${id}06`, queues = [MAIN] }: { id: string; number?: string; queues?: QueueId[] },
): Promise<UserId> {
  const { desk } = engine.core
  const user: User = {
    id: userId(id),
    name: id,
    kana: '',
    role: 'operator',
    extension: id,
    passwordHash: '',
    queues,
    disabled: false,
  }
  await desk.logIn(user, { tokenHash: id, userId: user.id, createdAt: 0, phoneSecret: randomUUID() })
  await pointPhoneTo(world, id, world.phoneAt(number))
  await desk.claimPhone(user.id, PAGE)
  await engine.core.operators.apply(user.id, { type: 'registered', at: Date.now(), registered: true })
  await desk.choose(user.id, { kind: 'ready' })
  return user.id
}

/** Turns the pushed endpoint into an ordinary SIP phone with a fixed address. */
async function pointPhoneTo(world: World, extension: string, contact: string): Promise<void> {
  const { url, user, password } = world.ari
  const headers = {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'content-type': 'application/json',
  }
  const put = async (type: string, fields: Record<string, string>): Promise<void> => {
    const body = JSON.stringify({
      fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })),
    })
    const at = `${url}/ari/asterisk/config/dynamic/res_pjsip/${type}/${extension}`
    const answer = await fetch(at, { method: 'PUT', headers, body })
    if (!answer.ok) throw new Error(`${type}: ${await answer.text()}`)
  }
  await put('aor', { contact, qualify_frequency: '0' })
  await put('endpoint', {
    webrtc: 'no',
    transport: 'transport-udp',
    allow: 'ulaw',
    use_avpf: 'no',
    media_encryption: 'no',
    ice_support: 'no',
    rtcp_mux: 'no',
    bundle: 'no',
    rtp_timeout: '0',
  })
}
