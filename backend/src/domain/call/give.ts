import type { PageId, UserId } from '@tsunagu/contract'
import type { CallLimits, Offered, OnHold, Stranded, Talking, Visit, Waiting } from './call.js'
import type { CallEffect, CallEvent, Move } from './messages.js'
import { callerOf } from './names.js'
import { callPhone, dropLeg, leaveForMusic, newLeg, tell, visitOf } from './parts.js'

interface Giving {
  at: number
  operatorId: UserId
  page: PageId
  /** What the caller waited for this, ms. */
  waitedMs: number
  /** The end of the ring time; 0 where nothing rings. */
  ringMs: number
  /** He asked for it himself: nothing rings, they are connected as soon as his leg is up. */
  taken?: true
}

/** To a certain operator, past the line; whoever fails to take it must not send the caller to its end. */
export function give(call: Visit, giving: Giving, limits: CallLimits): Move<Offered> {
  const { at, operatorId, waitedMs, ringMs, taken } = giving
  const { visit, leg } = newLeg(visitOf(call), giving, limits)
  const next: Offered = {
    ...visit,
    priority: true,
    status: 'offered',
    since: at,
    operatorId,
    leg,
    waitedMs,
    expiresAt: at + ringMs,
    answered: taken === true,
    ...(taken ? { taken } : {}),
  }
  return { next, effects: [callPhone(leg, operatorId)] }
}

type Take = CallEvent & { type: 'take' | 'take-over' }

/** A supervisor takes a caller out of the line, also while he rings at somebody. */
export function takeFromLine(call: Waiting | Offered, event: Take, limits: CallLimits): Move<Offered> {
  const { next, effects } = give(
    call,
    { ...event, waitedMs: event.at - call.enteredAt, ringMs: 0, taken: true },
    limits,
  )
  if (call.status === 'waiting') return { next, effects: [...effects, ...ringing(call)] }
  const withdrawn = tell(call.operatorId, { type: 'call-withdrawn' })
  return { next, effects: [...dropLeg(call.leg), withdrawn, ...effects] }
}

const ringing = (call: Waiting): CallEffect[] =>
  call.picked ? [] : [{ do: 'ring-caller', channel: callerOf(call) }]

/** 「引き取る」: the caller hears music for the moment that the supervisor's leg needs; the operator goes into his wrap-up. */
export function takeOver(
  call: Talking | OnHold | Stranded,
  event: CallEvent & { type: 'take-over' },
  limits: CallLimits,
): Move<Offered> {
  const isTalking = call.status === 'talking' || (call.status === 'stranded' && call.leg?.up === true)
  const { next, effects } = give(call, { ...event, waitedMs: 0, ringMs: 0, taken: true }, limits)
  const ended = tell(call.operatorId, { type: 'call-ended', reason: 'taken-over' })
  const music = isTalking ? leaveForMusic(call) : []
  return { next, effects: [...music, ...dropLeg(call.leg), ended, ...effects] }
}
