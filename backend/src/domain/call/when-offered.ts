import type { CallLimits, Leg, Offered } from './call.js'
import { takeFromLine } from './give.js'
import type { CallEffect, CallEvent, CallStep } from './messages.js'
import { bridgeOf, callerOf } from './names.js'
import { pageIsBack, phoneStaysAway } from './lose-phone.js'
import { backInLine, dropLeg, end, stale, visitOf } from './parts.js'

/** Ringing at one operator. His leg comes up silently meanwhile; his 「通話」 is what connects. */
export function whenOffered(call: Offered, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'leg-up':
      return legUp(call, event)
    case 'leg-gone':
      return legGone(call, event.at, limits)
    case 'phone-gone':
      return phoneGone(call, event.at, limits)
    case 'phone-ready':
      return pageIsBack(call, event, limits)
    case 'answer':
      return answer(call, event)
    case 'hang-up':
      return backInLine(call, event.at, { type: 'call-missed', reason: 'rejected' })
    case 'operator-out':
      return backInLine(call, event.at, { type: 'call-missed', reason: 'phone-lost' })
    case 'take':
      // One whom he has answered is his.
      return call.answered ? stale : takeFromLine(call, event, limits)
    case 'caller-gone':
      return end(call, event.at, { reason: 'abandoned', news: { type: 'call-withdrawn' } })
    case 'deadline':
      return deadline(call, event.at)
    default:
      return stale
  }
}

function legUp(call: Offered, event: CallEvent & { type: 'leg-up' }): CallStep {
  if (!call.leg || call.leg.up) return stale
  const leg: Leg = { ...call.leg, up: true }
  if (call.answered) return connect(call, leg, event.at)
  // The bridge waits empty, so that the click costs one request less.
  return { next: { ...call, leg }, effects: [makeBridge(call)] }
}

function makeBridge(call: Offered): CallEffect {
  return { do: 'make-bridge', bridge: bridgeOf(call) }
}

function answer(call: Offered, event: CallEvent & { type: 'answer' }): CallStep {
  if (call.leg?.up) return connect(call, call.leg, event.at)
  return { next: { ...call, answered: true }, effects: [] }
}

function connect(call: Offered, leg: Leg, at: number): CallStep {
  const channel = callerOf(call)
  const first: CallEffect = call.picked ? { do: 'stop-music', channel } : { do: 'answer-caller', channel }
  const { operatorId, waitedMs, taken } = call
  const rest = { operatorId, waitedMs, leg, ...(taken ? { taken } : {}) }
  return {
    next: { ...visitOf(call), picked: true, ...rest, status: 'connecting', since: at },
    effects: [
      ...(call.leg?.up ? [] : [makeBridge(call)]),
      first,
      { do: 'join', bridge: bridgeOf(call), caller: channel, leg: leg.id },
    ],
  }
}

/**
 * A leg that was up and is lost is most likely a reload: the page gets a new one when it is back. One that never came up
 * is a phone that cannot take the call, unless its page turns out to be going in the same moment.
 */
function legGone(call: Offered, at: number, limits: CallLimits): CallStep {
  const { leg, ...rest } = call
  if (leg?.up) return { next: { ...rest, phoneDueAt: at + limits.legMs }, effects: [] }
  if (call.refused) return failed(rest, at)
  return { next: { ...rest, refused: true, phoneDueAt: at + limits.refusalMs }, effects: [] }
}

function phoneGone(call: Offered, at: number, limits: CallLimits): CallStep {
  const { leg, refused: _itWasTheReload, ...rest } = call
  return { next: { ...rest, phoneDueAt: at + limits.legMs }, effects: dropLeg(leg) }
}

function deadline(call: Offered, at: number): CallStep {
  if (at >= call.expiresAt && !call.answered) {
    return backInLine(call, at, { type: 'call-missed', reason: 'no-answer' })
  }
  return phoneStaysAway(call, at) ? failed(call, at) : stale
}

const failed = (call: Offered, at: number): CallStep =>
  backInLine(call, at, { type: 'call-missed', reason: 'phone-failed' })
