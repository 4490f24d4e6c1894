/** What each visit, each offer and the time in the statuses add above and below the line of a figure (metrics.md). */
import type { CallId, ServiceLevelFormula } from '@tsunagu/contract'
import type { OfferOutcome, Visit, VisitOutcome } from '../records/span.js'
import { serviceTerm, type Waited } from './service-level.js'

/**
 * One caller's visit to a queue; of the site his visits as long as he was moved from one to another, of an operator his share.
 * Times are ms.
 */
export interface VisitEntry {
  callId: CallId
  /** Of several the one that says what became of him. */
  visit: Visit
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
  /** Absent: a call that was in no queue. */
  visit?: Visit
  /** Absent while it rings. */
  outcome?: OfferOutcome
}

/** Other work has a key for each of its labels. */
export const statusKey = (kind: string, work?: string): string =>
  work === undefined ? kind : `${kind} ${work}`

/** What one call adds to a figure: above the line, and below it. Times are ms. */
export interface Term {
  over: number
  under: number
}

export interface MetricSettings {
  formula: ServiceLevelFormula
  /** T of the service level. */
  withinMs: number
  /** Part of 1 that the service level should reach. */
  target: number
  /** S: an abandonment within it is a short one. */
  shortMs: number
  /** Short abandonments are left out of the rates. */
  withoutShort: boolean
  /** The 別作業 labels that count as productive; absent: all. */
  productiveWorks?: string[]
}

export const DEFAULT_SETTINGS: MetricSettings = {
  formula: 'late-abandons',
  withinMs: 20_000,
  target: 0.8,
  shortMs: 5_000,
  withoutShort: false,
}

const isOffered = ({ outcome }: VisitEntry): boolean => outcome !== 'closed'
const isAbandoned = ({ outcome }: VisitEntry): boolean => outcome === 'abandoned'
const isShort = (visit: VisitEntry, { shortMs }: MetricSettings): boolean =>
  isAbandoned(visit) && (visit.waitMs ?? 0) <= shortMs

/** Whether the visit is in the base of the rates. */
const isInRates = (visit: VisitEntry, settings: MetricSettings): boolean =>
  isOffered(visit) && !(settings.withoutShort && isShort(visit, settings))

type VisitTerm = (visit: VisitEntry, settings: MetricSettings) => Term | undefined

const count =
  (is: (visit: VisitEntry, settings: MetricSettings) => boolean): VisitTerm =>
  (visit, settings) =>
    is(visit, settings) ? { over: 1, under: 0 } : undefined

const rate =
  (is: (visit: VisitEntry) => boolean): VisitTerm =>
  (visit, settings) =>
    isInRates(visit, settings) ? { over: is(visit) ? 1 : 0, under: 1 } : undefined

const perAnswered =
  (ms: (visit: VisitEntry) => number): VisitTerm =>
  (visit) =>
    visit.connected ? { over: ms(visit), under: 1 } : undefined

/** Of an operator: of those he answered first; the wait of a call that was transferred to him is not his. */
const speedOfAnswer: VisitTerm = ({ connected, waitMs }) =>
  connected && waitMs !== undefined ? { over: waitMs, under: 1 } : undefined

const timeToAbandon: VisitTerm = (visit) =>
  isAbandoned(visit) ? { over: visit.waitMs ?? 0, under: 1 } : undefined

const serviceLevel: VisitTerm = (visit, settings) => {
  const waited = waitedOf(visit)
  if (!waited || !isInRates(visit, settings)) return undefined
  return serviceTerm(settings.formula, waited, settings)
}

function waitedOf({ outcome, waitMs }: VisitEntry): Waited | undefined {
  if (waitMs === undefined || (outcome !== 'answered' && outcome !== 'abandoned')) return undefined
  return { end: outcome, waitMs }
}

/** Counted: the sum of what stands above the line. */
export const COUNTERS = {
  offered: count(isOffered),
  answered: count(({ connected }) => connected),
  abandoned: count(isAbandoned),
  shortAbandoned: count(isShort),
  overflowed: count(({ outcome }) => outcome === 'overflowed'),
  closed: count(({ outcome }) => outcome === 'closed'),
} satisfies Record<string, VisitTerm>

/** Divided: a part of 1, or ms. */
const QUOTIENTS = {
  answerRate: rate(({ connected }) => connected),
  abandonRate: rate(isAbandoned),
  serviceLevel,
  averageSpeedOfAnswer: speedOfAnswer,
  averageTimeToAbandon: timeToAbandon,
  talk: perAnswered(({ talkMs }) => talkMs),
  hold: ({ held, holdMs }) => (held ? { over: holdMs, under: 1 } : undefined),
  wrapUp: perAnswered(({ wrapUpMs }) => wrapUpMs),
  handlingTime: perAnswered(({ talkMs, holdMs, wrapUpMs }) => talkMs + holdMs + wrapUpMs),
} satisfies Record<string, VisitTerm>

/** Everything that visits add to. */
export const VISIT_TERMS = { ...COUNTERS, ...QUOTIENTS }
export type VisitFigure = keyof typeof VISIT_TERMS
export const VISIT_FIGURES = Object.keys(VISIT_TERMS) as VisitFigure[]

/** RONA: only what nobody took in the ring time; a rejection is an answer of its own kind. */
export const offerTerm = ({ outcome }: OfferEntry): Term => ({
  over: outcome === 'no-answer' ? 1 : 0,
  under: 1,
})

const BUSY = ['talking', 'held', 'wrap-up']

export function occupancy(statusMs: Map<string, number>): Term {
  const over = sumOf(statusMs, (key) => BUSY.includes(key))
  return { over, under: over + (statusMs.get('ready') ?? 0) }
}

export function utilisation(statusMs: Map<string, number>, { productiveWorks }: MetricSettings): Term {
  const isWork = (key: string): boolean =>
    productiveWorks
      ? productiveWorks.some((work) => key === statusKey('other-work', work))
      : key.startsWith(statusKey('other-work', ''))
  const over = sumOf(statusMs, (key) => BUSY.includes(key) || isWork(key))
  return { over, under: sumOf(statusMs, () => true) }
}

function sumOf(statusMs: Map<string, number>, is: (key: string) => boolean): number {
  return [...statusMs].reduce((sum, [key, ms]) => (is(key) ? sum + ms : sum), 0)
}
