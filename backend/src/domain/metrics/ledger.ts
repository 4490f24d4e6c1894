/** What the figures of an interval are made of, collected span by span. There is no other way into a figure (metrics.md). */
import type { CallId, QueueId, StatusKind, UserId } from '@tsunagu/contract'
import type { ClosedSpan, OfferCause, OfferOutcome, Span, VisitOutcome } from '../records/span.js'
import type { Interval } from './local-day.js'

/** One caller's visit to a queue. Of an operator: his share of it. Times are ms. */
export interface VisitEntry {
  callId: CallId
  /** Absent while he is in the queue. */
  outcome?: VisitOutcome
  /** From the first entry to the outcome. */
  waitMs?: number
  /** He and an operator (of an operator: this one) heard each other. */
  connected: boolean
  /** He was put on hold. */
  held: boolean
  talkMs: number
  holdMs: number
  wrapUpMs: number
}

export interface OfferEntry {
  callId: CallId
  /** Absent while it rings. */
  outcome?: OfferOutcome
}

/** Of a queue, an operator, or all. */
export interface Tally {
  /** By call and number of the visit. */
  visits: Map<string, VisitEntry>
  offers: OfferEntry[]
  /** How long operators were in each status, by `statusKey`, ms. */
  statusMs: Map<string, number>
}

export interface Ledger {
  interval: Interval
  total: Tally
  queues: Map<QueueId, Tally>
  operators: Map<UserId, Tally>
}

export const newTally = (): Tally => ({ visits: new Map(), offers: [], statusMs: new Map() })

export function newLedger(interval: Interval): Ledger {
  return { interval, total: newTally(), queues: new Map(), operators: new Map() }
}

/** Other work has a key for each of its labels. */
export const statusKey = (kind: StatusKind | string, work?: string): string =>
  work === undefined ? kind : `${kind} ${work}`

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
    if (!('until' in span) || !span.visit) return
    entry.outcome = span.outcome as VisitOutcome
    entry.waitMs = Math.max(span.until - span.visit.enteredAt, 0)
  })
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
  const key = `${callId} ${String(visit.n)}`
  for (const tally of talliesOf(ledger, span)) add(entryOf(tally, key, callId))
}

function addOffer(ledger: Ledger, span: Span | ClosedSpan): void {
  const { callId, what } = span
  if (callId === undefined || !RINGS.has(what as OfferCause) || !has(ledger, span.since)) return
  const outcome = 'until' in span ? { outcome: span.outcome as OfferOutcome } : {}
  for (const { offers } of talliesOf(ledger, span)) offers.push({ callId, ...outcome })
}

/** Callers from outside who ring at an operator. What he takes out of a slot himself does not ring. */
const RINGS = new Set<OfferCause>(['queue', 'ring-back', 'transfer'])

function addStatus(ledger: Ledger, span: Span | ClosedSpan, now: number): void {
  const { from, until } = ledger.interval
  const end = Math.min('until' in span ? span.until : now, until)
  const ms = end - Math.max(span.since, from)
  if (ms <= 0 || span.what === undefined) return
  const key = statusKey(span.what, span.detail?.work)
  const { operator } = span
  const mine = operator === undefined ? [] : [tallyOf(ledger.operators, operator)]
  for (const { statusMs } of [ledger.total, ...mine]) statusMs.set(key, (statusMs.get(key) ?? 0) + ms)
}

function talliesOf(ledger: Ledger, { visit, operator }: Span): Tally[] {
  const queue = visit ? [tallyOf(ledger.queues, visit.queueId)] : []
  const person = operator === undefined ? [] : [tallyOf(ledger.operators, operator)]
  return [ledger.total, ...queue, ...person]
}

function tallyOf<Id>(tallies: Map<Id, Tally>, id: Id): Tally {
  const known = tallies.get(id)
  if (known) return known
  const fresh = newTally()
  tallies.set(id, fresh)
  return fresh
}

function entryOf({ visits }: Tally, key: string, callId: CallId): VisitEntry {
  const known = visits.get(key)
  if (known) return known
  const fresh = { callId, connected: false, held: false, talkMs: 0, holdMs: 0, wrapUpMs: 0 }
  visits.set(key, fresh)
  return fresh
}
