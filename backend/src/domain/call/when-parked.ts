import type { CallLimits, Parked } from './call.js'
import { give } from './give.js'
import type { CallEvent, CallStep } from './messages.js'
import { end, outOfPlace, stale, visitOf } from './parts.js'

/** In a shared slot with music, until somebody takes it; else it rings back the one who parked it (operator.md 6). */
export function whenParked(call: Parked, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'take':
      // 「パーク保留」 was the answer already: it is connected as soon as the leg is up.
      return give(call, { ...event, waitedMs: event.at - call.since, ringMs: 0, taken: true }, limits)
    case 'offer':
      return give(call, { ...event, waitedMs: event.at - call.since }, limits)
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
    default:
      return outOfPlace(event)
  }
}
