import type { CallId, DialFailure, PageId, QueueId, UserId } from '@tsunagu/contract'
import type { CallLimits, Dialling, Leg, Stranded, Talking, Visit } from './call.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { bridgeOf, callerOf, farName } from './names.js'
import { pageIsBack, phoneStaysAway } from './lose-phone.js'
import { callOut, callPhone, dropLeg, end, leaveForMusic, newLeg, outOfPlace, stale, tell } from './parts.js'

/** An operator's wish to speak to an outside number. He has been claimed for it before. */
export interface DialOrder {
  id: CallId
  operatorId: UserId
  page: PageId
  number: string
  presented?: string
  /** Where the party goes when the operator vanishes. */
  queueId: QueueId
  entry: number
  at: number
}

/** The operator's leg first, so that he hears all that the network has to say (design.md section 3). */
export function dialOut(order: DialOrder, limits: CallLimits): Move<Dialling> {
  const { id, operatorId, number, presented, queueId, entry, at } = order
  const bare: Visit = {
    id,
    queueId,
    direction: 'out',
    far: farName(id, 1),
    fars: 1,
    dialled: number,
    callerNumber: number,
    ...(presented === undefined ? {} : { presented }),
    enteredAt: at,
    entry,
    priority: false,
    picked: true,
    legs: 0,
  }
  const { visit, leg } = newLeg(bare, order, limits)
  const next: Dialling = {
    ...visit,
    operatorId,
    leg,
    waitedMs: 0,
    status: 'dialling',
    since: at,
    expiresAt: at + limits.dialMs,
    placed: false,
  }
  return { next, effects: [callPhone(leg, operatorId)] }
}

/** 発信中: it rings there. */
export function whenDialling(call: Dialling, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'leg-up':
      return legUp(call)
    case 'party-ready':
      return call.ready ? stale : partyReady(call, event.at)
    case 'party-up':
      return answered(call, event.at, limits)
    case 'party-gone':
      return failed(call, event.at, event.why)
    case 'hang-up':
    case 'operator-out':
      return end(call, event.at, { reason: 'not-reached', news: { type: 'call-failed' } })
    case 'leg-gone':
    case 'phone-gone':
      return phoneGone(call, event.at, limits)
    case 'phone-ready':
      return pageIsBack(call, event, limits)
    case 'deadline':
      return deadline(call, event.at)
    default:
      return outOfPlace(event)
  }
}

function legUp(call: Dialling): CallStep {
  if (!call.leg || call.leg.up) return stale
  const bridge = bridgeOf(call)
  return {
    next: { ...call, leg: { ...call.leg, up: true }, placed: true },
    effects: [
      { do: 'make-bridge', bridge },
      { do: 'put', bridge, channels: [call.leg.id] },
      ...(call.placed ? [] : [callOut(callerOf(call), call.callerNumber, call.presented)]),
    ],
  }
}

function partyReady(call: Dialling, at: number): Move {
  const channel = callerOf(call)
  return {
    next: { ...call, ready: true },
    effects: [
      { do: 'put', bridge: bridgeOf(call), channels: [channel] },
      { do: 'dial-out', channel, timeoutMs: Math.max(call.expiresAt - at, 0) },
    ],
  }
}

/** They hear each other: the bridge carries them since before the answer. */
function answered(call: Dialling, at: number, limits: CallLimits): Move {
  const { expiresAt: _rang, placed: _done, ready: _dialled, phoneDueAt: _left, leg, ...rest } = call
  const told = tell(call.operatorId, { type: 'call-answered' })
  if (leg?.up) {
    const next: Talking = { ...rest, leg, status: 'talking', since: at }
    return { next, effects: [told] }
  }
  return { next: alone(rest, { at, leg, limits }), effects: [...leaveForMusic(call), told] }
}

/** The operator's page is just being reloaded: the party hears music until it is back. */
function alone(
  rest: Omit<Dialling, 'expiresAt' | 'placed' | 'ready' | 'phoneDueAt' | 'leg'>,
  { at, leg, limits }: { at: number; leg: Leg | undefined; limits: CallLimits },
): Stranded {
  return {
    ...rest,
    ...(leg ? { leg } : {}),
    status: 'stranded',
    since: at,
    talkingSince: at,
    until: at + limits.rejoinMs,
  }
}

const failed = (call: Dialling, at: number, why: DialFailure | 'phone-failed'): Move =>
  end(call, at, { reason: 'not-reached', news: { type: 'call-failed', reason: why } })

function phoneGone(call: Dialling, at: number, limits: CallLimits): Move {
  const { leg, ...rest } = call
  return { next: { ...rest, phoneDueAt: at + limits.legMs }, effects: dropLeg(leg) }
}

function deadline(call: Dialling, at: number): CallStep {
  if (at >= call.expiresAt) return failed(call, at, 'unanswered')
  return phoneStaysAway(call, at) ? failed(call, at, 'phone-failed') : stale
}
