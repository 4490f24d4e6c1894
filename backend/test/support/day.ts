import { pageId, userId, type CallId, type Choice, type UserId } from '@tsunagu/contract'
import { expect } from 'vitest'
import { redisOutbox } from '../../src/adapters/redis/outbox.js'
import { systemIds } from '../../src/adapters/system/ids.js'
import { LiveFigures } from '../../src/app/metrics/live-figures.js'
import type { Log } from '../../src/app/ports.js'
import { RecordKeeper } from '../../src/app/records/record-keeper.js'
import { RecordWriter } from '../../src/app/records/record-writer.js'
import type { RecordStore } from '../../src/app/records/ports.js'
import { Decisions } from '../../src/app/why/decisions.js'
import type { Subject } from '../../src/domain/metrics/ledger.js'
import { DEFAULT_SETTINGS } from '../../src/domain/metrics/terms.js'
import type { ClosedSpan } from '../../src/domain/records/span.js'
import { MAIN, SUPPORT } from './directory.js'
import { LivingTelephony } from './fake-telephony.js'
import { Stage, userOf } from './stage.js'

export const TIME_ZONE = 'Asia/Tokyo'
/** Nine in the morning in Tokyo. */
export const MORNING = Date.parse('2026-11-22T00:00:00Z')

const OPERATORS = { '6320': [MAIN], '6321': [SUPPORT], '6322': [MAIN, SUPPORT] }
const ids = Object.keys(OPERATORS).map(userId)
const SUPERVISOR = { id: userId('sv1'), name: '山本 直子' }
const NUMBERS = ['0350600025', '0350600026']

/** Something happens at the latest after so long, ms. */
const PAUSES = [100, 3_000, 10_000, 40_000]

/** Chance that repeats itself (mulberry32). */
function chance(seed: number) {
  let state = seed
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
  const below = (n: number): number => Math.floor(next() * n)
  const one = <T>(of: readonly T[]): T => of[below(of.length)]!
  return { below, one }
}

const complain: Log = { debug() {}, info() {}, warn() {}, error: console.error }

export interface DayOptions {
  seed: number
  log?: Log
  /** Between two attempts at a database that is away, ms. */
  retryMs?: number
}

/** The day, and everybody who watches it. */
export class Day {
  readonly telephony = new LivingTelephony()
  readonly stage: Stage
  readonly figures: LiveFigures
  readonly writer: RecordWriter
  readonly decisions: Decisions
  readonly dice: ReturnType<typeof chance>
  /** What an observer of the use cases sees, apart from all records. */
  readonly seen = { entered: 0, spoken: new Set<string>() }
  /** Every span that was noted to be over. */
  readonly noted = new Set<string>()
  /** What was decided, and how often a supervisor did something: neither is noted. */
  readonly decided = new Set<string>()
  acts = 0
  /** How much is on its way to the database. */
  readonly waiting: () => Promise<number>
  private callers = 0

  constructor(
    readonly store: RecordStore,
    { seed, log = complain, retryMs }: DayOptions,
  ) {
    this.dice = chance(seed)
    // Known only once the stage is there.
    const late: { keeper?: RecordKeeper } = {}
    const records = {
      noted: (...told: Parameters<RecordKeeper['noted']>) => {
        for (const { key } of told[1]) this.noted.add(key)
        late.keeper?.noted(...told)
      },
      act: (act: Parameters<RecordKeeper['act']>[0]) => {
        this.acts++
        return late.keeper!.act(act)
      },
    }
    this.stage = new Stage({ telephony: this.telephony, now: MORNING, records })
    const clock = { now: () => this.stage.now }
    const settings = () => DEFAULT_SETTINGS
    this.figures = new LiveFigures({ clock, timeZone: TIME_ZONE, settings })
    const outbox = redisOutbox(this.stage.redis, this.stage.keys)
    this.waiting = () => outbox.size()
    this.writer = new RecordWriter({ outbox, store, log, ...(retryMs === undefined ? {} : { retryMs }) })
    const { figures, writer } = this
    const put = (span: ClosedSpan): Promise<void> => {
      this.decided.add(span.key)
      return outbox.put(span)
    }
    this.decisions = new Decisions({ floor: this.stage.floor, outbox: { put }, writer, log })
    late.keeper = new RecordKeeper({
      outbox,
      writer,
      heard: [figures, this.decisions],
      clock,
      ids: systemIds,
    })
  }

  async begin(): Promise<void> {
    for (const id of ids) await this.logIn(id)
  }

  async run(steps: number): Promise<void> {
    for (let i = 0; i < steps; i++) {
      await this.happen()
      await this.settle()
      // A page takes its leg in a moment, as a rule.
      if (this.dice.below(10) > 0) this.legsUp()
      await this.settle()
      for (const call of await this.stage.live.calls.list()) {
        if (call.status === 'talking') this.seen.spoken.add(call.id)
      }
      await this.stage.until(this.stage.now + this.dice.below(this.dice.one(PAUSES)))
      await this.settle()
    }
  }

  /** Everybody hangs up and goes home. */
  async end(): Promise<void> {
    for (const channel of [...this.telephony.channels.keys()]) this.telephony.die(channel)
    await this.settle()
    for (const id of ids) await this.stage.core.desk.dropOut(id, 'forced')
    await this.settle()
    await this.decisions.idle()
    await this.writer.stop()
  }

  private async settle(): Promise<void> {
    await this.stage.quiet()
    while (this.telephony.dead.length > 0) {
      for (const channel of this.telephony.dead.splice(0)) {
        const why = 'unreachable'
        this.stage.core.engine.accept({ type: 'channel-gone', at: this.stage.now, channel, why })
      }
      await this.stage.quiet()
    }
  }

