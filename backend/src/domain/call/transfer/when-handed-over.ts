import type { Waiting } from '../call.js'
import type { CallEvent, CallStep, Move } from '../messages.js'
import { bridgeOf } from '../names.js'
import { LONGEST_OUTSIDE_MS, type HandedOver } from './consult.js'
import { end, leaveForMusic, stale, visitOf } from '../parts.js'

/** Transferred to the outside: over when one of the two hangs up; not answered there, the caller comes back. */
export function whenHandedOver(call: HandedOver, event: CallEvent): CallStep {
  switch (event.type) {
    case 'party-ready':
      return {
        next: call,
        effects: [
          { do: 'put', bridge: bridgeOf(call), channels: [call.other] },
          { do: 'dial-out', channel: call.other, timeoutMs: Math.max(call.expiresAt - event.at, 0) },
        ],
      }
    case 'party-up':
      if (call.answered) return stale
      return { next: { ...call, answered: true, expiresAt: event.at + LONGEST_OUTSIDE_MS }, effects: [] }
    case 'party-gone':
      return over(call, event.at)
    case 'caller-gone':
      return end(call, event.at, { reason: 'caller-hung-up' })
    case 'deadline':
      return event.at < call.expiresAt ? stale : over(call, event.at)
    default:
      return stale
  }
}

const over = (call: HandedOver, at: number): Move =>
  call.answered ? end(call, at, { reason: 'caller-hung-up' }) : backToUs(call, at)

/** Nobody took the call there, and he has no operator any more: the head of his queue. */
function backToUs(call: HandedOver, at: number): Move<Waiting> {
  return {
    next: { ...visitOf(call), priority: true, status: 'waiting', since: at },
    effects: [{ do: 'hang-up', channel: call.other }, ...leaveForMusic(call), { do: 'dispatch' }],
  }
}
