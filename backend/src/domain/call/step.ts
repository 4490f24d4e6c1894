import type { CallId, QueueId } from '@tsunagu/contract'
import {
  callerOf,
  type Call,
  type CallEvent,
  type CallLimits,
  type CallRefusal,
  type CallStep,
  type Move,
  type Waiting,
} from './call.js'
import { refused, stale } from './parts.js'
import { whenConnecting, whenTalking } from './when-connected.js'
import { whenHeld } from './when-held.js'
import { whenOffered } from './when-offered.js'
import { whenParked } from './when-parked.js'
import { whenStranded } from './when-stranded.js'
import { whenWaiting } from './when-waiting.js'

/** Time for Asterisk to tell who left, when a bridge did not come about; then the leg is given up. */
const BRIDGE_GRACE_MS = 500

/** A caller as he comes in from the trunk. */
export interface Arrival {
  id: CallId
  queueId: QueueId
  dialled: string
  callerNumber: string
  /** Answered already: he came while the control plane was away, and hears music. */
  picked: boolean
  at: number
  entry: number
}

/** A caller enters a queue: he hears ringing at once (or music, if that is what he heard already), and distribution looks for an operator. */
export function enter(arrival: Arrival): Move<Waiting> {
  const { at, ...who } = arrival
  const next: Waiting = {
    ...who,
    enteredAt: at,
    priority: false,
    legs: 0,
    status: 'waiting',
    since: at,
  }
  const channel = callerOf(next)
  return {
    next,
    effects: [
      arrival.picked ? { do: 'start-music', channel } : { do: 'ring-caller', channel },
      { do: 'dispatch' },
    ],
  }
}

/** Pure: the same call and event always give the same step. Late events are refused, never thrown. */
export function step(call: Call, event: CallEvent, limits: CallLimits): CallStep {
  const others = concernsAnother(call, event)
  if (others) return refused(others)
  switch (call.status) {
    case 'waiting':
      return whenWaiting(call, event, limits)
    case 'offered':
      return whenOffered(call, event, limits)
    case 'connecting':
      return whenConnecting(call, event)
    case 'talking':
      return whenTalking(call, event, limits)
    case 'held':
      return whenHeld(call, event, limits)
    case 'stranded':
      return whenStranded(call, event, limits)
    case 'parked':
      return whenParked(call, event, limits)
    case 'ended':
      return stale
  }
}

/** News of a leg that is not the call's (any more), and wishes of an operator who does not have it, change nothing. */
function concernsAnother(call: Call, event: CallEvent): CallRefusal | undefined {
  if ('leg' in event) {
    const leg = 'leg' in call ? call.leg?.id : undefined
    return event.leg === leg ? undefined : 'stale'
  }
  if (!('operatorId' in event) || event.type === 'offer' || event.type === 'take') return undefined
  const operatorId = 'operatorId' in call ? call.operatorId : undefined
  if (event.operatorId === operatorId) return undefined
  const asked = ['answer', 'hang-up', 'hold', 'resume', 'park'].includes(event.type)
  return asked ? 'wrong-state' : 'stale'
}

/** When the call next wants to be woken with `deadline`; derived from its status, so no alarm can go stale. */
export function nextDeadline(call: Call, limits: CallLimits): number | undefined {
  switch (call.status) {
    case 'waiting':
      return call.picked ? undefined : call.since + limits.ringbackMs
    case 'offered':
      return earliest(
        // Once 「通話」 is pressed only the leg's own limits count.
        call.answered ? Infinity : call.expiresAt,
        call.leg && !call.leg.up ? call.leg.dueAt : Infinity,
        !call.leg && call.phoneDueAt !== undefined ? call.phoneDueAt : Infinity,
      )
    case 'stranded':
      return earliest(call.until, call.leg && !call.leg.up ? call.leg.dueAt : Infinity)
    case 'connecting':
      return call.failedAt === undefined ? undefined : call.failedAt + BRIDGE_GRACE_MS
    case 'parked':
      return call.until
    case 'talking':
    case 'held':
    case 'ended':
      return undefined
  }
}

function earliest(...times: number[]): number | undefined {
  const first = Math.min(...times)
  return Number.isFinite(first) ? first : undefined
}
