/** What the figures of an interval are made of, collected span by span. There is no other way into a figure (metrics.md). */
import type { CallId, QueueId, UserId } from '@tsunagu/contract'
import type { ClosedSpan, OfferCause, OfferOutcome, Span, Visit, VisitOutcome } from '../records/span.js'
import type { Interval } from './local-day.js'
import {
  offerTerm,
  statusKey,
  VISIT_FIGURES,
  VISIT_TERMS,
  type MetricSettings,
  type OfferEntry,
  type Term,
  type VisitEntry,
  type VisitFigure,
} from './terms.js'

/** Whose figures: a queue's, an operator's, or those of all together. */
export type Subject = { queue: QueueId } | { operator: UserId } | 'all'
/** What holds for whom. */
export type SettingsOf = (subject: Subject) => MetricSettings

/** Of one subject. The sums follow every change of an entry, so that nobody has to go through all of them for a figure. */
export interface Tally {
  settings: MetricSettings
  /** By call and time of entry: one who is moved, here or back, is still the same call (`stands`). */
  visits: Map<string, VisitEntry>
  offers: OfferEntry[]
  sums: Record<VisitFigure, Term>
  offerSum: Term
  /** How long operators were in each status, by `statusKey`, ms. */
  statusMs: Map<string, number>
  /** What it lies on and does not change: see `onTopOf`. */
  below?: Tally
}

export interface Ledger {
  interval: Interval
  settings: SettingsOf
  total: Tally
  queues: Map<QueueId, Tally>
  operators: Map<UserId, Tally>
  below?: Ledger
  /** The operators that it has figures of; absent: all. Of queues and of all together it always has them. */
  only?: ReadonlySet<UserId>
}

export function newLedger(interval: Interval, settings: SettingsOf): Ledger {
  const total = newTally(settings('all'))
  return { interval, settings, total, queues: new Map(), operators: new Map() }
}

/**
 * A ledger that begins as this one and leaves it as it is: for what goes on, which counts for as long as somebody looks.
 * `only`: the operators he looks at; on a large site most of the work would be for the others.
 */
export function onTopOf(below: Ledger, only?: ReadonlySet<UserId>): Ledger {
  const { interval, settings } = below
  const total = newTally(below.total.settings, below.total)
  return {
    interval,
    settings,
    total,
    queues: new Map(),
    operators: new Map(),
    below,
    ...(only ? { only } : {}),
  }
}

/** After a change of the settings: every sum anew, from the entries that are there. */
export function resum(ledger: Ledger): void {
  const { settings, total, queues, operators } = ledger
  resumTally(total, settings('all'))
  for (const [queue, tally] of queues) resumTally(tally, settings({ queue }))
  for (const [operator, tally] of operators) resumTally(tally, settings({ operator }))
}

function resumTally(tally: Tally, settings: MetricSettings): void {
  tally.settings = settings
  tally.sums = newTally(settings).sums
  for (const entry of tally.visits.values()) addToSums(tally, entry, 1)
}

export function tallyOf(ledger: Ledger, subject: Subject): Tally | undefined {
  if (subject === 'all') return ledger.total
  const own = 'queue' in subject ? ledger.queues.get(subject.queue) : ledger.operators.get(subject.operator)
  return own ?? (ledger.below && tallyOf(ledger.below, subject))
}

function newTally(settings: MetricSettings, below?: Tally): Tally {
  const sums = VISIT_FIGURES.map((name) => [name, { ...(below?.sums[name] ?? NOTHING) }] as const)
  return {
    settings,
    visits: new Map(),
    offers: [],
    sums: Object.fromEntries(sums) as Record<VisitFigure, Term>,
    offerSum: { ...(below?.offerSum ?? NOTHING) },
    statusMs: new Map(below?.statusMs),
    ...(below ? { below } : {}),
  }
}

const NOTHING: Term = { over: 0, under: 0 }

/**
 * Adds what belongs to the ledger's interval: of a visit everything if it began there, of an offer that began there, of a
 * status the time in it. What goes on still counts up to `now`.
 */
export function addSpan(ledger: Ledger, span: Span | ClosedSpan, now: number): void {
  switch (span.kind) {
    case 'visit':
      return addVisit(ledger, span)
    case 'talk':
    case 'hold':
      return addShare(ledger, span, (entry) => addTime(entry, span, now))
    case 'offer':
      return addOffer(ledger, span)
    case 'status':
      addStatus(ledger, span, now)
      if (span.what === 'wrap-up') addShare(ledger, span, (entry) => addTime(entry, span, now))
      return
    default:
      return
  }
}

const has = ({ interval: { from, until } }: Ledger, at: number): boolean => at >= from && at < until

const lasts = (span: Span | ClosedSpan, now: number): number =>
  Math.max(('until' in span ? span.until : now) - span.since, 0)

/** A second stay of a caller whom an operator had lost changes nothing of what the first one was. */
function addVisit(ledger: Ledger, span: Span | ClosedSpan): void {
  if (span.detail?.again) return
  addShare(ledger, span, (entry) => {
    const { visit } = span
    if (!visit || !stands(span, entry)) return
    entry.visit = visit
    delete entry.outcome
    delete entry.waitMs
    if (!('until' in span)) return
    entry.outcome = span.outcome as VisitOutcome
    entry.waitMs = Math.max(span.until - visit.enteredAt, 0)
  })
}

