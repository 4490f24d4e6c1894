import type { CallLimits, Offered, Waiting } from './call.js'
import { takeFromLine } from './give.js'
import type { CallEvent, CallStep } from './messages.js'
import { callerOf } from './names.js'
import { callPhone, end, intoQueue, newLeg, stale, toMusic, visitOf } from './parts.js'

/** In line: ringing first, then music; taken out by an offer. */
export function whenWaiting(call: Waiting, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'offer':
      return offer(call, event, limits)
    case 'take':
      return takeFromLine(call, event, limits)
    case 'move':
      if (event.queueId === call.queueId) return stale
      return { next: intoQueue(call, event.queueId), effects: [{ do: 'dispatch' }] }
    case 'front':
      return { next: { ...call, front: event.at }, effects: [{ do: 'dispatch' }] }
    case 'caller-gone':
      return end(call, event.at, { reason: 'abandoned' })
    case 'deadline':
      if (call.picked || event.at < call.since + limits.ringbackMs) return stale
      return { next: { ...call, picked: true }, effects: toMusic(call) }
    default:
      return stale
  }
}

function offer(call: Waiting, event: CallEvent & { type: 'offer' }, limits: CallLimits): CallStep {
  const { visit, leg } = newLeg(visitOf(call), event, limits)
  const next: Offered = {
    ...visit,
    status: 'offered',
    since: event.at,
    operatorId: event.operatorId,
    leg,
    waitedMs: event.at - call.enteredAt,
    expiresAt: event.at + event.ringMs,
    answered: false,
  }
  const ring = call.picked ? [] : [{ do: 'ring-caller' as const, channel: callerOf(call) }]
  return { next, effects: [callPhone(leg, event.operatorId), ...ring] }
}
