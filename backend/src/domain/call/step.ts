import type { CallId, QueueId } from '@tsunagu/contract'
import type { Call, CallLimits, Waiting } from './call.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { callerOf, channelsOf } from './names.js'
import { outOfPlace, stale } from './parts.js'
import { targetNews } from './transfer/target-news.js'
import { whenConnecting, whenTalking } from './when-connected.js'
import { whenConsulting } from './transfer/when-consulting.js'
import { whenDialling } from './when-dialling.js'
import { whenHandedOver } from './transfer/when-handed-over.js'
import { whenHeld } from './when-held.js'
import { whenInternal } from './internal/when-internal.js'
import { whenOffered } from './when-offered.js'
import { whenParked } from './when-parked.js'
import { whenStranded } from './when-stranded.js'
import { whenWaiting } from './when-waiting.js'

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
    direction: 'in',
    far: arrival.id,
    fars: 0,
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
export function step(call: Call, told: CallEvent, limits: CallLimits): CallStep {
  const event = ofParty(call, told)
  if (!event) return stale
  // These two have more than one operator, and know themselves whom an event is about.
  if (call.status === 'internal') return whenInternal(call, event, limits)
  const target = call.status === 'consulting' ? targetNews(call, event) : undefined
  if (target) return target
  if (concernsAnother(call, event)) return outOfPlace(event)
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
    case 'dialling':
      return whenDialling(call, event, limits)
    case 'consulting':
      return whenConsulting(call, event, limits)
    case 'handed-over':
      return whenHandedOver(call, event)
    case 'ended':
      return stale
  }
}

/** News of an outside channel are for the call that has it; once its party is there, that one is its caller. */
function ofParty(call: Call, event: CallEvent): CallEvent | undefined {
  if (!('channel' in event)) return event
  if (!channelsOf(call).includes(event.channel)) return undefined
  const isFar = 'far' in call && call.far === event.channel
  if (!isFar || call.status === 'dialling') return event
  return event.type === 'party-gone' ? { type: 'caller-gone', at: event.at } : undefined
}

/** Somebody gets the call who does not have it yet. */
const COMES: CallEvent['type'][] = ['offer', 'take', 'take-over']

/** News of a leg that is not the call's (any more), and wishes of an operator who does not have it, change nothing. */
function concernsAnother(call: Call, event: CallEvent): boolean {
  if ('leg' in event) {
    const leg = 'leg' in call ? call.leg?.id : undefined
    return event.leg !== leg
  }
  if (!('operatorId' in event) || COMES.includes(event.type)) return false
  const operatorId = 'operatorId' in call ? call.operatorId : undefined
  return event.operatorId !== operatorId
}