/**
 * Of the visits of a caller who was moved, the first that did not end so says what became of him; of those who only were moved, the
 * last. In whatever order they come.
 */
function stands(span: Span | ClosedSpan, { visit, outcome }: VisitEntry): boolean {
  const n = span.visit?.n ?? 0
  const isOver = 'until' in span
  if (n === visit.n) return isOver
  const moved = isOver && span.outcome === 'moved'
  if (outcome === 'moved') return !moved || n > visit.n
  return !moved && n < visit.n
}

function addTime(entry: VisitEntry, span: Span | ClosedSpan, now: number): void {
  const ms = lasts(span, now)
  if (span.kind === 'status') {
    entry.wrapUpMs += ms
  } else if (span.kind === 'talk') {
    entry.connected = true
    entry.talkMs += ms
  } else {
    entry.held = true
    entry.holdMs += ms
  }
}

/** In all three tallies, of the interval in which the visit began. */
function addShare(ledger: Ledger, span: Span, add: (entry: VisitEntry) => void): void {
  const { visit, callId } = span
  if (!visit || callId === undefined || !has(ledger, visit.enteredAt)) return
  const key = `${callId} ${String(visit.enteredAt)}`
  for (const tally of talliesOf(ledger, span)) changeEntry(tally, { key, callId, visit }, add)
}

function addOffer(ledger: Ledger, span: Span | ClosedSpan): void {
  const { callId, what, visit } = span
  if (callId === undefined || !RINGS.has(what as OfferCause) || !has(ledger, span.since)) return
  const outcome = 'until' in span ? { outcome: span.outcome as OfferOutcome } : {}
  const offer = { callId, ...(visit ? { visit } : {}), ...outcome }
  for (const { offers, offerSum } of talliesOf(ledger, span)) {
    offers.push(offer)
    addTerm(offerSum, offerTerm(offer), 1)
  }
}

/** Callers from outside who ring at an operator. What he takes out of a slot himself does not ring. */
const RINGS = new Set<OfferCause>(['queue', 'ring-back', 'transfer'])

function addStatus(ledger: Ledger, span: Span | ClosedSpan, now: number): void {
  const { from, until } = ledger.interval
  const end = Math.min('until' in span ? span.until : now, until)
  const ms = end - Math.max(span.since, from)
  if (ms <= 0 || span.what === undefined) return
  const key = statusKey(span.what, span.detail?.work)
  for (const { statusMs } of [ledger.total, ...personOf(ledger, span)])
    statusMs.set(key, (statusMs.get(key) ?? 0) + ms)
}

function talliesOf(ledger: Ledger, span: Span): Tally[] {
  const queue = span.visit ? [own(ledger, { queue: span.visit.queueId })] : []
  return [ledger.total, ...queue, ...personOf(ledger, span)]
}

function personOf(ledger: Ledger, { operator }: Span): Tally[] {
  const counts = operator !== undefined && (ledger.only?.has(operator) ?? true)
  return counts ? [own(ledger, { operator })] : []
}

/** The tally to write into. */
function own(ledger: Ledger, subject: Exclude<Subject, 'all'>): Tally {
  const [tallies, id]: [Map<string, Tally>, string] =
    'queue' in subject ? [ledger.queues, subject.queue] : [ledger.operators, subject.operator]
  const known = tallies.get(id)
  if (known) return known
  const below = ledger.below && tallyOf(ledger.below, subject)
  const fresh = newTally(below?.settings ?? ledger.settings(subject), below)
  tallies.set(id, fresh)
  return fresh
}

interface Place {
  key: string
  callId: CallId
  visit: Visit
}

/** Takes out of the sums what the entry added before, and adds what it adds now. */
function changeEntry(tally: Tally, { key, callId, visit }: Place, change: (entry: VisitEntry) => void): void {
  const known = entryOf(tally, key)
  if (known) addToSums(tally, known, -1)
  const entry = known ? { ...known } : newEntry(callId, visit)
  change(entry)
  tally.visits.set(key, entry)
  addToSums(tally, entry, 1)
}

/** In it, or in what it lies on. */
const entryOf = ({ visits, below }: Tally, key: string): VisitEntry | undefined =>
  visits.get(key) ?? (below && entryOf(below, key))

const newEntry = (callId: CallId, visit: Visit): VisitEntry => ({
  callId,
  visit,
  connected: false,
  held: false,
  talkMs: 0,
  holdMs: 0,
  wrapUpMs: 0,
})

function addToSums({ sums, settings }: Tally, entry: VisitEntry, sign: 1 | -1): void {
  for (const name of VISIT_FIGURES) {
    const term = VISIT_TERMS[name](entry, settings)
    if (term) addTerm(sums[name], term, sign)
  }
}

function addTerm(sum: Term, { over, under }: Term, sign: 1 | -1): void {
  sum.over += sign * over
  sum.under += sign * under
}
