import {
  addToDay,
  lineOf,
  material,
  newDayBook,
  type DayBook,
  type Line,
  type Subject,
} from '../../domain/metrics/day-book.js'
import {
  callsBehind,
  FIGURE_NAMES,
  valueOf,
  type FigureName,
  type Material,
  type MetricSettings,
  type Term,
} from '../../domain/metrics/figures.js'
import { localDay, type Interval } from '../../domain/metrics/local-day.js'
import { openOf } from '../../domain/records/record-operator.js'
import type { ClosedSpan, Span } from '../../domain/records/span.js'
import type { CallId } from '@tsunagu/contract'
import type { Clock, LiveCalls, LiveOperators } from '../ports.js'
import type { Outbox, RecordNotes, RecordStore } from '../records/ports.js'

/** A figure's value by its name: a number of calls, a part of 1, or ms; `null` where there is nothing to divide by. */
export type Values = Record<FigureName, number | null>

export interface LiveFiguresDeps {
  clock: Clock
  /** Of the site: figures are of its local day. */
  timeZone: string
  /** What holds for a queue, an operator, or all. */
  settings(subject: Subject): MetricSettings
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
    this.book = newDayBook(this.today())
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

  /** Every figure of today, up to this moment. */
  values(subject: Subject): Values {
    return this.allOf(this.material(subject), subject)
  }

  /** The half hours of today, each with its figures up to now. */
  day(subject: Subject): { interval: Interval; values: Values }[] {
    this.turnPage()
    return this.book.halfHours.map((ledger) => ({
      interval: ledger.interval,
      values: this.allOf(material(ledger, subject, this.going()), subject),
    }))
  }

  /** Who is in the queue now. */
  line(subject: Subject): Line {
    const { open, now } = this.going()
    return lineOf(open, subject, now)
  }

  /** The calls behind one figure of today. */
  calls(name: FigureName, subject: Subject): (Term & { callId: CallId })[] {
    return callsBehind(name, this.material(subject), this.deps.settings(subject))
  }

  private material(subject: Subject): Material {
    this.turnPage()
    return material(this.book.whole, subject, this.going())
  }

  private allOf(of: Material, subject: Subject): Values {
    return allValues(of, this.deps.settings(subject))
  }

  private going(): { open: Span[]; now: number } {
    return { open: [...this.open.values()].flat(), now: this.deps.clock.now() }
  }

  private keep(subject: string, open: Span[]): void {
    if (open.length > 0) this.open.set(subject, open)
    else this.open.delete(subject)
  }

  /** At midnight a new day begins; what still goes on then is in it, too. */
  private turnPage(): void {
    if (this.deps.clock.now() >= this.book.whole.interval.until) this.book = newDayBook(this.today())
  }

  private today(): Interval {
    return localDay(this.deps.clock.now(), this.deps.timeZone)
  }
}

/** Every figure, from whatever they are computed. */
export function allValues(of: Material, settings: MetricSettings): Values {
  return Object.fromEntries(FIGURE_NAMES.map((name) => [name, valueOf(name, of, settings)])) as Values
}

/** The figures of any day that is past, or of today as far as it is written. */
export async function reportOf(store: Pick<RecordStore, 'between'>, day: Interval): Promise<DayBook> {
  const book = newDayBook(day)
  for (const span of await store.between(day.from, day.until)) addToDay(book, span)
  return book
}
