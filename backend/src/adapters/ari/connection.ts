import ari, { type AriClient } from 'ari-client'
import type { Log } from '../../app/ports.js'
import { AriDown } from './classify.js'
import { CALL_APP, PRESENCE_APP } from './frames.js'
import { retire } from './retire.js'
import { within } from './within.js'

export interface AriOptions {
  url: string
  user: string
  password: string
}

export interface AriListener {
  /** Connected: events from now on are kept until this has settled, then told in order. */
  onUp(): Promise<void>
  onDown(): void
  onFrame(frame: unknown): Promise<void>
  /** Another process took our application: two engines must not work one Asterisk. */
  onReplaced(): void
}

/** Time limits, ms: `ari-client` has none and would wait for ever. */
const COMMAND_MS = 3_000
const CONNECT_MS = 5_000
const PING_EVERY_MS = 5_000
const RETRY_FIRST_MS = 100
const RETRY_MOST_MS = 2_000

/** Noise that a call makes and nobody here uses: 35 of 55 events (reference: ari.md section 0). */
const NOISE = ['ChannelVarset', 'ChannelDialplan', 'ChannelConnectedLine', 'ChannelCallerId']

// swagger-client, below ari-client, speaks on standard output through a global function that it defines; our logs are JSON.
Object.assign(globalThis, { log: () => undefined })

/**
 * One supervised connection to one Asterisk. `ari-client` gives the operations and the first socket; reconnecting,
 * time limits and reading of events are ours, because its own gives up after ten tries, waits for ever, and dies of an
 * event type it does not know.
 */
export class AriConnection {
  private client: AriClient | undefined
  private frames: Promise<void> = Promise.resolve()
  private ping: NodeJS.Timeout | undefined
  private retry: NodeJS.Timeout | undefined
  private retryMs = RETRY_FIRST_MS
  private stopped = false
  private listener: AriListener | undefined

  constructor(
    private readonly options: AriOptions,
    private readonly log: Log,
  ) {}

  get up(): boolean {
    return this.client !== undefined
  }

  start(listener: AriListener): void {
    this.listener = listener
    void this.connect()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.retry)
    const { client } = this
    this.down()
    if (client) retire(client)
  }

  /** Runs one operation within the time limit. Throws `AriDown`, `AriTimeout`, or what Asterisk said. */
  async run<T>(operation: (client: AriClient) => Promise<T>, limitMs = COMMAND_MS): Promise<T> {
    if (!this.client) throw new AriDown('no connection to Asterisk')
    return within(limitMs, operation(this.client))
  }

  private async connect(): Promise<void> {
    let client: AriClient | undefined
    try {
      const { url, user, password } = this.options
      await expectLoaded(this.options)
      client = await within(CONNECT_MS, ari.connect(url, user, password))
      await within(CONNECT_MS, this.openEvents(client))
      await within(CONNECT_MS, subscribe(client))
      this.retryMs = RETRY_FIRST_MS
      this.log.info({}, 'connected to Asterisk')
    } catch (error) {
      if (client) retire(client)
      this.down()
      this.log.warn(
        { error: error instanceof Error ? error.message : String(error) },
        'Asterisk is not reachable',
      )
      this.connectLater()
    }
  }

  private connectLater(): void {
    if (this.stopped) return
    clearTimeout(this.retry)
    this.retry = setTimeout(() => void this.connect(), this.retryMs)
    this.retryMs = Math.min(2 * this.retryMs, RETRY_MOST_MS)
  }

  /** Opens the event socket and takes it over in the same tick, before the first frame can be read by anybody else. */
  private openEvents(client: AriClient): Promise<void> {
    return new Promise((resolve, reject) => {
      const broken = (): void => {
        this.lost(client)
        reject(new AriDown('the event socket broke'))
      }
      client.on('error', broken)
      client.on('WebSocketReconnecting', broken)
      client.on('WebSocketConnected', () => (this.stopped ? broken() : this.takeOver(client)))
      client.start([CALL_APP, PRESENCE_APP]).then(resolve, reject)
    })
  }

  private takeOver(client: AriClient): void {
    const socket = client._ws
    if (!socket) return
    socket.removeAllListeners('message').removeAllListeners('close').removeAllListeners('error')
    let answered = true
    socket.on('message', (data: Buffer) => this.read(data))
    socket.on('pong', () => (answered = true))
    socket.on('close', () => this.lost(client))
    socket.on('error', () => this.lost(client))
    clearInterval(this.ping)
    this.ping = setInterval(() => {
      if (!answered) return this.lost(client)
      answered = false
      socket.ping()
    }, PING_EVERY_MS)
    this.client = client
    this.frames = this.frames.then(() => this.listener?.onUp()).catch((error: unknown) => this.fault(error))
  }

  private read(data: Buffer): void {
    const frame = parse(data)
    if (frame === undefined) return this.log.warn({}, 'an event of Asterisk is not JSON')
    if ((frame as { type?: unknown }).type === 'ApplicationReplaced') return this.listener?.onReplaced()
    this.frames = this.frames
      .then(() => this.listener?.onFrame(frame))
      .catch((error: unknown) => this.fault(error))
  }

  private fault(error: unknown): void {
    this.log.error({ err: error }, 'an event of Asterisk could not be handled')
  }

  private lost(client: AriClient): void {
    retire(client)
    if (this.client !== client) return
    this.down()
    this.log.warn({}, 'connection to Asterisk lost')
    this.connectLater()
  }

  private down(): void {
    clearInterval(this.ping)
    if (!this.client) return
    this.client = undefined
    this.listener?.onDown()
  }
}

/** While Asterisk still loads it answers 503, of which `ari-client` would die in a callback that nobody can catch. */
async function expectLoaded({ url, user, password }: AriOptions): Promise<void> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  const signal = AbortSignal.timeout(CONNECT_MS)
  const answer = await fetch(new URL('/ari/asterisk/info', url), { headers: { authorization }, signal })
  await answer.body?.cancel()
  if (!answer.ok) throw new AriDown(`Asterisk answers ${String(answer.status)}`)
}

/** The filter and the subscription belong to the connection, so they are made anew with every one. */
async function subscribe(client: AriClient): Promise<void> {
  const { applications } = client
  await applications['filter']?.({
    applicationName: CALL_APP,
    filter: { disallowed: NOISE.map((type) => ({ type })) },
  })
  // The subscription below would bring every event of every phone's channels along.
  await applications['filter']?.({
    applicationName: PRESENCE_APP,
    filter: { allowed: [{ type: 'EndpointStateChange' }] },
  })
  await applications['subscribe']?.({ applicationName: PRESENCE_APP, eventSource: 'endpoint:PJSIP' })
}

function parse(data: Buffer): object | undefined {
  try {
    const frame: unknown = JSON.parse(data.toString())
    return typeof frame === 'object' && frame !== null ? frame : undefined
  } catch {
    // Told by the caller: the frame is skipped, the stream goes on.
    return undefined
  }
}
