import type { CallId, QueueId, StatusReason, UserId } from '@tsunagu/contract'
import { applyNews } from './call-news.js'
import { assign, choose } from './choose.js'
import { nextDeadline as listeningDeadline } from '../listening/listening.js'
import { doing, withoutCall } from './free-of.js'
import {
  isAvailable,
  isReachable,
  type Operator,
  type OperatorEvent,
  type OperatorStep,
  type Status,
} from './operator.js'

/** Someone who has just logged in: 準備中, no page and no phone yet. */
export function loggedIn(who: {
  id: UserId
  name: string
  extension: string
  supervises?: true
  queues: QueueId[]
  at: number
}): Operator {
  const { at, ...rest } = who
  return { ...rest, status: { kind: 'preparing', since: at }, idleSince: at, registered: false }
}

/** Pure: the same operator and event always give the same step. */
export function step(operator: Operator, event: OperatorEvent): OperatorStep {
  switch (event.type) {
    case 'choose':
      return choose(operator, event)
    case 'assigned':
      return assign(operator, event)
    case 'wrap-up-ended':
      return endWrapUp(operator, event.at, 'by-supervisor')
    case 'leaves-after-call':
      return { next: { ...operator, leavesAfterCall: true } }
    case 'cancel-next':
      return operator.next ? { next: without(operator, 'next') } : { refused: 'stale' }
    case 'offered':
      if (!isAvailable(operator)) return { refused: 'wrong-state' }
      return {
        next: {
          ...operator,
          callId: event.callId,
          callSince: event.at,
          status: { kind: 'ringing', since: event.at },
        },
      }
    case 'rung-back':
      return occupy(operator, event.callId, { kind: 'ringing', since: event.at })
    case 'dialling':
      return dials(operator, event)
    case 'called':
      return called(operator, event)
    case 'taking':
      return occupy(operator, event.callId, { kind: 'talking', since: event.at })
    case 'not-taken':
      if (operator.callId !== event.callId) return { refused: 'stale' }
      return { next: { ...withoutCall(operator), status: event.status } }
    case 'listens':
      return listens(operator, event)
    case 'presents':
      return { next: { ...operator, presents: event.number } }
    case 'alert':
      return setAlert(operator, event)
    case 'alert-acknowledged':
      if (!operator.alert) return { refused: 'stale' }
      return { next: { ...operator, alert: { ...operator.alert, acknowledgedBy: event.by } } }
    case 'news':
      return event.callId === operator.callId ? applyNews(operator, event) : { refused: 'stale' }
    case 'page-claimed':
      return { next: { ...operator, page: event.page } }
    case 'page-gone':
      return event.page === operator.page ? { next: without(operator, 'page') } : { refused: 'stale' }
    case 'pages-unknown':
      return { next: without(operator, 'page') }
    case 'registered':
      if (operator.registered === event.registered) return { refused: 'stale' }
      return { next: { ...operator, registered: event.registered } }
    case 'deadline':
      return wrapUpOver(operator, event.at)
  }
}

/** When the operator next wants to be woken with `deadline`: the end of a limited wrap-up, or what his listening waits for. */
export function nextDeadline({ status, listening }: Operator): number | undefined {
  return status.endsAt ?? (listening && listeningDeadline(listening))
}

/** His phone takes one leg: that of a call, or that of a listening. */
const isTaken = ({ callId, listening }: Operator): boolean => callId !== undefined || listening !== undefined

function listens(operator: Operator, { listening }: OperatorEvent & { type: 'listens' }): OperatorStep {
  if (!listening) return operator.listening ? { next: without(operator, 'listening') } : { refused: 'stale' }
  const begins = operator.listening?.id !== listening.id
  if (begins && (isTaken(operator) || !isReachable(operator))) return { refused: 'wrong-state' }
  return { next: { ...operator, listening } }
}

/** A call in any status: all it takes is that he has none and his phone would get the leg. */
function occupy(operator: Operator, callId: CallId, status: Status): OperatorStep {
  if (isTaken(operator) || !isReachable(operator)) return { refused: 'wrong-state' }
  const next = { ...operator, callId, callSince: status.since, status }
  const { kind } = operator.status
  return { next: kind === 'ready' ? next : { ...next, beforeCall: doing(operator.status) } }
}

function dials(operator: Operator, event: OperatorEvent & { type: 'dialling' }): OperatorStep {
  const taken = occupy(operator, event.callId, { kind: 'dialling', since: event.at })
  return 'refused' in taken ? taken : { next: { ...taken.next, callWith: event.with } }
}

/** Ringing does not touch the status: only who was 受付可 and speaks is in 内線通話. */
function called(operator: Operator, event: OperatorEvent & { type: 'called' }): OperatorStep {
  const { callId, at, number } = event
  if (isTaken(operator) || !isReachable(operator)) return { refused: 'wrong-state' }
  const callWith = { direction: 'in', internal: true, number } as const
  return { next: { ...operator, callId, callSince: at, callWith } }
}

function setAlert(operator: Operator, event: OperatorEvent & { type: 'alert' }): OperatorStep {
  if (event.on === (operator.alert !== undefined)) return { refused: 'stale' }
  return { next: event.on ? { ...operator, alert: { since: event.at } } : without(operator, 'alert') }
}

function wrapUpOver(operator: Operator, at: number): OperatorStep {
  const { endsAt } = operator.status
  return endsAt === undefined || at < endsAt ? { refused: 'stale' } : endWrapUp(operator, at)
}

function endWrapUp(operator: Operator, at: number, reason?: StatusReason): OperatorStep {
  if (operator.status.kind !== 'wrap-up') return { refused: 'wrong-state' }
  // In a talk with a colleague it is 内線通話 that 受付可 means (operator.md section 3).
  const after = operator.callAnsweredAt === undefined ? 'ready' : 'internal'
  const status: Status = { kind: after, since: at, ...(reason === undefined ? {} : { reason }) }
  return { next: { ...operator, status, idleSince: at } }
}

function without<Key extends keyof Operator>(operator: Operator, key: Key): Operator {
  const copy = { ...operator }
  delete copy[key]
  return copy
}
