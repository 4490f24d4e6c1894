/**
 * Every figure of metrics.md by its name. A figure and the list of the calls behind it come from the same terms (terms.ts),
 * and there is no second way to either.
 */
import type { CallId } from '@tsunagu/contract'
import type { Visit } from '../records/span.js'
import type { Tally } from './ledger.js'
import {
  COUNTERS,
  occupancy,
  offerTerm,
  utilisation,
  VISIT_FIGURES,
  VISIT_TERMS,
  type OfferEntry,
  type Term,
  type VisitEntry,
  type VisitFigure,
} from './terms.js'

/** Of people, so a queue has none. */
const TIME_SHARES = { occupancy, utilisation }
type TimeFigure = keyof typeof TIME_SHARES

export type FigureName = VisitFigure | 'noAnswerRate' | TimeFigure
export const FIGURE_NAMES: FigureName[] = [...VISIT_FIGURES, 'noAnswerRate', 'occupancy', 'utilisation']

/** A figure's value by its name: a number of calls, a part of 1, or ms; `null` where there is nothing to divide by. */
export type Values = Record<FigureName, number | null>

/** Takes as long however many calls there are. Without a tally nothing has happened yet. */
export function valueOf(name: FigureName, tally: Tally | undefined): number | null {
  const sum = tally && sumOf(name, tally)
  if (name in COUNTERS) return sum?.over ?? 0
  return sum && sum.under !== 0 ? sum.over / sum.under : null
}

export function allValues(tally: Tally | undefined): Values {
  return Object.fromEntries(FIGURE_NAMES.map((name) => [name, valueOf(name, tally)])) as Values
}

function sumOf(name: FigureName, { sums, offerSum, statusMs, settings }: Tally): Term {
  if (name === 'occupancy' || name === 'utilisation') return TIME_SHARES[name](statusMs, settings)
  return name === 'noAnswerRate' ? offerSum : sums[name]
}

/** One call of those behind a figure, with what it adds to it. */
export type CallBehind = Term & { callId: CallId; visit?: Visit }

/** The calls behind a figure. Occupancy and utilisation are of statuses, and have none. */
export function callsBehind(name: FigureName, tally: Tally | undefined): CallBehind[] {
  if (!tally || name === 'occupancy' || name === 'utilisation') return []
  if (name === 'noAnswerRate') {
    return offersOf(tally).map((offer) => {
      const { callId, visit } = offer
      return { callId, ...(visit ? { visit } : {}), ...offerTerm(offer) }
    })
  }
  return visitsOf(tally).flatMap((visit) => {
    const term = VISIT_TERMS[name](visit, tally.settings)
    return term ? [{ callId: visit.callId, visit: visit.visit, ...term }] : []
  })
}

const offersOf = ({ offers, below }: Tally): OfferEntry[] => [...(below ? offersOf(below) : []), ...offers]

const visitsOf = (tally: Tally): VisitEntry[] => [...entriesOf(tally).values()]

/** A visit that is in both is as the upper one has it. */
function entriesOf({ visits, below }: Tally): Map<string, VisitEntry> {
  return new Map([...(below ? entriesOf(below) : []), ...visits])
}
