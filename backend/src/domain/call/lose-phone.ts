/** What a call does when its operator's phone is gone, and when it is back. */
import type { PageId } from '@tsunagu/contract'
import type { CallLimits, Dialling, Offered, OnHold, Stranded, Talking } from './call.js'
import type { CallStep, Move } from './messages.js'
import { backToHead, callPhone, dropLeg, leaveForMusic, newLeg, stale, visitOf } from './parts.js'

/** The operator's leg is dead: music for the caller until the phone is back. One on hold hears it already. */
export function strand(call: Talking | OnHold, at: number, limits: CallLimits): Move<Stranded> {
  const { operatorId, waitedMs } = call
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
  return { next, effects: [...(held ? [] : leaveForMusic(call)), ...dropLeg(call.leg)] }
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

/** Before anybody has spoken: a page that does not hold our leg gets one of its own. */
export function pageIsBack(call: Offered | Dialling, event: PhoneReady, limits: CallLimits): CallStep {
  if (call.leg?.page === event.page) return stale
  const { visit, leg } = newLeg(visitOf(call), event, limits)
  const { phoneDueAt: _itCame, ...rest } = call
  return {
    next: { ...rest, ...visit, leg },
    effects: [...dropLeg(call.leg), callPhone(leg, call.operatorId)],
  }
}

/** Before anybody has spoken: the leg has not come up, or the page has not come back, by `at`. */
export function phoneStaysAway({ leg, phoneDueAt }: Offered | Dialling, at: number): boolean {
  if (leg) return !leg.up && at >= leg.dueAt
  return at >= (phoneDueAt ?? at)
}