  private async logIn(id: UserId): Promise<void> {
    const { desk, operators } = this.stage.core
    const user = userOf(id, OPERATORS[id as keyof typeof OPERATORS])
    await desk.logIn(user, { tokenHash: id, userId: id, createdAt: 0, phoneSecret: 's' })
    await desk.claimPhone(id, pageId('page'))
    await operators.apply(id, { type: 'registered', at: this.stage.now, registered: true })
    await desk.choose(id, { kind: 'ready' })
  }

  private async happen(): Promise<unknown> {
    const { desk } = this.stage.core
    const { below, one } = this.dice
    const id = one(ids)
    const page = pageId('page')
    const kind = one(KINDS)
    switch (kind) {
      case 'enter':
        return this.enter()
      case 'leg-up':
        return this.legsUp()
      case 'answer':
        for (const each of ids) await desk.answer(each, page)
        return
      case 'ready':
        for (const each of ids) if (below(3) > 0) await desk.choose(each, { kind: 'ready' })
        return
      case 'caller-gone':
        return this.dies((channel) => !channel.includes(':'))
      case 'leg-gone':
        return this.dies((channel) => channel.includes(':leg:'))
      case 'hang-up':
        return desk.hangUp(id, page)
      case 'hold':
        return desk.hold(id, page)
      case 'resume':
        return desk.resume(id, page)
      case 'park':
        return desk.park(id, page, 1)
      case 'take':
        return desk.take(id, page, 1)
      case 'dial':
        return desk.dial(id, page, one(['0312345678', '6320', '6321', '6322', '0350600025', '0350600026']))
      case 'party':
        return this.partyUp()
      case 'transfer':
        return desk.transfer(id, page)
      case 'choose':
        return desk.choose(id, one(CHOICES))
      case 'alert':
        return desk.setAlert(id, below(2) === 0)
      case 'acknowledge':
        return this.acknowledge(id)
      case 'move':
        return this.move()
      case 'log-out':
        await desk.dropOut(id, 'forced')
        return this.logIn(id)
    }
  }

  private acknowledge(id: UserId): Promise<unknown> {
    return this.stage.acts.acknowledgeAlert(SUPERVISOR, id)
  }

  /** One of those who wait, to the other queue. */
  private async move(): Promise<void> {
    const calls = await this.stage.live.calls.list()
    const line = calls.flatMap((call) => (call.status === 'waiting' ? [call] : []))
    if (line.length === 0) return
    const { id, queueId } = this.dice.one(line.sort((a, b) => (a.id < b.id ? -1 : 1)))
    await this.stage.acts.move(SUPERVISOR, id, queueId === MAIN ? SUPPORT : MAIN)
  }

  private enter(): void {
    const channel = `c${String(++this.callers)}`
    this.seen.entered++
    this.telephony.channels.set(channel, true)
    const dialled = this.dice.one(NUMBERS)
    const event = { channel, dialled, callerNumber: '09011111111', up: false, at: this.stage.now }
    this.stage.core.engine.accept({ type: 'caller-entered', ...event })
  }

  private legsUp(): void {
    for (const [leg, ours] of this.telephony.channels) {
      if (ours || !leg.includes(':leg:')) continue
      this.telephony.channels.set(leg, true)
      this.stage.core.engine.accept({ type: 'leg-up', at: this.stage.now, leg })
    }
  }

  private partyUp(): void {
    for (const words of this.telephony.said.splice(0)) {
      const channel = /^callOut (\S+)/.exec(words)?.[1]
      if (channel === undefined) continue
      this.telephony.channels.set(channel, true)
      for (const type of ['party-ready', 'party-up'] as const) {
        this.stage.core.engine.accept({ type, at: this.stage.now, channel })
      }
    }
  }

  private dies(kind: (channel: string) => boolean): void {
    const found = [...this.telephony.channels.keys()].filter(kind)
    if (found.length > 0) this.telephony.die(this.dice.one(found))
  }
}

const CHOICES: Choice[] = [{ kind: 'short-break' }, { kind: 'lunch' }, { kind: 'other-work', work: '研修' }]
const often = [
  'enter',
  'enter',
  'leg-up',
  'leg-up',
  'leg-up',
  'answer',
  'answer',
  'answer',
  'ready',
  'ready',
] as const
const sometimes = ['hold', 'resume', 'hang-up', 'caller-gone', 'dial', 'party', 'transfer', 'move'] as const
const seldom = ['leg-gone', 'park', 'take', 'choose', 'alert', 'acknowledge', 'log-out'] as const
const KINDS = [...often, ...often, ...sometimes, ...sometimes, ...seldom]

export const SUBJECTS: Subject[] = [
  'all',
  { queue: MAIN },
  { queue: SUPPORT },
  ...ids.map((operator) => ({ operator })),
]

/** Of everything that began, all is over; nothing is there twice; statuses follow each other without a gap. */
export function checkWhole(spans: ClosedSpan[]): void {
  const keys = spans.map(({ key }) => key)
  expect(new Set(keys).size).toBe(keys.length)
  const calls = spans.filter(({ kind }) => kind === 'call').map(({ callId }) => callId)
  expect(new Set(calls).size, 'one line a call').toBe(calls.length)
  const inCalls = spans.flatMap(({ callId, kind }) => (callId && kind === 'talk' ? [callId] : []))
  expect(
    inCalls.filter((id: CallId) => !calls.includes(id)),
    'every talk is of a call',
  ).toEqual([])
  for (const operator of ids) {
    const statuses = spans
      .filter((span) => span.kind === 'status' && span.operator === operator)
      .sort((a, b) => a.since - b.since || a.until - b.until)
    statuses.slice(1).forEach((status, i) => {
      expect(status.since, `${operator} after ${statuses[i]!.key}`).toBe(statuses[i]!.until)
    })
  }
}
