import { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import { AriConnection } from './adapters/ari/connection.js'
import { decode } from './adapters/ari/decode.js'
import { AriTelephony } from './adapters/ari/telephony.js'
import { createEdge } from './adapters/http/server.js'
import { redisAlarms } from './adapters/redis/alarms.js'
import { redisDialBudget } from './adapters/redis/dial-budget.js'
import { redisKeys } from './adapters/redis/keys.js'
import { takeLease } from './adapters/redis/lease.js'
import { LiveStore } from './adapters/redis/live-store.js'
import { redisLoginLimiter } from './adapters/redis/login-limiter.js'
import { redisSessionStore } from './adapters/redis/session-store.js'
import { BrowserPublisher } from './adapters/socketio/publisher.js'
import { openDirectory } from './adapters/sql/directory.js'
import { openRecords } from './adapters/sql/records.js'
import { commandMetrics, liveMetrics } from './adapters/system/call-metrics.js'
import { systemClock } from './adapters/system/clock.js'
import { systemIds } from './adapters/system/ids.js'
import { createMetrics } from './adapters/system/metrics.js'
import { scryptPasswords } from './adapters/system/passwords.js'
import { startTicker } from './adapters/system/ticker.js'
import { Bells } from './app/bells.js'
import { withOwnNames } from './app/books/own-names.js'
import { createCore, type Core } from './app/core.js'
import { PatientWriter } from './app/patient-writer.js'
import type { Directory, Log, QualityEntry } from './app/ports.js'
import { Sessions } from './app/sessions/sessions.js'
import { MonitorSettings } from './app/settings/monitor-settings.js'
import type { SettingName } from './app/settings/ports.js'
import { keepRecords, type RecordKeeping } from './compose-records.js'
import type { Config } from './config.js'
import type { CallLimits } from './domain/call/call.js'
import type { HistoryEntry } from './domain/history/history-entry.js'

/** Alarms are this late at the most, ms. */
const ALARM_EVERY_MS = 100
/** So often it is looked whether Asterisk still holds what we remember, ms. */
const LOOK_EVERY_MS = 30_000
/** A Redis that does not answer in this time is a fault, ms. */
const REDIS_LIMIT_MS = 5_000
/** A caller hears his carrier's ringing this long before music, ms: one ring in Japan (1 s on, 2 s off). */
const RINGBACK_MS = 3_000
/** An operator's page takes its leg in a third of a second; after this it will not, ms. */
const LEG_MS = 5_000
/** A page that is being reloaded refuses its leg, and its links close within this time, ms. */
const REFUSAL_MS = 1_000

export interface Running {
  stop(): Promise<void>
}

/**
 * Builds everything and starts it, in the order in which the parts need each other. `die` is called when this process
 * must not go on: another one works the PBX.
 */
export async function compose(config: Config, log: Log, die: (why: string) => void): Promise<Running> {
  const parts = await openParts(config, log)
  const { redis, keys, directory, connection, core, sessions, alarms } = parts
  const lease = await takeLease({ redis, keys, ids: systemIds, log }, () =>
    die('another process took the lease'),
  )
  await takeUp(parts)

  const { agreement } = core
  agreement.disconnected()
  const health = async (): Promise<Record<string, boolean>> => ({
    asterisk: connection.up && agreement.reached,
    redis: await answers(redis),
    database: await directory.reachable(),
  })
  const edge = await createEdge({
    config,
    log,
    sessions,
    desk: core.desk,
    records: parts.kept.records,
    settings: parts.settings,
    publisher: parts.publisher,
    health,
    metrics: parts.metrics,
  })
  connection.start({
    onUp: () => agreement.connected(),
    onDown: () => agreement.disconnected(),
    onReplaced: () => die('another process took the ARI application'),
    onFrame(frame) {
      const event = decode(frame)
      if (event) core.engine.accept(event)
      return Promise.resolve()
    },
  })
  // A Redis that came back may have lost its last second: what Asterisk holds fills the gap.
  redis.on('ready', () => agreement.request())
  const bells = new Bells({ alarms, sessions, engine: core.engine, clock: systemClock, log })
  const onFault = (error: unknown): void => log.error({ err: error }, 'alarms could not be taken')
  const tickers = [
    startTicker(ALARM_EVERY_MS, () => bells.ringDue(), onFault),
    startTicker(LOOK_EVERY_MS, () => agreement.look(), onFault),
  ]
  await edge.listen()
  return {
    async stop() {
      await edge.close()
      for (const ticker of tickers) await ticker.stop()
      await bells.idle()
      connection.stop()
      agreement.disconnected()
      await core.idle()
      await parts.keeping.stop()
      await lease.release()
      await redis.quit()
      await parts.kept.close()
      await directory.close()
    },
  }
}

/** Goes on where the process before this one stopped. */
async function takeUp({
  keeping,
  core,
  live,
  sessions,
}: Awaited<ReturnType<typeof openParts>>): Promise<void> {
  await keeping.begin()
  await core.recovery.forgetPages()
  await sessions.reconcile((await live.operators.list()).map(({ id }) => id))
}

function answers(redis: Redis): Promise<boolean> {
  return redis.ping().then(
    (reply) => reply === 'PONG',
    () => false,
  )
}

function openRedis(url: string, log: Log): Redis {
  const redis = new Redis(url, { commandTimeout: REDIS_LIMIT_MS })
  redis.on('error', (error: Error) => log.warn({ error: error.message }, 'Redis'))
  return redis
}

/** `unsure`: whether a command was carried out, nobody knows; Asterisk does. */
function openTelephony(
  config: Config,
  { metrics, log }: { metrics: Registry; log: Log },
  unsure: () => void,
) {
  const connection = new AriConnection(config.ari, log)
  const measure = commandMetrics(metrics)
  const telephony = new AriTelephony(connection, (command, ms, result) => {
    measure(command, ms, result)
    if (!result.ok && result.code === 'timeout') unsure()
  })
  return { connection, telephony }
}

function limitsOf({ rejoinMs, parkMs, dialMs }: Config): CallLimits {
  const times = { ringbackMs: RINGBACK_MS, legMs: LEG_MS, refusalMs: REFUSAL_MS }
  return { ...times, rejoinMs, parkMs, dialMs }
}

async function openParts(config: Config, log: Log) {
  const metrics = createMetrics()
  const keys = redisKeys()
  const redis = openRedis(config.redisUrl, log)
  const passwords = scryptPasswords()
  const directory = await openDirectory(config, passwords)
  const kept = await openKept(config, log)
  const limits = limitsOf(config)
  const live = new LiveStore(redis, keys, limits)
  liveMetrics(metrics, live)
  const keeping = keepRecords({ redis, keys, live, metrics, log, kept: kept.records }, config)
  const settings = openSettings({ kept, keeping, directory }, log)
  const alarms = redisAlarms(redis, keys)
  const store = redisSessionStore(redis, keys)
  const publisher = new BrowserPublisher()
  const { connection, telephony } = openTelephony(config, { metrics, log }, () => core.agreement.request())
  const surroundings = { clock: systemClock, ids: systemIds, log }
  const core: Core = createCore({
    telephony,
    liveCalls: live.calls,
    liveOperators: live.operators,
    lines: live,
    sessions: store,
    directory: withOwnNames(directory, kept.records.books),
    history: kept.history,
    quality: kept.quality,
    records: keeping.records,
    publisher,
    limits,
    budget: await redisDialBudget(redis, keys, directory),
    ...surroundings,
  })
  const sessions = new Sessions({
    store,
    directory,
    passwords,
    limiter: redisLoginLimiter(redis, keys),
    desk: core.desk,
    publisher,
    links: publisher,
    alarms,
    ...surroundings,
    graceMs: config.graceMs,
  })
  return {
    metrics,
    keys,
    redis,
    directory,
    kept,
    keeping,
    settings,
    live,
    alarms,
    publisher,
    connection,
    core,
    sessions,
  }
}

/** What is written down of the calls, and read of the books; the last calls are written before it closes. */
async function openKept({ database }: Config, log: Log) {
  const records = await openRecords(database)
  const history = new PatientWriter<HistoryEntry>({
    name: 'history',
    write: (all) => records.history.append(all),
    log,
  })
  const quality = new PatientWriter<QualityEntry>({
    name: 'call quality',
    write: (all) => records.quality.put(all),
    log,
  })
  const close = async (): Promise<void> => {
    await Promise.all([history.stop(), quality.stop()])
    await records.close()
  }
  return { records, history, quality, close }
}

/** Set while calls go on: the figures follow at once. */
function openSettings(
  { kept, keeping, directory }: { kept: Kept; keeping: RecordKeeping; directory: Directory },
  log: Log,
): MonitorSettings {
  const changed = (name: SettingName): void => {
    if (name === 'figures') keeping.figures.settingsChanged()
  }
  const { settings } = kept.records
  return new MonitorSettings({ settings, directory, records: keeping.records, changed, log })
}
type Kept = Awaited<ReturnType<typeof openKept>>
