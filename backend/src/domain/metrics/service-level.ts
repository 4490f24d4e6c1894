/** The five published formulas of the service level (metrics.md). T and S are ms. */
import type { ServiceLevelFormula } from '@tsunagu/contract'
import type { Term } from './terms.js'

/** A visit as the formulas see it. */
export interface Waited {
  end: 'answered' | 'abandoned'
  waitMs: number
}

interface Limits {
  /** T: answered within it is in time. */
  withinMs: number
  /** S: who gives up within it, hardly called. */
  shortMs: number
}

/** What one visit adds above and below the line; `undefined`: it is in neither. */
export function serviceTerm(
  formula: ServiceLevelFormula,
  { end, waitMs }: Waited,
  { withinMs, shortMs }: Limits,
): Term | undefined {
  const inTime = waitMs <= withinMs
  if (end === 'answered') return { over: inTime ? 1 : 0, under: 1 }
  switch (formula) {
    case 'late-abandons':
      return inTime ? undefined : { over: 0, under: 1 }
    case 'all-in-time':
      return { over: inTime ? 1 : 0, under: 1 }
    case 'answered-only':
      return undefined
    case 'all-abandons':
      return { over: 0, under: 1 }
    case 'short-abandons':
      return { over: waitMs <= shortMs ? 1 : 0, under: 1 }
  }
}
