import type { Call, CallLimits, Leg, Offered } from './call.js'
import type { Target } from './transfer/consult.js'
import type { Internal } from './internal/internal.js'
import { dueOf } from './internal/when-internal.js'

/** Time for Asterisk to tell who left, when a bridge did not come about; then the leg is given up. */
const BRIDGE_GRACE_MS = 500

type Time = number | undefined

/** When the call next wants to be woken with `deadline`; derived from its status, so no alarm can go stale. */
export function nextDeadline(call: Call, limits: CallLimits): Time {
  switch (call.status) {
    case 'waiting':
      return call.picked ? undefined : call.since + limits.ringbackMs
    case 'offered':
      return ofOffer(call)
    case 'stranded':
      return earliest(call.until, legDue(call.leg))
    case 'connecting':
      return call.failedAt === undefined ? undefined : call.failedAt + BRIDGE_GRACE_MS
    case 'parked':
      return call.until
    case 'dialling':
      return earliest(call.expiresAt, legDue(call.leg), pageDue(call))
    case 'consulting':
      return earliest(answerDue(call.target), legDue(call.leg), call.until)
    case 'handed-over':
      return call.expiresAt
    case 'internal':
      return ofInternal(call)
    case 'talking':
    case 'held':
    case 'ended':
      return undefined
  }
}

/** Once 「通話」 is pressed only the leg's own limits count. */
const ofOffer = (call: Offered): Time =>
  earliest(call.answered ? undefined : call.expiresAt, legDue(call.leg), pageDue(call))

function ofInternal({ talkingSince, expiresAt, ends }: Internal): Time {
  const unanswered = talkingSince === undefined ? expiresAt : undefined
  return earliest(unanswered, ...ends.map((end) => dueOf(end)))
}

const legDue = (leg: Leg | undefined): Time => (leg && !leg.up ? leg.dueAt : undefined)

/** A page that may be reloading has a while to come back. */
const pageDue = ({ leg, phoneDueAt }: { leg?: Leg; phoneDueAt?: number }): Time =>
  leg ? undefined : phoneDueAt

const answerDue = (target: Target): Time =>
  target.kind === 'queue' || target.answeredAt !== undefined ? undefined : target.expiresAt

function earliest(...times: Time[]): Time {
  const first = Math.min(...times.map((time) => time ?? Infinity))
  return Number.isFinite(first) ? first : undefined
}
