import { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import { AriConnection } from './adapters/ari/connection.js'
import { AriTelephony } from './adapters/ari/telephony.js'
import { redisAlarms } from './adapters/redis/alarms.js'
import { redisDialBudget } from './adapters/redis/dial-budget.js'
import { redisKeys, type Keys } from './adapters/redis/keys.js'
import { LiveStore } from './adapters/redis/live-store.js'
import { redisLoginLimiter } from './adapters/redis/login-limiter.js'
import { redisSessionStore } from './adapters/redis/session-store.js'
import { BrowserPublisher } from './adapters/socketio/publisher.js'
import { openDirectory, type SqlDirectory } from './adapters/sql/directory.js'
import { openRecords } from './adapters/sql/records.js'
import { commandMetrics, liveMetrics } from './adapters/system/call-metrics.js'
import { systemClock } from './adapters/system/clock.js'
import { systemIds } from './adapters/system/ids.js'
import { createMetrics } from './adapters/system/metrics.js'
import { scryptPasswords } from './adapters/system/passwords.js'
import { withOwnNames } from './app/books/own-names.js'
import { createCore, type Core } from './app/core.js'
import { Floor } from './app/monitor/floor.js'
import { PatientWriter } from './app/patient-writer.js'
import type { Alarms, Directory, Log, QualityEntry, Telephony } from './app/ports.js'
import type { Passwords } from './app/sessions/ports.js'
import { Sessions } from './app/sessions/sessions.js'
import { monitoring, type Monitoring } from './compose-monitor.js'
import { MonitorSettings } from './app/settings/monitor-settings.js'
import type { SettingName } from './app/settings/ports.js'
import { lookBack } from './compose-past.js'
import { keepRecords, type RecordKeeping } from './compose-records.js'
import type { Config } from './config.js'
import type { CallLimits } from './domain/call/call.js'
import type { HistoryEntry } from './domain/history/history-entry.js'

export type Parts = Awaited<ReturnType<typeof openParts>>

/** A Redis that does not answer in this time is a fault, ms. */
const REDIS_LIMIT_MS = 5_000
/** A caller hears his carrier's ringing this long before music, ms: one ring in Japan (1 s on, 2 s off). */
const RINGBACK_MS = 3_000
/** An operator's page takes its leg in a third of a second; after this it will not, ms. */
const LEG_MS = 5_000
/** A page that is being reloaded refuses its leg, and its links close within this time, ms. */
const REFUSAL_MS = 1_000

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

/** Opens everything that the process works with; nothing is started yet. */
export async function openParts(config: Config, log: Log) {
  const metrics = createMetrics()
  const keys = redisKeys()
  const redis = openRedis(config.redisUrl, log)
  const passwords = scryptPasswords()
  const directory = await openDirectory(config, passwords)
  const kept = await openKept(config, log)
  const limits = limitsOf(config)
  const live = new LiveStore(redis, keys, limits)
  liveMetrics(metrics, live)
  const floor = new Floor()
  const keeping = keepRecords({ redis, keys, live, floor, metrics, log, kept: kept.records }, config)
  const alarms = redisAlarms(redis, keys)
  const publisher = new BrowserPublisher()
  const { connection, telephony } = openTelephony(config, { metrics, log }, () => core.agreement.request())
  const opened = {
    config,
    log,
    keys,
    redis,
    directory,
    kept,
    live,
    keeping,
    floor,
    alarms,
    publisher,
    telephony,
    passwords,
  }
  const { core, sessions } = await useCases({ ...opened, limits })
  const monitor = monitoring({
    ...{ redis, keys, floor, live, core, keeping, sessions, directory, publisher, log },
    thresholds: () => kept.records.settings.thresholds.current().value,
  })
  const past = pastOf(opened, monitor)
  const settings = openSettings({ ...opened, monitor, past }, log)
  return {
    metrics,
    keys,
    redis,
    directory,
    kept,
    keeping,
    settings,
    past,
    live,
    alarms,
    publisher,
    connection,
    core,
    sessions,
    monitor,
  }
}

interface Opened {
  config: Config
  log: Log
  keys: Keys
  redis: Redis
  directory: SqlDirectory
  kept: Kept
  live: LiveStore
  keeping: RecordKeeping
  floor: Floor
  alarms: Alarms
  publisher: BrowserPublisher
  telephony: Telephony
  passwords: Passwords
  limits: CallLimits
}

async function useCases(opened: Opened): Promise<{ core: Core; sessions: Sessions }> {
  const { config, redis, keys, directory, kept, live, keeping, floor, alarms, publisher, telephony } = opened
  const { limits, log } = opened
  const store = redisSessionStore(redis, keys)
  const surroundings = { clock: systemClock, ids: systemIds, log }
  const core = createCore({
    telephony,
    liveCalls: live.calls,
    liveOperators: live.operators,
    lines: live,
    sessions: store,
    directory: withOwnNames(directory, kept.records.books),
    history: kept.history,
    quality: kept.quality,
    records: keeping.records,
    changes: floor,
    publisher,
    limits,
    budget: await redisDialBudget(redis, keys, directory),
    ...surroundings,
  })
  const sessions = new Sessions({
    store,
    directory,
    passwords: opened.passwords,
    limiter: redisLoginLimiter(redis, keys),
    desk: core.desk,
    publisher,
    links: publisher,
    alarms,
    ...surroundings,
    graceMs: config.graceMs,
  })
  return { core, sessions }
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

function pastOf(
  { config, kept, keeping, directory }: Pick<Opened, 'config' | 'kept' | 'keeping' | 'directory'>,
  { desk }: Monitoring,
) {
  const { timeZone } = config
  const crossings = () => desk.snapshot().tables.crossings
  return lookBack({ ...keeping, past: kept.records.past, directory, clock: systemClock, timeZone, crossings })
}

interface Setting {
  kept: Kept
  keeping: RecordKeeping
  directory: Directory
  monitor: Monitoring
  past: ReturnType<typeof lookBack>
}

/** Set while calls go on: figures, and what every monitor shows of them, follow at once. */
function openSettings({ kept, keeping, directory, monitor, past }: Setting, log: Log): MonitorSettings {
  const changed = (name: SettingName): void => {
    if (name === 'figures') {
      keeping.figures.settingsChanged()
      past.settingsChanged()
    }
    monitor.settingsChanged()
  }
  const { settings } = kept.records
  return new MonitorSettings({ settings, directory, records: keeping.records, changed, log })
}
type Kept = Awaited<ReturnType<typeof openKept>>
