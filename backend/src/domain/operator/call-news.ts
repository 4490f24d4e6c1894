import type { StatusReason } from '@tsunagu/contract'
import type { OperatorNews } from '../call/messages.js'
import { internalNews } from './internal-news.js'
import type { Operator, OperatorEvent, OperatorStep, Status } from './operator.js'
import { doing, freeOf } from './free-of.js'

type News = OperatorEvent & { type: 'news' }

/** What his call tells an operator. */
export function applyNews(operator: Operator, event: News): OperatorStep {
  if (event.news.type === 'call-handed') return { next: handed(operator, event, event.news.answered) }
  const { callWith } = operator
  const leavesStatus = callWith?.internal === true && !callWith.owesWrapUp
  return { next: leavesStatus ? internalNews(operator, event) : externalNews(operator, event) }
}

function externalNews(operator: Operator, event: News): Operator {
  const { at, news } = event
  switch (news.type) {
    case 'call-answered':
      return {
        ...operator,
        callAnsweredAt: operator.callAnsweredAt ?? at,
        status: { kind: 'talking', since: at },
      }
    case 'call-ended':
      return freeOf(operator, operator.supervises ? backTo(operator, at) : wrapUp(event, news.reason))
    case 'call-withdrawn': {
      // Not his doing: he keeps his place among the idle.
      const next = freeOf(operator, backTo(operator, at))
      return { ...next, idleSince: operator.idleSince }
    }
    case 'call-failed':
      return { ...freeOf(operator, backTo(operator, at, news.reason)), idleSince: operator.idleSince }
    case 'call-missed':
      return missed(operator, at, news.reason)
    case 'caller-left':
      return withTarget(operator, at, news)
    default:
      return { ...operator, status: duringCall(event) }
  }
}

/** The status while the call goes on. */
function duringCall({ at, news }: News): Status {
  switch (news.type) {
    case 'call-held':
      return { kind: 'held', since: at }
    case 'consult-begun':
      return { kind: 'dialling', since: at }
    case 'consult-over':
      return { kind: 'held', since: at, ...(news.reason === undefined ? {} : { reason: news.reason }) }
    default:
      return { kind: 'talking', since: at }
  }
}

/** The target is the party of his call now; it began with the consultation. The wrap-up of the caller is still due. */
function withTarget(
  operator: Operator,
  at: number,
  { number, internal, calledAt, answeredAt }: OperatorNews & { type: 'caller-left' },
): Operator {
  return {
    ...operator,
    callSince: calledAt,
    callAnsweredAt: answeredAt,
    callWith: { direction: 'out', internal, number, ...(internal ? { owesWrapUp: true } : {}) },
    status: { kind: 'talking', since: at, reason: 'caller-left' },
  }
}

/** A caller was transferred to him: from now on it is a call like any from outside. */
function handed(operator: Operator, { at }: News, answered: boolean): Operator {
  const { callWith: _was, ...rest } = operator
  const { kind } = operator.status
  const beforeCall = kind === 'ready' || kind === 'internal' ? {} : { beforeCall: doing(operator.status) }
  return { ...rest, ...beforeCall, status: { kind: answered ? 'talking' : 'ringing', since: at } }
}

/** The status before the call, beginning anew. */
function backTo(operator: Operator, at: number, reason?: StatusReason): Status {
  const why = reason === undefined ? {} : { reason }
  return { ...(operator.beforeCall ?? { kind: 'ready' }), since: at, ...why }
}

/** A missing operator must not be offered the next call, whatever he had chosen; one on a break stays there. */
function missed(operator: Operator, at: number, reason: StatusReason): Operator {
  if (operator.beforeCall) return freeOf(operator, backTo(operator, at))
  const status: Status = { kind: 'preparing', since: at, reason }
  return operator.next?.kind === 'ready' ? freeOf(dropNext(operator), status) : freeOf(operator, status)
}

function wrapUp({ at, wrapUpMs }: News, reason?: StatusReason): Status {
  const why = reason === undefined ? {} : { reason }
  return { kind: 'wrap-up', since: at, ...why, ...(wrapUpMs === undefined ? {} : { endsAt: at + wrapUpMs }) }
}

function dropNext(operator: Operator): Operator {
  const { next: _next, ...rest } = operator
  return rest
}
