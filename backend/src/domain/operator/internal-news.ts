import { freeOf, withoutCall } from './free-of.js'
import type { Operator, OperatorEvent, Status } from './operator.js'

/**
 * What a call between two extensions does to the status: 発信中 while it rings there, 内線通話 for one who was 受付可, and
 * otherwise nothing at all (operator.md section 3). No wrap-up follows.
 */
export function internalNews(operator: Operator, { at, news }: OperatorEvent & { type: 'news' }): Operator {
  switch (news.type) {
    case 'call-answered': {
      const status = duringTalk(operator, at)
      return { ...operator, callAnsweredAt: operator.callAnsweredAt ?? at, status }
    }
    case 'call-failed': {
      const why = news.reason === undefined ? {} : { reason: news.reason }
      return over(operator, { ...before(operator, at), ...why }, at)
    }
    case 'call-ended':
    case 'call-withdrawn':
    case 'call-missed':
      return over(operator, before(operator, at), at)
    default:
      return operator
  }
}

function duringTalk(operator: Operator, at: number): Status {
  const { status, beforeCall } = operator
  if (status.kind === 'ready') return { kind: 'internal', since: at }
  if (status.kind !== 'dialling') return status
  return beforeCall ? { ...beforeCall, since: at } : { kind: 'internal', since: at }
}

/** As he was, with the clock that runs; only what the call itself had made of it ends. */
function before({ status, beforeCall }: Operator, at: number): Status {
  if (status.kind === 'internal') return { kind: 'ready', since: at }
  if (status.kind !== 'dialling') return status
  return { ...(beforeCall ?? { kind: 'ready' }), since: at }
}

function over(operator: Operator, status: Status, at: number): Operator {
  if (operator.next) return freeOf(operator, { ...status, since: at })
  // As he was: where a 小休憩 goes back to, and his place among the idle, stay too.
  return { ...withoutCall(operator), status }
}
