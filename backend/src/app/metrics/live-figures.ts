import {
  addToDay,
  lineOf,
  newDayBook,
  resumDay,
  withGoing,
  type DayBook,
  type Going,
  type Line,
} from '../../domain/metrics/day-book.js'
import {
  allValues,
  callsBehind,
  type CallBehind,
  type FigureName,
  type Values,
} from '../../domain/metrics/figures.js'
import { tallyOf, type Ledger, type SettingsOf, type Subject } from '../../domain/metrics/ledger.js'
import { localDay, type Interval } from '../../domain/metrics/local-day.js'
import type { MetricSettings } from '../../domain/metrics/terms.js'
import { openOf } from '../../domain/records/record-operator.js'
import type { ClosedSpan, Span } from '../../domain/records/span.js'
import type { Clock, LiveCalls, LiveOperators } from '../ports.js'
import type { Outbox, RecordNotes, RecordStore } from '../records/ports.js'

export interface LiveFiguresDeps {
  clock: Clock
  /** Of the site: figures are of its local day. */
  timeZone: string
  /** What holds for a queue, an operator, or all. */
  settings: SettingsOf
}

export interface Sources {
  store: RecordStore
  outbox: Outbox
  calls: LiveCalls
  operators: LiveOperators
}

/** More than ever waits there after an outage that anybody sits through. */
const MOST_IN_OUTBOX = 1_000_000

/**
 * The figures of today, from the same spans and by the same functions as a report of it: what is over is added when it is
 * over, what goes on is added at the moment somebody looks.
 */
export class LiveFigures implements RecordNotes {
  private book: DayBook
  private readonly open = new Map<string, Span[]>()

  constructor(private readonly deps: LiveFiguresDeps) {
    this.book = this.newPage()
  }

  /** At the start, before anything else is noted: what the day has brought by now. */
  async load({ store, outbox, calls, operators }: Sources): Promise<void> {
    const { from, until } = this.book.whole.interval
    // In this order, so that nothing is on its way from the one to the other while we look.
    const posted = (await outbox.first(MOST_IN_OUTBOX)).map(({ span }) => span)
    const stored = await store.between(from, until)
    const each = new Map([...stored, ...posted].map((span) => [span.key, span]))
    for (const span of each.values()) addToDay(this.book, span)
    for (const call of await calls.list()) this.keep(call.id, call.notes?.open ?? [])
    for (const operator of await operators.list()) this.keep(operator.id, openOf(operator))
  }

  noted(subject: string, over: ClosedSpan[], open: Span[]): void {
    this.turnPage()
    const known = this.open.get(subject) ?? []
    // Told twice, as two ends of a login can be, it is over only once.
    for (const span of over) if (known.some(({ key }) => key === span.key)) addToDay(this.book, span)
    this.keep(subject, open)
  }

  /** The settings have changed: today's figures are as if they had always been so. */
  settingsChanged(): void {
    resumDay(this.book)
  }

  /** Every figure of today, up to this moment. For several subjects ask for all of them at once. */
  values(...subjects: Subject[]): Values[] {
    const now = this.now(subjects)
    return subjects.map((subject) => allValues(tallyOf(now, subject)))
  }

  /** What holds for whom. */
  settingsOf(subject: Subject): MetricSettings {
    return this.deps.settings(subject)
  }

  /** The half hours of today, each with its figures up to now. */
  day(subject: Subject): { interval: Interval; values: Values }[] {
    this.turnPage()
    const going = this.going()
    return this.book.halfHours.map((ledger) => ({
      interval: ledger.interval,
      values: allValues(tallyOf(withGoing(ledger, going, [subject]), subject)),
    }))
  }

  /** Everything that goes on now. */
  goingOn(): Span[] {
    return this.going().open
  }

  /** Who is in the queue now. */
  line(subject: Subject): Line {
    const { open, now } = this.going()
    return lineOf(open, subject, now)
  }

  /** The calls behind one figure of today, or of the half hour that begins `from` then. */
  calls(name: FigureName, subject: Subject, from?: number): CallBehind[] {
    if (from === undefined) return callsBehind(name, tallyOf(this.now([subject]), subject))
    this.turnPage()
    const part = this.book.halfHours.find(({ interval }) => interval.from === from)
    return part ? callsBehind(name, tallyOf(withGoing(part, this.going()), subject)) : []
  }

  private now(subjects: readonly Subject[]): Ledger {
    this.turnPage()
    return withGoing(this.book.whole, this.going(), subjects)
  }

  private going(): Going & { open: Span[] } {
    return { open: [...this.open.values()].flat(), now: this.deps.clock.now() }
  }

  private keep(subject: string, open: Span[]): void {
    if (open.length > 0) this.open.set(subject, open)
    else this.open.delete(subject)
  }

  /** At midnight a new day begins; what still goes on then is in it, too. */
  private turnPage(): void {
    if (this.deps.clock.now() >= this.book.whole.interval.until) this.book = this.newPage()
  }

  private newPage(): DayBook {
    return newDayBook(this.today(), this.deps.settings)
  }

  /** The local day that the figures are of. */
  today(): Interval {
    return localDay(this.deps.clock.now(), this.deps.timeZone)
  }
}

/** The figures of any day that is past, or of today as far as it is written. */
export async function reportOf(
  store: Pick<RecordStore, 'between'>,
  day: Interval,
  settings: SettingsOf,
): Promise<DayBook> {
  const book = newDayBook(day, settings)
  for (const span of await store.between(day.from, day.until)) addToDay(book, span)
  return book
}
