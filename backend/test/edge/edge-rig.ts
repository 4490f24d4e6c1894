import { randomBytes } from 'node:crypto'
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { userId, type Ack, type BoardSnapshot, type OperatorView } from '@tsunagu/contract'
import { Redis } from 'ioredis'
import { WebSocketServer } from 'ws'
import { createEdge, type Edge, type EdgeDeps } from '../../src/adapters/http/server.js'
import { redisAlarms } from '../../src/adapters/redis/alarms.js'
import { redisKeys } from '../../src/adapters/redis/keys.js'
import { LOGIN_LIMITS, redisLoginLimiter, type LoginLimits } from '../../src/adapters/redis/login-limiter.js'
import { redisSessionStore } from '../../src/adapters/redis/session-store.js'
import { BrowserPublisher } from '../../src/adapters/socketio/publisher.js'
import { openDirectory } from '../../src/adapters/sql/directory.js'
import { openRecords, type SqlRecords } from '../../src/adapters/sql/records.js'
import { systemIds } from '../../src/adapters/system/ids.js'
import { redisOutbox } from '../../src/adapters/redis/outbox.js'
import { jsonLog } from '../../src/adapters/system/log.js'
import { createMetrics } from '../../src/adapters/system/metrics.js'
import { scryptPasswords } from '../../src/adapters/system/passwords.js'
import type { MonitorDesk } from '../../src/app/monitor/monitor-desk.js'
import type { OperatorDesk } from '../../src/app/operators/operator-desk.js'
import { LiveFigures, type Sources } from '../../src/app/metrics/live-figures.js'
import type { Directory } from '../../src/app/ports.js'
import { lookBack } from '../../src/compose-past.js'
import { DEFAULT_SETTINGS } from '../../src/domain/metrics/terms.js'
import { Sessions } from '../../src/app/sessions/sessions.js'
import { MonitorSettings } from '../../src/app/settings/monitor-settings.js'
import { Browser } from './browser.js'

const GRACE_MS = 60_000

const SHOWN = new Set(['view', 'parks'])

/** Writes down what it is asked, and answers as told. */
export class FakeDesk {
  readonly asked: unknown[][] = []
  /** What was answered, in the order in which it was. */
  readonly done: string[] = []
  readonly inCall = new Set<string>()
  /** Requests that fail with a fault. */
  readonly broken = new Set<string>()
  answer: Ack = { ok: true }
  /** What waits, and for what. */
  readonly slow = new Map<string, Promise<void>>()

  readonly desk: OperatorDesk = new Proxy({} as OperatorDesk, {
    get:
      (_, name: string) =>
      async (id: unknown, ...more: unknown[]): Promise<unknown> => {
        // What a page is shown when it connects is nothing that it asked for.
        if (!SHOWN.has(name))
          this.asked.push([name, typeof id === 'object' ? (id as { id: string }).id : id, ...more])
        await this.slow.get(name)
        if (!SHOWN.has(name)) this.done.push(name)
        if (this.broken.has(name)) throw new Error(`desk cannot ${name}`)
        if (name === 'view') return this.view(String(id))
        if (name === 'parks') return { seq: 1, parked: [] }
        if (name === 'logOut' && this.inCall.has(String(id))) return { ok: false, code: 'in-call' }
        return this.answer
      },
  })

  /** The same for supervisors; whom it is asked by stands where an operator's ID does. */
  readonly monitor: MonitorDesk = new Proxy({} as MonitorDesk, {
    get: (_, name: string) => (name === 'snapshot' ? () => this.board : Reflect.get(this.desk, name)),
  })
  board: BoardSnapshot = {
    run: 'test',
    n: 0,
    now: 0,
    tables: { operators: [], queues: [], waiting: [], parked: [], crossings: [] },
  }

  /** The names of what it was asked for a user, in order. */
  of(id: string): string[] {
    return this.asked.filter(([, who]) => who === id).map(([name]) => String(name))
  }

