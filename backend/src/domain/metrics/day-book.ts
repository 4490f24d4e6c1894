import type { QueueId, UserId } from '@tsunagu/contract'
import type { ClosedSpan, Span } from '../records/span.js'
import { addSpan, newLedger, onTopOf, resum, type Ledger, type SettingsOf, type Subject } from './ledger.js'
import { halfHours, type Interval } from './local-day.js'

/** A day as a whole, and its half hours. */
export interface DayBook {
  whole: Ledger
  halfHours: Ledger[]
}

export function newDayBook(day: Interval, settings: SettingsOf): DayBook {
  return {
    whole: newLedger(day, settings),
    halfHours: halfHours(day).map((part) => newLedger(part, settings)),
  }
}

/** Computed from now on as the settings now say, and what there is already with it. */
export function resumDay({ whole, halfHours: parts }: DayBook): void {
  for (const ledger of [whole, ...parts]) resum(ledger)
}

/** Adds something that is over. Takes as long however much there is already. */
export function addToDay(book: DayBook, span: ClosedSpan): void {
  addSpan(book.whole, span, span.until)
  for (const ledger of partsOf(book, span, span.until)) addSpan(ledger, span, span.until)
}

/** The half hours that a span can matter to: those it lasted in, and the one its visit began in. */
function partsOf({ whole, halfHours: parts }: DayBook, { since, visit }: Span, until: number): Ledger[] {
  const [first] = parts
  if (!first) return []
  const length = first.interval.until - first.interval.from
  const placeOf = (at: number): number => Math.floor((at - whole.interval.from) / length)
  const lasted = parts.slice(Math.max(placeOf(since), 0), Math.max(placeOf(until) + 1, 0))
  const entered = visit ? parts[placeOf(visit.enteredAt)] : undefined
  return entered && !lasted.includes(entered) ? [...lasted, entered] : lasted
}

/** What goes on, and the moment up to which it counts, UTC ms. */
export interface Going {
  open: Iterable<Span>
  now: number
}

/** A ledger with what goes on, for these. A report of a day that is past has nothing that goes on. */
export function withGoing(ledger: Ledger, { open, now }: Going, subjects?: readonly Subject[]): Ledger {
  const upper = onTopOf(ledger, subjects && operatorsOf(subjects))
  for (const span of open) addSpan(upper, span, now)
  return upper
}

const operatorsOf = (subjects: readonly Subject[]): Set<UserId> =>
  new Set(subjects.flatMap((one) => (one !== 'all' && 'operator' in one ? [one.operator] : [])))

/** Who is in the queue now, and how long the longest of them (metrics.md: from the first entry), ms. */
export interface Line {
  waiting: { callId: NonNullable<Span['callId']>; enteredAt: number }[]
  longestWaitMs: number
}

export function lineOf(open: Iterable<Span>, subject: Subject, now: number): Line {
  const waiting = [...open].flatMap(({ kind, callId, visit }) => {
    const counts = kind === 'visit' && visit && callId !== undefined && isOf(subject, visit.queueId)
    return counts ? [{ callId, enteredAt: visit.enteredAt }] : []
  })
  const longestWaitMs = Math.max(0, ...waiting.map(({ enteredAt }) => now - enteredAt))
  return { waiting: waiting.sort((a, b) => a.enteredAt - b.enteredAt), longestWaitMs }
}

const isOf = (subject: Subject, queue: QueueId): boolean =>
  subject === 'all' || ('queue' in subject && subject.queue === queue)
