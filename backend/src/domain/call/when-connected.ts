import {
  bridgeOf,
  callerOf,
  type CallEvent,
  type CallLimits,
  type CallStep,
  type Connecting,
  type Leg,
  type Move,
  type Stranded,
  type Talking,
} from './call.js'
import { backInLine, backToHead, callPhone, dropLeg, end, newLeg, refused, stale, visitOf } from './parts.js'

/** Between the click and the bridge: milliseconds, in which the caller may leave and nobody has spoken yet. */
export function whenConnecting(call: Connecting, event: CallEvent): CallStep {
  switch (event.type) {
    case 'bridged':
      return {
        next: { ...call, status: 'talking', since: event.at },
        effects: [{ do: 'tell-operator', operatorId: call.operatorId, news: { type: 'call-answered' } }],
      }
    case 'caller-gone':
      return end(call, event.at, { reason: 'abandoned', news: { type: 'call-withdrawn' } })
    case 'bridge-failed':
      return { next: { ...call, failedAt: event.at }, effects: [] }
    case 'deadline':
      return call.failedAt === undefined ? stale : unconnected(call, event.at)
    case 'leg-gone':
    case 'phone-gone':
    case 'operator-out':
      return unconnected(call, event.at)
    case 'hang-up':
      return end(call, event.at, { reason: 'operator-hung-up', news: { type: 'call-ended' } })
    default:
      return stale
  }
}

/** Nobody spoke: the caller goes back in line, first, with music again. */
function unconnected(call: Connecting, at: number): Move {
  const step = backInLine({ ...call, priority: true }, at, { type: 'call-missed', reason: 'phone-lost' })
  const channel = callerOf(call)
  return {
    next: step.next,
    effects: [
      { do: 'leave', bridge: bridgeOf(call), channel },
      { do: 'start-music', channel },
      ...step.effects,
    ],
  }
}

/** The two talk. Whatever happens to the operator's browser, the caller is not cut. */
export function whenTalking(call: Talking, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'caller-gone':
      return end(call, event.at, { reason: 'caller-hung-up', news: { type: 'call-ended' } })
    case 'hang-up':
      return end(call, event.at, { reason: 'operator-hung-up', news: { type: 'call-ended' } })
    case 'leg-gone':
    case 'phone-gone':
      return strand(call, event.at, limits)
    case 'phone-ready':
      return event.page === call.leg.page ? stale : newPage(call, event, limits)
    case 'operator-out':
      return outOfTalk(call, event.at, limits)
    case 'answer':
      return refused('wrong-state')
    default:
      return stale
  }
}

/** The operator's leg is dead: music for the caller until the phone is back. */
function strand(call: Talking, at: number, limits: CallLimits): Move<Stranded> {
  const { operatorId, waitedMs } = call
  const channel = callerOf(call)
  const next: Stranded = {
    ...visitOf(call),
    operatorId,
    waitedMs,
    status: 'stranded',
    since: at,
    talkingSince: call.since,
    until: at + limits.rejoinMs,
  }
  return {
    next,
    effects: [
      { do: 'leave', bridge: bridgeOf(call), channel },
      { do: 'start-music', channel },
      ...dropLeg(call.leg),
    ],
  }
}

/** A page that does not hold our leg has taken the phone over: the old leg sounds nowhere any more. */
function newPage(call: Talking, event: CallEvent & { type: 'phone-ready' }, limits: CallLimits): Move {
  const lost = strand(call, event.at, limits)
  const back = rejoin(lost.next, event, limits)
  return { next: back.next, effects: [...lost.effects, ...back.effects] }
}

function outOfTalk(call: Talking, at: number, limits: CallLimits): Move {
  const lost = strand(call, at, limits)
  const back = backToHead(lost.next, at)
  return { next: back.next, effects: [...lost.effects, ...back.effects] }
}

/** The caller hears music and the operator's phone is on its way back. */
export function whenStranded(call: Stranded, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'phone-ready':
      return call.leg?.page === event.page ? stale : rejoin(call, event, limits)
    case 'leg-up':
      return resume(call, event)
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
    case 'operator-out':
      return backToHead(call, event.at)
    case 'deadline':
      return deadline(call, event.at)
    case 'answer':
      return refused('wrong-state')
    default:
      return stale
  }
}

function rejoin(call: Stranded, event: CallEvent & { type: 'phone-ready' }, limits: CallLimits): Move {
  const { visit, leg } = newLeg(visitOf(call), event, limits)
  return {
    next: { ...call, ...visit, leg },
    effects: [...dropLeg(call.leg), callPhone(leg, call.operatorId)],
  }
}

function resume(call: Stranded, event: CallEvent & { type: 'leg-up' }): CallStep {
  if (!call.leg || call.leg.up) return stale
  const leg: Leg = { ...call.leg, up: true }
  const channel = callerOf(call)
  return {
    next: { ...call, leg },
    effects: [
      { do: 'stop-music', channel },
      { do: 'make-bridge', bridge: bridgeOf(call) },
      { do: 'join', bridge: bridgeOf(call), caller: channel, leg: event.leg },
    ],
  }
}

function talkingAgain(call: Stranded, leg: Leg): Talking {
  const { operatorId, waitedMs, talkingSince } = call
  return { ...visitOf(call), operatorId, waitedMs, leg, status: 'talking', since: talkingSince }
}

/** The new leg failed too. If it was up, the music had already been stopped for it. */
function lostAgain(call: Stranded): Move<Stranded> {
  const { leg, ...next } = call
  const music = leg?.up ? [{ do: 'start-music' as const, channel: callerOf(call) }] : []
  return { next, effects: [...dropLeg(leg), ...music] }
}

function deadline(call: Stranded, at: number): CallStep {
  if (at >= call.until && !call.leg?.up) return backToHead(call, at)
  return call.leg && !call.leg.up && at >= call.leg.dueAt ? lostAgain(call) : stale
}
