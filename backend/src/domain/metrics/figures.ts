/**
 * Every figure of metrics.md, defined once: as what each visit, each offer or the time in the statuses adds above and below
 * the line. A figure and the list of the calls behind it come from the same terms.
 */
import type { CallId } from '@tsunagu/contract'
import { newTally, statusKey, type OfferEntry, type Tally, type VisitEntry } from './ledger.js'
import { serviceTerm, type ServiceLevelFormula, type Waited } from './service-level.js'

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
const COUNTERS = {
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

/** Of people, so a queue has none. */
const TIME_SHARES = { occupancy, utilisation }

const VISIT_TERMS = { ...COUNTERS, ...QUOTIENTS }
export type VisitFigure = keyof typeof VISIT_TERMS
export type FigureName = VisitFigure | 'noAnswerRate' | keyof typeof TIME_SHARES

const isVisitFigure = (name: FigureName): name is VisitFigure => name in VISIT_TERMS
export const FIGURE_NAMES: FigureName[] = [
  ...(Object.keys(VISIT_TERMS) as VisitFigure[]),
  'noAnswerRate',
  'occupancy',
  'utilisation',
]

/** What the figures of one subject are computed from; see `materialOf`. */
export interface Material {
  visits: VisitEntry[]
  offers: OfferEntry[]
  statusMs: Map<string, number>
}

/** What is over and what goes on, as one: a visit may be partly both. */
export function materialOf(over: Tally | undefined, open?: Tally): Material {
  const { visits, offers, statusMs } = over ?? newTally()
  if (!open) return { visits: [...visits.values()], offers, statusMs }
  const all = new Map(visits)
  for (const [key, entry] of open.visits) all.set(key, joined(all.get(key), entry))
  const times = new Map(statusMs)
  for (const [key, ms] of open.statusMs) times.set(key, (times.get(key) ?? 0) + ms)
  return { visits: [...all.values()], offers: [...offers, ...open.offers], statusMs: times }
}

function joined(one: VisitEntry | undefined, other: VisitEntry): VisitEntry {
  if (!one) return other
  return {
    ...one,
    ...other,
    connected: one.connected || other.connected,
    held: one.held || other.held,
    talkMs: one.talkMs + other.talkMs,
    holdMs: one.holdMs + other.holdMs,
    wrapUpMs: one.wrapUpMs + other.wrapUpMs,
  }
}

/** A counter's number, a rate as a part of 1, an average in ms; `null` where there is nothing to divide by. */
export function valueOf(name: FigureName, material: Material, settings: MetricSettings): number | null {
  if (name === 'occupancy' || name === 'utilisation') {
    return quotient(TIME_SHARES[name](material.statusMs, settings))
  }
  const sum = { over: 0, under: 0 }
  for (const { term } of termsOf(name, material, settings)) {
    sum.over += term.over
    sum.under += term.under
  }
  return name in COUNTERS ? sum.over : quotient(sum)
}

const quotient = ({ over, under }: Term): number | null => (under === 0 ? null : over / under)

/** The calls behind a figure, with what each of them adds to it. Occupancy and utilisation are of statuses, and have none. */
export function callsBehind(
  name: FigureName,
  material: Material,
  settings: MetricSettings,
): (Term & { callId: CallId })[] {
  return [...termsOf(name, material, settings)].map(({ callId, term }) => ({ callId, ...term }))
}

function* termsOf(
  name: FigureName,
  { visits, offers }: Material,
  settings: MetricSettings,
): Generator<{ callId: CallId; term: Term }> {
  if (name === 'noAnswerRate') {
    for (const offer of offers) yield { callId: offer.callId, term: offerTerm(offer) }
  }
  if (!isVisitFigure(name)) return
  for (const visit of visits) {
    const term = VISIT_TERMS[name](visit, settings)
    if (term) yield { callId: visit.callId, term }
  }
}

/** RONA: only what nobody took in the ring time; a rejection is an answer of its own kind. */
const offerTerm = ({ outcome }: OfferEntry): Term => ({ over: outcome === 'no-answer' ? 1 : 0, under: 1 })

const BUSY = ['talking', 'held', 'wrap-up']

function occupancy(statusMs: Map<string, number>): Term {
  const over = sumOf(statusMs, (key) => BUSY.includes(key))
  return { over, under: over + (statusMs.get('ready') ?? 0) }
}

function utilisation(statusMs: Map<string, number>, { productiveWorks }: MetricSettings): Term {
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
