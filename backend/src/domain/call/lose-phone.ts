/** What a call does when its operator's phone is gone, and when it is back. */
import type { PageId } from '@tsunagu/contract'
import type { CallLimits, OnHold, Stranded, Talking } from './call.js'
import type { Move } from './messages.js'
import { bridgeOf, callerOf } from './names.js'
import { backToHead, callPhone, dropLeg, newLeg, visitOf } from './parts.js'

/** The operator's leg is dead: music for the caller until the phone is back. One on hold hears it already. */
export function strand(call: Talking | OnHold, at: number, limits: CallLimits): Move<Stranded> {
  const { operatorId, waitedMs } = call
  const channel = callerOf(call)
  const held = call.status === 'held'
  const next: Stranded = {
    ...visitOf(call),
    operatorId,
    waitedMs,
    status: 'stranded',
    since: at,
    talkingSince: held ? call.talkingSince : call.since,
    until: at + limits.rejoinMs,
    ...(held ? { held } : {}),
  }
  const toMusic = [
    { do: 'leave' as const, bridge: bridgeOf(call), channel },
    { do: 'start-music' as const, channel },
  ]
  return { next, effects: [...(held ? [] : toMusic), ...dropLeg(call.leg)] }
}

interface PhoneReady {
  at: number
  page: PageId
}

/** A page that does not hold our leg has taken the phone over: the old leg sounds nowhere any more. */
export function newPage(call: Talking | OnHold, event: PhoneReady, limits: CallLimits): Move {
  const lost = strand(call, event.at, limits)
  const back = rejoin(lost.next, event, limits)
  return { next: back.next, effects: [...lost.effects, ...back.effects] }
}

/** The operator is logged out in the middle of the call: it goes to the head of its queue. */
export function outOfCall(call: Talking | OnHold, at: number, limits: CallLimits): Move {
  const lost = strand(call, at, limits)
  const back = backToHead(lost.next, at)
  return { next: back.next, effects: [...lost.effects, ...back.effects] }
}

export function rejoin(call: Stranded, event: PhoneReady, limits: CallLimits): Move {
  const { visit, leg } = newLeg(visitOf(call), event, limits)
  return {
    next: { ...call, ...visit, leg },
    effects: [...dropLeg(call.leg), callPhone(leg, call.operatorId)],
  }
}
