import type { PageId, UserId } from '@tsunagu/contract'
import type { CallLimits, Offered, Parked } from './call.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { callPhone, end, newLeg, refused, stale, visitOf } from './parts.js'

/** In a shared slot with music, until somebody takes it; else it rings back the one who parked it (operator.md 6). */
export function whenParked(call: Parked, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'take':
      // 「パーク保留」 was the answer already: it is connected as soon as the leg is up.
      return toOperator(call, { ...event, answered: true, ringMs: 0, taken: true }, limits)
    case 'offer':
      return toOperator(call, { ...event, answered: false }, limits)
    case 'caller-gone':
      return end(call, event.at, { reason: 'caller-hung-up' })
    case 'deadline':
      if (event.at < call.until) return stale
      return {
        next: { ...call, until: event.at + limits.parkMs },
        effects: [{ do: 'ring-back', operatorId: call.parkedBy }],
      }
    case 'no-ring-back':
      return {
        next: { ...visitOf(call), priority: true, status: 'waiting', since: event.at },
        effects: [{ do: 'dispatch' }],
      }
    case 'answer':
    case 'consult':
    case 'transfer':
    case 'hang-up':
    case 'hold':
    case 'resume':
    case 'park':
      return refused('wrong-state')
    default:
      return stale
  }
}

interface Taking {
  at: number
  operatorId: UserId
  page: PageId
  answered: boolean
  ringMs: number
  taken?: true
}

function toOperator(call: Parked, taking: Taking, limits: CallLimits): Move {
  const { at, operatorId, answered, ringMs } = taking
  const { visit, leg } = newLeg(visitOf(call), taking, limits)
  const next: Offered = {
    ...visit,
    // Whoever fails to take it must not send the caller to the end of a line.
    priority: true,
    status: 'offered',
    since: at,
    operatorId,
    leg,
    waitedMs: at - call.since,
    expiresAt: at + ringMs,
    answered,
    ...(taking.taken ? { taken: true as const } : {}),
  }
  return { next, effects: [callPhone(leg, operatorId)] }
}
