/** The moves that several statuses share: making a leg, going back in line, ending. */
import type { LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import type {
  Call,
  CallBase,
  CallLimits,
  CallWithOperator,
  EndReason,
  Ended,
  Leg,
  OnHold,
  Parked,
  Talking,
  Visit,
  Waiting,
} from './call.js'
import type { CallEffect, CallEvent, CallRefusal, Move, OperatorNews } from './messages.js'
import { bridgeOf, callerOf, channelsOf } from './names.js'
import type { Internal } from './internal/internal.js'

export const refused = (code: CallRefusal): { refused: CallRefusal } => ({ refused: code })
export const stale = refused('stale')

/** What an operator asks, as opposed to what happens to him. */
const ASKED: CallEvent['type'][] = ['answer', 'hang-up', 'hold', 'resume', 'park', 'consult', 'transfer']

/** To an event that has no place where it arrives: who asked for something is told so, and news came too late. */
export const outOfPlace = (event: CallEvent): { refused: CallRefusal } =>
  ASKED.includes(event.type) ? refused('wrong-state') : stale

export function visitOf(call: Visit): Visit {
  const { id, queueId, direction, far, fars, dialled, callerNumber, presented, front } = call
  const { enteredAt, entry, priority, picked, legs } = call
  const who = { id, queueId, direction, far, fars, dialled, callerNumber }
  const shown = presented === undefined ? {} : { presented }
  const place = front === undefined ? {} : { front }
  return { ...who, ...shown, ...place, enteredAt, entry, priority, picked, legs }
}

/** In another queue. A supervisor who sent him to the front meant those of the queue he was in. */
export function intoQueue<Of extends Visit>(call: Of, queueId: QueueId): Of {
  const { front: _front, ...rest } = call
  return { ...(rest as Of), queueId }
}

/** A new leg for the operator; the page is told its name by the view, and accepts no other. */
export function newLeg<Of extends CallBase>(
  visit: Of,
  event: { at: number; page: PageId },
  limits: CallLimits,
): { visit: Of; leg: Leg } {
  const n = visit.legs + 1
  const id = `${visit.id}:leg:${String(n)}` as LegId
  return {
    visit: { ...visit, legs: n },
    leg: { id, up: false, page: event.page, dueAt: event.at + limits.legMs },
  }
}

export const callPhone = (leg: Leg, operatorId: UserId): CallEffect => ({
  do: 'call-phone',
  leg: leg.id,
  operatorId,
})

/** Ordering a channel that exists does no harm: its name is taken. */
export const callOut = (
  channel: string,
  number: string,
  presented: string | undefined,
): Extract<CallEffect, { do: 'call-out' }> => ({
  do: 'call-out',
  channel,
  number,
  ...(presented === undefined ? {} : { presented }),
})

export const dropLeg = (leg: Leg | undefined): CallEffect[] =>
  leg ? [{ do: 'hang-up', channel: leg.id }] : []

export const tell = (operatorId: UserId, news: OperatorNews): CallEffect => ({
  do: 'tell-operator',
  operatorId,
  news,
})

/** Music for a caller in line; the first time it takes answering the trunk, or nothing is heard. */
export function toMusic(visit: Visit): CallEffect[] {
  const channel = callerOf(visit)
  return visit.picked
    ? [{ do: 'start-music', channel }]
    : [
        { do: 'answer-caller', channel },
        { do: 'start-music', channel },
      ]
}

/** One who is in the bridge is taken out of it, and hears music. */
export function leaveForMusic(call: Visit): CallEffect[] {
  const channel = callerOf(call)
  return [
    { do: 'leave', bridge: bridgeOf(call), channel },
    { do: 'start-music', channel },
  ]
}

/** Back to the line with the place kept, when an operator was asked and did not take the call. */
export function backInLine(call: CallWithOperator, at: number, news: OperatorNews): Move<Waiting> {
  const visit = visitOf(call)
  const next: Waiting = { ...visit, picked: true, status: 'waiting', since: at }
  const music = visit.picked ? [] : toMusic(visit)
  return {
    next,
    effects: [...dropLeg(call.leg), ...music, tell(call.operatorId, news), { do: 'dispatch' }],
  }
}

/** Back to the head of the line, when the operator vanished in the middle of the talk. */
export function backToHead(call: CallWithOperator, at: number): Move<Waiting> {
  const next: Waiting = { ...visitOf(call), priority: true, status: 'waiting', since: at }
  return {
    next,
    effects: [
      ...dropLeg(call.leg),
      tell(call.operatorId, { type: 'call-missed', reason: 'phone-lost' }),
      { do: 'dispatch' },
    ],
  }
}

/** Into a shared slot: the operator is done with the call, the caller hears music. */
export function park(
  call: Talking | OnHold,
  { at, slot, operatorId }: { at: number; slot: number; operatorId: UserId },
  limits: CallLimits,
): Move<Parked> {
  return {
    next: {
      ...visitOf(call),
      status: 'parked',
      since: at,
      slot,
      parkedBy: operatorId,
      until: at + limits.parkMs,
    },
    effects: [
      ...(call.status === 'held' ? [] : leaveForMusic(call)),
      ...dropLeg(call.leg),
      tell(operatorId, { type: 'call-ended' }),
    ],
  }
}

/** The end: all channels and the bridge go, and the operator is told what it means for him. */
export function end(
  call: Exclude<Call, Internal | Ended>,
  at: number,
  ending: { reason: EndReason; news?: OperatorNews },
): Move<Ended> {
  const visit = visitOf(call)
  const operatorId = 'operatorId' in call ? call.operatorId : undefined
  const channels = channelsOf(call)
  const effects: CallEffect[] = [
    ...channels.map((channel): CallEffect => ({ do: 'hang-up', channel })),
    ...(visit.legs > 0 ? [{ do: 'destroy-bridge' as const, bridge: bridgeOf(call) }] : []),
    ...(operatorId && ending.news ? [tell(operatorId, ending.news)] : []),
  ]
  const { reason } = ending
  const who = operatorId ? { operatorId } : {}
  return { next: { ...visit, status: 'ended', since: at, reason, channels, ...who }, effects }
}