  view(id: string, seq = 1): OperatorView {
    return {
      seq,
      now: Date.now(),
      me: { id: userId(id), name: 'x', role: 'operator', extension: id },
      status: { kind: 'preparing', since: 0 },
      works: [],
      phone: { registered: false },
      outside: { numbers: [] },
    }
  }
}

export interface RigOptions {
  limits?: LoginLimits
  pings?: EdgeDeps['pings']
  /** A real Asterisk instead of the stand-in. */
  ariUrl?: string
}

/** The whole edge on a port of its own: real HTTPS, Redis, SQL; Asterisk's WebSocket and the desk are stand-ins. */
export class EdgeRig {
  readonly desk = new FakeDesk()
  readonly logs: string[] = []
  readonly log = jsonLog('trace', { write: (line) => void this.logs.push(line) })
  readonly clock = { offset: 0, now: () => Date.now() + this.clock.offset }
  /** What supervisors did, and which settings hold anew. */
  readonly acts: string[] = []
  readonly changed: string[] = []
  readonly health: Record<string, boolean> = { redis: true, asterisk: true }
  readonly asteriskRequests: IncomingMessage[] = []
  publisher = new BrowserPublisher()
  sessions!: Sessions
  records!: SqlRecords
  settings!: MonitorSettings
  directory!: Directory
  figures!: LiveFigures
  edge!: Edge
  readonly keys = redisKeys(`test-${randomBytes(6).toString('hex')}:`)
  readonly redis: Redis
  readonly dir = mkdtempSync(join(tmpdir(), 'tsunagu-edge-'))
  private readonly directories: { close(): Promise<void> }[] = []
  private readonly browsers: Browser[] = []
  private asterisk: Server | undefined

  private constructor(private readonly options: RigOptions) {
    const url = process.env['TEST_REDIS_URL']
    if (!url) throw new Error('TEST_REDIS_URL is not set: these tests need a real Redis')
    this.redis = new Redis(url)
  }

  static async start(options: RigOptions = {}): Promise<EdgeRig> {
    const rig = new EdgeRig(options)
    rig.writeFrontend()
    rig.asterisk = await rig.startAsterisk()
    await rig.startServer()
    return rig
  }

  get port(): number {
    return this.edge.port()
  }

  get asteriskPort(): number {
    return (this.asterisk?.address() as AddressInfo).port
  }

  browser(): Browser {
    const browser = new Browser(this.port)
    this.browsers.push(browser)
    return browser
  }

  /** A browser that is logged in; fails loudly when it cannot be. */
  async loggedIn(id = '6320'): Promise<Browser> {
    const browser = this.browser()
    const { status, text } = await browser.logIn(id)
    if (status !== 200) throw new Error(`${id} could not log in: ${status} ${text}`)
    return browser
  }

  /** Lets time pass and hands out the alarms that are then due. */
  async pass(ms: number): Promise<void> {
    this.clock.offset += ms
    const alarms = redisAlarms(this.redis, this.keys)
    for (const alarm of await alarms.takeDue(this.clock.now())) {
      await this.sessions.onAlarm(alarm.key)
      await alarms.done(alarm)
    }
  }

  async alarms(): Promise<string[]> {
    return this.redis.zrange(this.keys.alarms, 0, '-1')
  }

  /** The server process dies and comes back; what is in Redis stays. */
  async restart(): Promise<void> {
    await this.edge.close()
    await this.startServer()
    for (const browser of this.browsers) browser.port = this.port
  }

  /** Another server in front of the same sessions. */
  secondEdge(port: number): Promise<Edge> {
    return this.makeEdge(port, new BrowserPublisher())
  }

  async stopAsterisk(): Promise<void> {
    const { asterisk } = this
    this.asterisk = undefined
    asterisk?.closeAllConnections()
    await new Promise((resolve) => (asterisk ? asterisk.close(resolve) : resolve(undefined)))
  }

  async stop(): Promise<void> {
    for (const browser of this.browsers) browser.close()
    await this.edge.close()
    await this.stopAsterisk()
    const left = await this.redis.keys(`${this.keys.sessions.replace('sessions', '')}*`)
    if (left.length > 0) await this.redis.del(...left)
    this.redis.disconnect()
    for (const directory of this.directories) await directory.close()
    rmSync(this.dir, { recursive: true })
  }

