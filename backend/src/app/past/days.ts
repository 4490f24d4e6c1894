import { newDayBook, addToDay, withGoing, type DayBook } from '../../domain/metrics/day-book.js'
import { addSpan, newLedger, onTopOf, type Ledger, type SettingsOf } from '../../domain/metrics/ledger.js'
import type { Interval } from '../../domain/metrics/local-day.js'
import { goesOnAt, type Known } from '../../domain/past/as-of.js'
import type { Span } from '../../domain/records/span.js'
import type { Clock } from '../ports.js'
import type { Outbox, PastStore } from '../records/ports.js'

export interface DaysDeps {
  past: PastStore
  outbox: Pick<Outbox, 'size'>
  clock: Clock
  /** Of the figures: what holds for a queue, an operator, or all. */
  rules: SettingsOf
}

/** Between two ledgers that are kept of a day, ms: what is added for a moment in between is read for it. */
const STEP_MS = 600_000
/** A talk can last into the next day, and belongs to its visit's. Older days do not change any more. */
const CHANGES_MS = 86_400_000
/** A report of a day that may still change is kept so long. */
const FRESH_MS = 30_000
/** Days that are kept: the ones somebody compares. */
const MOST_DAYS = 2

interface Kept<T> {
  content: Promise<T>
  at: number
}

/** The figures of past days, and of any moment in them: read once, in parts, and then kept for a while. */
export class Days {
  private readonly books = new Map<number, Kept<DayBook>>()
  private readonly trails = new Map<number, Trail>()

  constructor(private readonly deps: DaysDeps) {}

  /** The report of a day with its half hours, as far as it is of calls. */
  book(day: Interval): Promise<DayBook> {
    const now = this.deps.clock.now()
    const known = this.books.get(day.from)
    const changes = now < day.until + CHANGES_MS
    if (known && (!changes || now - known.at < FRESH_MS)) return known.content
    const content = this.read(day)
    keep(this.books, day.from, { content, at: now })
    // A failure is told to whoever asked, and the next one asks anew.
    content.catch(() => this.books.delete(day.from))
    return content
  }

  /** The figures of a day as they were at a moment of it: what was over, and up to then what went on. */
  async upTo(day: Interval, time: number, spans: Iterable<Known>): Promise<Ledger> {
    const trail = this.trails.get(day.from) ?? new Trail(day, this.deps)
    keep(this.trails, day.from, trail)
    const ledger = await trail.upTo(time)
    const open = [...spans].filter((span) => goesOnAt(span, time)).map(asGoing)
    return withGoing(ledger, { open, now: time })
  }

  /** The rules of the figures have changed. */
  forget(): void {
    this.books.clear()
    this.trails.clear()
  }

  private async read(day: Interval): Promise<DayBook> {
    const book = newDayBook(day, this.deps.rules)
    await this.deps.past.read(day, (part) => {
      for (const span of part) addToDay(book, span)
    })
    return book
  }
}

/** The latest stay. */
function keep<T>(days: Map<number, T>, day: number, content: T): void {
  days.delete(day)
  days.set(day, content)
  for (const oldest of [...days.keys()].slice(0, -MOST_DAYS)) days.delete(oldest)
}

function asGoing(span: Known): Span {
  if (!('until' in span)) return span
  const { until: _until, outcome: _outcome, ...going } = span
  return going
}

/** A day's ledger, every ten minutes of it: each lies on the one before and holds only what came to it. */
class Trail {
  private readonly steps: Ledger[]
  /** One after another, so that two who ask do not read the same. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly day: Interval,
    private readonly deps: DaysDeps,
  ) {
    this.steps = [newLedger(day, deps.rules)]
  }

  upTo(time: number): Promise<Ledger> {
    const mine = this.turn.then(() => this.find(time))
    this.turn = mine.catch(() => undefined)
    return mine
  }

  private async find(time: number): Promise<Ledger> {
    const { from } = this.day
    const wanted = Math.floor((time - from) / STEP_MS)
    while (this.steps.length <= wanted) {
      const reached = this.steps.length * STEP_MS + from
      const settled = (await this.deps.outbox.size()) === 0 && reached < this.deps.clock.now() - STEP_MS
      const next = await this.advance(reached - STEP_MS, reached)
      // What may still be on its way to the database is read again the next time.
      if (!settled) return this.advance(reached, time, next)
      this.steps.push(next)
    }
    return this.advance(wanted * STEP_MS + from, time)
  }

  /** What was over in between, on top of what is there. */
  private async advance(from: number, until: number, below = this.at(from)): Promise<Ledger> {
    const upper = onTopOf(below)
    // A ledger of the day begins with what ended as it began.
    const interval = { from: from === this.day.from ? from - 1 : from, until }
    await this.deps.past.readClosed(interval, (part) => {
      for (const span of part) addSpan(upper, span, span.until)
    })
    return upper
  }

  private at(time: number): Ledger {
    const ledger = this.steps[(time - this.day.from) / STEP_MS]
    if (!ledger) throw new Error('no ledger of that step')
    return ledger
  }
}
