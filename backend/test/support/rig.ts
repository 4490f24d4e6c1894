import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { pageId, type OperatorView, type ParksView, type QueueId, type UserId } from '@tsunagu/contract'
import type { Redis } from 'ioredis'
import { placeCall } from '../../../scripts/lib/caller.mjs'
import { freePort } from '../../../scripts/lib/ports.mjs'
import { installRuntime, startAsterisk, startCarrier } from '../../../scripts/lib/runtime/index.mjs'
import { AriConnection } from '../../src/adapters/ari/connection.js'
import { decode } from '../../src/adapters/ari/decode.js'
import { AriTelephony } from '../../src/adapters/ari/telephony.js'
import { redisAlarms } from '../../src/adapters/redis/alarms.js'
import { LiveStore } from '../../src/adapters/redis/live-store.js'
import { redisSessionStore } from '../../src/adapters/redis/session-store.js'
import { systemIds } from '../../src/adapters/system/ids.js'
import { startTicker } from '../../src/adapters/system/ticker.js'
import { createCore, type Core } from '../../src/app/core.js'
import type { Log, Publisher, Telephony, DueAlarm, User } from '../../src/app/ports.js'
import { Floor } from '../../src/app/monitor/floor.js'
import type { Changes } from '../../src/app/monitor/ports.js'
import type { Records } from '../../src/app/records/ports.js'
import type { CallLimits } from '../../src/domain/call/call.js'
import { MAIN, SUPERVISORS, testDirectory } from './directory.js'
import { NO_RECORDS, openRedis, userOf } from './stage.js'

export { MAIN, SUPPORT, testDirectory } from './directory.js'

const RUNTIME_DIR = process.env['RUNTIME_DIR'] ?? '.runtime'
const VERBOSE = process.env['TEST_LOG'] !== undefined