  private async startServer(): Promise<void> {
    const { keys, redis, desk, clock, log } = this
    const passwords = scryptPasswords({ log2N: 4, r: 8, p: 1 })
    const database = join(this.dir, 'data', 'tsunagu.db')
    const directory = await openDirectory({ database, ringMs: 20_000, demo: true }, passwords)
    this.records = await openRecords(database)
    this.directory = directory
    this.directories.push(directory, this.records)
    this.publisher = new BrowserPublisher()
    this.sessions = new Sessions({
      ...{ directory, passwords, clock, log, ids: systemIds, graceMs: GRACE_MS, desk: desk.desk },
      store: redisSessionStore(redis, keys),
      limiter: redisLoginLimiter(redis, keys, this.options.limits ?? LOGIN_LIMITS),
      alarms: redisAlarms(redis, keys),
      publisher: this.publisher,
      links: this.publisher,
    })
    this.settings = new MonitorSettings({
      ...{ settings: this.records.settings, directory, log },
      changed: (name) => this.changed.push(name),
      records: { act: ({ by, act }) => Promise.resolve(void this.acts.push(`${by} ${act}`)) },
    })
    this.edge = await this.makeEdge(0)
    await this.edge.listen()
  }

  /** What supervisors ask about what was; nothing goes on that is not in `figures`. */
  private async lookBack() {
    const { clock, records } = this
    const directory = this.directory
    const surroundings = { clock, timeZone: 'Asia/Tokyo', rules: () => DEFAULT_SETTINGS }
    const outbox = redisOutbox(this.redis, this.keys)
    this.figures = new LiveFigures({ ...surroundings, settings: surroundings.rules })
    const nobody = { list: () => Promise.resolve([]) }
    const live = { calls: nobody, operators: nobody } as unknown as Pick<Sources, 'calls' | 'operators'>
    await this.figures.load({ store: records.store, outbox, ...live })
    return lookBack({
      ...surroundings,
      past: records.past,
      outbox,
      figures: this.figures,
      directory,
      crossings: () => [],
    })
  }

  private async makeEdge(port: number, publisher = this.publisher): Promise<Edge> {
    const past = await this.lookBack()
    return createEdge({
      config: {
        ...{ port, host: '127.0.0.1', publicHost: 'localhost', runtimeDir: this.dir },
        ari: {
          url: this.options.ariUrl ?? `http://127.0.0.1:${this.asteriskPort}/ari`,
          user: 'x',
          password: 'x',
        },
      },
      ...{
        log: this.log,
        sessions: this.sessions,
        desk: this.desk.desk,
        monitor: this.desk.monitor,
        records: this.records,
        settings: this.settings,
        past,
        publisher,
        metrics: createMetrics(),
      },
      health: () => Promise.resolve(this.health),
      frontendDir: join(this.dir, 'frontend'),
      ...(this.options.pings ? { pings: this.options.pings } : {}),
    })
  }

  private writeFrontend(): void {
    mkdirSync(join(this.dir, 'frontend', 'assets'), { recursive: true })
    writeFileSync(join(this.dir, 'frontend', 'index.html'), '<!doctype html><title>つなぐ</title>')
    writeFileSync(join(this.dir, 'frontend', 'favicon.svg'), '<svg/>')
    writeFileSync(join(this.dir, 'frontend', 'assets', 'index-abc123.js'), 'export {}')
  }

  /** As Asterisk's WebSocket: speaks `sip` on /ws, and here says back what it hears. */
  private startAsterisk(): Promise<Server> {
    const server = createServer((_, answer) => void answer.writeHead(404).end())
    const ws = new WebSocketServer({ server, path: '/ws', handleProtocols: () => 'sip' })
    ws.on('connection', (socket, request) => {
      this.asteriskRequests.push(request)
      socket.on('message', (data, binary) => socket.send(data, { binary }))
    })
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve(server))
    })
  }
}
