import { randomUUID } from 'node:crypto'
import { pageId, userId, type OperatorView, type QueueId, type UserId } from '@tsunagu/contract'
import { Redis } from 'ioredis'
import { redisAlarms } from '../../src/adapters/redis/alarms.js'
import { redisKeys, type Keys } from '../../src/adapters/redis/keys.js'
import { LiveStore } from '../../src/adapters/redis/live-store.js'
import { redisSessionStore } from '../../src/adapters/redis/session-store.js'
import { systemIds } from '../../src/adapters/system/ids.js'
import { createCore, type Core } from '../../src/app/core.js'
import type {
  Alarms,
  DialBudget,
  Directory,
  Log,
  QualityEntry,
  Telephony,
  User,
} from '../../src/app/ports.js'
import { Acts } from '../../src/app/monitor/acts.js'
import { Floor } from '../../src/app/monitor/floor.js'
import type { Records } from '../../src/app/records/ports.js'
import type { CallLimits } from '../../src/domain/call/call.js'
import type { HistoryEntry } from '../../src/domain/history/history-entry.js'
import { LIMITS } from './call-samples.js'
import { FakeTelephony } from './fake-telephony.js'
import { MAIN, testDirectory } from './directory.js'
import { nextAlarm } from './next-alarm.js'

/** A Redis of the test run, and keys that nobody else uses. */
export function openRedis(prefix = `t-${randomUUID().slice(0, 8)}:`): {
  redis: Redis
  keys: Keys
  prefix: string
} {
  const url = process.env['TEST_REDIS_URL']
  if (!url) throw new Error('TEST_REDIS_URL is not set: run through vitest --project integration')
  return { redis: new Redis(url), keys: redisKeys(prefix), prefix }
}

export interface StageOptions {
  limits?: Partial<CallLimits>
  ringMs?: number
  prefix?: string
  now?: number
  log?: Log
  directory?: Directory
  budget?: DialBudget
  telephony?: FakeTelephony
  records?: Records
}

const faults: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => console.error(message, fields),
}

export const NO_RECORDS: Records = { noted: () => undefined, act: () => Promise.resolve() }

/** The control plane on real Redis with an Asterisk that only listens, and a clock that the test turns. */
export class Stage {
  readonly telephony: FakeTelephony
  readonly core: Core
  /** What supervisors do. */
  readonly acts: Acts
  readonly live: LiveStore
  readonly redis: Redis
  readonly keys: Keys
  readonly prefix: string
  /** What the board sees. */
  readonly floor = new Floor()
  readonly views = new Map<UserId, OperatorView>()
  readonly history: HistoryEntry[] = []
  readonly quality: QualityEntry[] = []
  readonly limits: CallLimits
  now: number
  private readonly alarms: Alarms

  constructor(options: StageOptions = {}) {
    const { limits, ringMs = 20_000, prefix, now = 1_000_000, log = faults } = options
    const opened = openRedis(prefix)
    this.redis = opened.redis
    this.keys = opened.keys
    this.prefix = opened.prefix
    this.now = now
    this.limits = { ...LIMITS, ...limits }
    this.live = new LiveStore(this.redis, this.keys, this.limits)
    this.alarms = redisAlarms(this.redis, this.keys)
    this.telephony = options.telephony ?? new FakeTelephony()
    const directory = options.directory ?? testDirectory(ringMs)
    const records = options.records ?? NO_RECORDS
    const clock = { now: () => this.now }
    this.core = createCore({
      telephony: this.telephony as Telephony,
      limits: this.limits,
      publisher: {
        operatorView: (id, view) => void this.views.set(id, view),
        parks: () => undefined,
        sessionEnded: () => undefined,
      },
      log,
      directory,
      history: { record: (entry) => void this.history.push(entry) },
      quality: { record: (entry) => void this.quality.push(entry) },
      records,
      changes: this.floor,
      liveCalls: this.live.calls,
      liveOperators: this.live.operators,
      lines: this.live,
      sessions: redisSessionStore(this.redis, this.keys),
      budget: options.budget ?? { spend: () => Promise.resolve(true) },
      clock,
      ids: systemIds,
    })
    const { operators, calls, listenings } = this.core
    this.acts = new Acts({
      operators,
      calls,
      listenings,
      directory,
      records,
      clock,
      liveOperators: this.live.operators,
    })
  }

  /** Nothing is under way any more: not even what the last thing under way had asked for. */
  async quiet(): Promise<void> {
    for (let round = 0; round < 3; round++) await this.core.idle()
  }

  /** Turns the clock, and rings what is due on the way in its order. */
  async until(time: number): Promise<void> {
    for (;;) {
      const next = await nextAlarm(this.redis, this.keys)
      if (next === undefined || next > time) break
      this.now = Math.max(this.now, next)
      for (const alarm of await this.alarms.takeDue(this.now)) {
        await this.core.engine.onAlarm(alarm.key)
        await this.alarms.done(alarm)
      }
      await this.quiet()
    }
    this.now = Math.max(this.now, time)
  }

  /** A logged-in operator with a registered phone, 受付可. */
  async operator(id: string, queues: QueueId[] = [MAIN], page = 'page-of-the-test'): Promise<UserId> {
    const user = userOf(id, queues)
    const { desk, operators } = this.core
    await desk.logIn(user, { tokenHash: id, userId: user.id, createdAt: 0, phoneSecret: 'secret' })
    await desk.claimPhone(user.id, pageId(page))
    await operators.apply(user.id, { type: 'registered', at: this.now, registered: true })
    await desk.choose(user.id, { kind: 'ready' })
    return user.id
  }

  /** A caller comes in, as decoded from Asterisk. */
  async caller(channel: string, options: { dialled?: string; up?: boolean } = {}): Promise<void> {
    const { dialled = '0350600025', up = false } = options
    const who = { channel, dialled, callerNumber: '09011111111', up }
    this.core.engine.accept({ type: 'caller-entered', at: this.now, ...who })
    await this.quiet()
  }

  /** Every key below this stage's prefix, without it. */
  async left(): Promise<string[]> {
    const keys = await this.redis.keys(`${this.prefix}*`)
    return keys.map((key) => key.slice(this.prefix.length)).sort()
  }

  async close(): Promise<void> {
    await this.quiet()
    const keys = await this.redis.keys(`${this.prefix}*`)
    if (keys.length > 0) await this.redis.del(...keys)
    await this.redis.quit()
  }
}

export function userOf(id: string, queues: QueueId[]): User {
  const role = 'operator'
  return {
    id: userId(id),
    name: id,
    kana: '',
    role,
    extension: id,
    passwordHash: '',
    queues,
    disabled: false,
  }
}
