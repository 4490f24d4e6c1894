import { callId, pageId, type LegId } from '@tsunagu/contract'
import type { CallLimits, Leg, Visit } from '../../src/domain/call/call.js'
import type { Arrival } from '../../src/domain/call/step.js'
import { MAIN } from './directory.js'

/** The parts of calls that tests of several modules begin with: the limits, the caller, a leg. */
export const LIMITS: CallLimits = {
  ringbackMs: 3_000,
  legMs: 5_000,
  refusalMs: 1_000,
  rejoinMs: 30_000,
  parkMs: 180_000,
  dialMs: 60_000,
}

const CALLER = { id: callId('c1'), queueId: MAIN, dialled: '0350600025', callerNumber: '09011111111' }

/** A caller as he comes in: seventh of his day, a second after its beginning. */
export const ARRIVAL: Arrival = { ...CALLER, picked: false, at: 1_000, entry: 7 }

/** The stay of a caller who has been answered, and for whom one leg has been called. */
export const VISIT = {
  ...CALLER,
  direction: 'in',
  far: 'c1',
  fars: 0,
  enteredAt: 1_000,
  entry: 1,
  priority: false,
  picked: true,
  legs: 1,
  since: 2_000,
} satisfies Visit & { since: number }

/** The leg of a call with this number, up if nothing else is said. */
export const legOf = (n: number, up = true): Leg => ({
  id: `c1:leg:${String(n)}` as LegId,
  up,
  page: pageId('page-one'),
  dueAt: 7_000,
})