export const testLog: Log = {
  debug: () => undefined,
  info: (fields, message) => VERBOSE && console.log(message, fields),
  warn: (fields, message) => VERBOSE && console.warn(message, fields),
  error: (fields, message) => console.error(message, fields),
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
  /** The PBX itself, to be maltreated. */
  asterisk: {
    /** Ends at once and comes up again; with `forgetful`, as a new one that knows no phone. */
    restart(options?: { forgetful?: boolean }): Promise<void>
    freeze(): void
    thaw(): void
    /** A request to its ARI, past the control plane; the status and the decoded answer. */
    ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string): Promise<{ status: number; body: unknown }>
  }
  /** Where the private Asterisk takes SIP. */
  sipPort: number
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
  const start = () =>
    startAsterisk({
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
  const ari = { url: `http://127.0.0.1:${String(ariPort)}`, user: 'tsunagu', password }
  const far = await startCarrier({
    runtime,
    dir: join(dir, 'carrier'),
    port: carrierPort,
    target: { host: '127.0.0.1', port: sipPort },
    httpPort,
    password,
    log,
  })
  // After the carrier: a trunk that is not there when Asterisk first asks counts as dead until it asks again.
  let asterisk = await start()
  const carrier = { host: '127.0.0.2', httpPort, password }
  return {
    ari,
    carrier,
    asterisk: {
      async restart({ forgetful = false } = {}) {
        process.kill(asterisk.pid, 'SIGKILL')
        await asterisk.exited
        if (forgetful) rmSync(join(dir, 'asterisk/lib/astdb.sqlite3'), { force: true })
        asterisk = await start()
      },
      freeze: () => void process.kill(asterisk.pid, 'SIGSTOP'),
      thaw: () => void process.kill(asterisk.pid, 'SIGCONT'),
      ask: (method, path) => askAri(ari, { method, path }),
    },
    call: (options = {}) => placeCall({ carrier, to: '0350600025', ...options }),
    sipPort,
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
  prefix: string
  /** The newest view of the park slots. */
  parks: { view?: ParksView }
  /** The newest view of each operator. */
  views: Map<UserId, OperatorView>
  /** How often this engine has agreed with Asterisk, which it does on start and after every reconnect. */
  agreed(): number
  /** Another process took the application. */
  replaced(): boolean
  connected(): Promise<void>
  /** Every key below this engine's prefix. */
  keys(): Promise<string[]>
  stop(): Promise<void>
  /** As if the process were killed: nothing is ended, nothing is waited for. */
  kill(): void
}

export interface EngineOptions {
  limits?: Partial<CallLimits>
  ringMs?: number
  prefix?: string
  /** Where ARI is, if not at the world's own address. */
  ariPort?: number
  /** Records every frame that Asterisk sends. */
  onFrame?: (frame: unknown) => void
  /** Sees what is asked of Asterisk. */
  through?: (telephony: Telephony) => Telephony
  records?: Records
  changes?: Changes
}

export async function startEngine(world: World, options: EngineOptions = {}): Promise<Engine> {
  const { redis, keys, prefix } = openRedis(options.prefix)
  const limits = {
    ringbackMs: 500,
    legMs: 5_000,
    refusalMs: 200,
    rejoinMs: 2_000,
    parkMs: 2_000,
    dialMs: 20_000,
    ...options.limits,
  }
  const store = new LiveStore(redis, keys, limits)
  const alarms = redisAlarms(redis, keys)
  let alive = true
  const log: Log = { ...testLog, error: (fields, message) => alive && testLog.error(fields, message) }
  const url = options.ariPort ? `http://127.0.0.1:${String(options.ariPort)}` : world.ari.url
  const connection = new AriConnection({ ...world.ari, url }, log)
  const ari = new AriTelephony(connection, () => undefined)
  const telephony = options.through?.(ari) ?? ari
  const views = new Map<UserId, OperatorView>()
  const parks: { view?: ParksView } = {}
  const publisher: Publisher = {
    operatorView: (id, view) => void views.set(id, view),
    parks: (view) => void (parks.view = view),
    sessionEnded: () => undefined,
  }
  const core = createCore({
    telephony,
    limits,
    publisher,
    log,
    directory: testDirectory(options.ringMs ?? 20_000),
    history: { record: () => undefined },
    quality: { record: () => undefined },
    records: options.records ?? NO_RECORDS,
    changes: options.changes ?? new Floor(),
    liveCalls: store.calls,
    liveOperators: store.operators,
    lines: store,
    sessions: redisSessionStore(redis, keys),
    budget: { spend: () => Promise.resolve(true) },
    clock: { now: () => Date.now() },
    ids: systemIds,
  })
  await core.recovery.forgetPages()
  let agreed = 0
  let replaced = false
  let connected: () => void = () => undefined
  const up = new Promise<void>((resolve) => (connected = resolve))
  connection.start({
    async onUp() {
      await core.agreement.connected()
      agreed++
      connected()
    },
    onDown: () => core.agreement.disconnected(),
    onReplaced: () => (replaced = true),
    onFrame(frame) {
      options.onFrame?.(frame)
      const event = decode(frame)
      if (event) core.engine.accept(event)
      return Promise.resolve()
    },
  })
  const ticker = startTicker(
    50,
    async () => {
      const due = await alarms.takeDue(Date.now())
      const ring = async (alarm: DueAlarm): Promise<void> => {
        await core.engine.onAlarm(alarm.key)
        await alarms.done(alarm)
      }
      await Promise.all(due.map(ring))
    },
    (error) => log.error({ err: error }, 'alarms could not be taken'),
  )
  return {
    core,
    redis,
    store,
    telephony,
    prefix,
    views,
    parks,
    agreed: () => agreed,
    replaced: () => replaced,
    connected: () => up,
    keys: () => redis.keys(`${prefix}*`),
    async stop() {
      await ticker.stop()
      connection.stop()
      await core.idle()
      await redis.quit()
    },
    kill() {
      alive = false
      void ticker.stop()
      connection.stop()
      redis.disconnect()
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
  const user = userOf(id, queues)
  await seat(engine, world, { user, number })
  await engine.core.desk.choose(user.id, { kind: 'ready' })
  return user.id
}

/** A logged-in supervisor, `sv1` or `sv2`, whose phone is a desk phone at `number`. */
export async function readySupervisor(
  engine: Engine,
  world: World,
  { id, number }: { id: string; number?: string },
): Promise<UserId> {
  const user = SUPERVISORS.find((one) => one.id === id)
  if (!user) throw new Error(`${id} is no supervisor of the test directory`)
  await seat(engine, world, { user, number: number ?? `${user.extension ?? ''}06` })
  return user.id
}

async function seat(
  engine: Engine,
  world: World,
  { user, number }: { user: User; number: string },
): Promise<void> {
  const { desk } = engine.core
  await desk.logIn(user, { tokenHash: user.id, userId: user.id, createdAt: 0, phoneSecret: randomUUID() })
  await pointPhoneTo(world, user.extension ?? user.id, world.phoneAt(number))
  await pageIsThere(engine, user.id)
}

/** The page and the phone say that they are there, as they do whenever their links are up again. */
export async function pageIsThere({ core }: Engine, id: UserId): Promise<void> {
  await core.desk.claimPhone(id, PAGE)
  await core.operators.apply(id, { type: 'registered', at: Date.now(), registered: true })
}

/** Turns the pushed endpoint into an ordinary SIP phone with a fixed address. */
async function pointPhoneTo(world: World, extension: string, contact: string): Promise<void> {
  const put = async (type: string, fields: Record<string, string>): Promise<void> => {
    const body = { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) }
    const path = `/asterisk/config/dynamic/res_pjsip/${type}/${extension}`
    const answer = await askAri(world.ari, { method: 'PUT', path, body })
    if (answer.status !== 200) throw new Error(`${type}: ${JSON.stringify(answer)}`)
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

async function askAri(
  { url, user, password }: World['ari'],
  { method, path, body }: { method: string; path: string; body?: object },
): Promise<{ status: number; body: unknown }> {
  const headers = {
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
    'content-type': 'application/json',
  }
  const answer = await fetch(`${url}/ari${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? (JSON.parse(text) as unknown) : undefined }
}
