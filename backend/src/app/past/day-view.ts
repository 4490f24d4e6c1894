import {
  ALL_QUEUES,
  type BehindPage,
  type BehindRow,
  type CallFigure,
  type DayView,
  type QueueId,
} from '@tsunagu/contract'
import { boardFigures } from '../../domain/metrics/board-figures.js'
import { allValues, callsBehind, type CallBehind } from '../../domain/metrics/figures.js'
import { tallyOf, type SettingsOf } from '../../domain/metrics/ledger.js'
import { halfHours, type Interval } from '../../domain/metrics/local-day.js'
import { behindRow } from '../../domain/past/behind-row.js'
import { byCall } from '../../domain/past/as-of.js'
import type { LiveFigures } from '../metrics/live-figures.js'
import type { Clock, Directory } from '../ports.js'
import type { Days } from './days.js'
import type { Past } from './past.js'
import { lookUp } from './people.js'

export interface DayViewDeps {
  figures: LiveFigures
  days: Days
  past: Past
  directory: Directory
  clock: Clock
  timeZone: string
  /** Of the figures: what holds for a queue, an operator, or all. */
  rules: SettingsOf
}

/** Whose figures, and of which day. */
export interface Asked {
  date: string
  day: Interval
  queue: QueueId | typeof ALL_QUEUES
}

export interface AskedBehind extends Asked {
  figure: CallFigure
  /** The beginning of one of the day's half hours; absent: the whole day. */
  from?: number
}

const PAGE = 100
/** Calls whose records are read, and whose rows are put together, at once. */
const PART = 60

/** The day view: of today from the live figures, of a past day from its report; both are sums of the same terms. */
export class DayViews {
  constructor(private readonly deps: DayViewDeps) {}

  async view({ date, day, queue }: Asked): Promise<DayView> {
    const { clock, directory, timeZone, rules } = this.deps
    const now = clock.now()
    const subject = subjectOf(queue)
    const { formula, withinMs, shortMs, target } = rules(subject)
    const { whole, parts } = await this.values(day, subject)
    return {
      date,
      ...day,
      timeZone,
      now,
      queue,
      queues: (await directory.queues()).map(({ id, name }) => ({ id, name })),
      serviceLevel: { formula, withinMs, shortMs, target },
      figures: boardFigures(whole),
      points: parts
        .filter(({ interval }) => interval.from <= now)
        .map(({ interval, values }) => ({ ...interval, figures: boardFigures(values) })),
    }
  }

  /** A page of the visits behind a figure, in the order in which they came. */
  async behind(asked: AskedBehind, from: number): Promise<BehindPage> {
    const all = await this.visits(asked)
    const rows = await this.rows(all.slice(from, from + PAGE))
    const next = from + PAGE
    return { rows, total: all.length, ...(next < all.length ? { next: String(next) } : {}) }
  }

  /** All of them. */
  async allBehind(asked: AskedBehind): Promise<BehindRow[]> {
    const all = await this.visits(asked)
    const rows: BehindRow[] = []
    for (let i = 0; i < all.length; i += PART) {
      rows.push(...(await this.rows(all.slice(i, i + PART))))
      // Some milliseconds each, and calls go on in between.
      await new Promise((resolve) => setImmediate(resolve))
    }
    return rows
  }

  /** Whether the day has a half hour that begins then. */
  hasPart(day: Interval, from: number): boolean {
    return halfHours(day).some((part) => part.from === from)
  }

  private async visits({ day, queue, figure, from }: AskedBehind): Promise<CallBehind[]> {
    const subject = subjectOf(queue)
    const found = await this.found(day, { subject, figure, ...(from === undefined ? {} : { from }) })
    return found.sort((a, b) => (a.visit?.enteredAt ?? 0) - (b.visit?.enteredAt ?? 0))
  }

  private async found(
    day: Interval,
    { subject, figure, from }: { subject: ReturnType<typeof subjectOf>; figure: CallFigure; from?: number },
  ): Promise<CallBehind[]> {
    const { figures, days } = this.deps
    if (this.isToday(day)) return figures.calls(figure, subject, from)
    const book = await days.book(day)
    const ledger =
      from === undefined ? book.whole : book.halfHours.find(({ interval }) => interval.from === from)
    return ledger ? callsBehind(figure, tallyOf(ledger, subject)) : []
  }

  private async values(day: Interval, subject: ReturnType<typeof subjectOf>) {
    const { figures, days } = this.deps
    if (this.isToday(day)) {
      const [whole = allValues(undefined)] = figures.values(subject)
      return { whole, parts: figures.day(subject) }
    }
    const book = await days.book(day)
    return {
      whole: allValues(tallyOf(book.whole, subject)),
      parts: book.halfHours.map((ledger) => ({
        interval: ledger.interval,
        values: allValues(tallyOf(ledger, subject)),
      })),
    }
  }

  private isToday({ from, until }: Interval): boolean {
    const now = this.deps.clock.now()
    return now >= from && now < until
  }

  private async rows(behind: CallBehind[]): Promise<BehindRow[]> {
    const { past, directory, clock } = this.deps
    const spans = await past.ofCalls([...new Set(behind.map(({ callId }) => callId))])
    const { names, person } = await lookUp(directory, spans)
    const told = { person, queue: names.queue, nameOf: names.outside, now: clock.now() }
    const calls = byCall(spans)
    return behind.flatMap((one) => behindRow(one, calls.get(one.callId) ?? [], told) ?? [])
  }
}

const subjectOf = (queue: Asked['queue']): typeof ALL_QUEUES | { queue: QueueId } =>
  queue === ALL_QUEUES ? ALL_QUEUES : { queue: queue as QueueId }
