import type { CallLimits, Leg, OnHold, Stranded, Talking } from './call.js'
import { takeOver } from './give.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { bridgeOf, callerOf } from './names.js'
import { rejoin } from './lose-phone.js'
import { backToHead, dropLeg, end, leaveForMusic, outOfPlace, stale, visitOf } from './parts.js'

/** The caller hears music and the operator's phone is on its way back. */
export function whenStranded(call: Stranded, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'phone-ready':
      return call.leg?.page === event.page ? stale : rejoin(call, event, limits)
    case 'leg-up':
      return legUp(call, event)
    case 'leg-gone':
    case 'phone-gone':
    case 'bridge-failed':
      return lostAgain(call)
    case 'bridged':
      return call.leg ? { next: talkingAgain(call, call.leg), effects: [] } : stale
    case 'caller-gone':
      return end(call, event.at, { reason: 'caller-hung-up', news: { type: 'call-ended' } })
    case 'hang-up':
      return end(call, event.at, { reason: 'operator-hung-up', news: { type: 'call-ended' } })
    case 'take-over':
      return event.from === call.operatorId ? takeOver(call, event, limits) : stale
    case 'operator-out':
      return outAgain(call, event.at)
    case 'deadline':
      return deadline(call, event.at)
    default:
      return outOfPlace(event)
  }
}

function legUp(call: Stranded, event: CallEvent & { type: 'leg-up' }): CallStep {
  if (!call.leg || call.leg.up) return stale
  const leg: Leg = { ...call.leg, up: true }
  const channel = callerOf(call)
  if (call.held) return heldAgain(call, leg, event.at)
  return {
    next: { ...call, leg },
    effects: [
      { do: 'stop-music', channel },
      { do: 'make-bridge', bridge: bridgeOf(call) },
      { do: 'join', bridge: bridgeOf(call), caller: channel, leg: event.leg },
    ],
  }
}

/** The caller was on hold, and did not notice anything. */
function heldAgain(call: Stranded, leg: Leg, at: number): Move {
  const { operatorId, waitedMs, talkingSince } = call
  const next: OnHold = {
    ...visitOf(call),
    operatorId,
    waitedMs,
    leg,
    status: 'held',
    since: at,
    talkingSince,
  }
  return { next, effects: [] }
}

function talkingAgain(call: Stranded, leg: Leg): Talking {
  const { operatorId, waitedMs, talkingSince } = call
  return { ...visitOf(call), operatorId, waitedMs, leg, status: 'talking', since: talkingSince }
}

/** The new leg failed too. If it was up, the music had already been stopped for it, and they may be in the bridge. */
function lostAgain(call: Stranded): Move<Stranded> {
  const { leg, ...next } = call
  return { next, effects: [...dropLeg(leg), ...(leg?.up ? leaveForMusic(call) : [])] }
}

function outAgain(call: Stranded, at: number): Move {
  const lost = lostAgain(call)
  const back = backToHead(lost.next, at)
  return { next: back.next, effects: [...lost.effects, ...back.effects] }
}

function deadline(call: Stranded, at: number): CallStep {
  if (at >= call.until && !call.leg?.up) return backToHead(call, at)
  return call.leg && !call.leg.up && at >= call.leg.dueAt ? lostAgain(call) : stale
}
