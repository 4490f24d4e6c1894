import type { StatusReason } from '@tsunagu/contract'
import { withStatus } from './choose.js'
import type { Operator, OperatorEvent, OperatorStep, Status } from './operator.js'

/** What his call tells an operator: answered, ended, withdrawn by the caller, or missed. */
export function applyNews(operator: Operator, event: OperatorEvent & { type: 'news' }): OperatorStep {
  const { at, news } = event
  switch (news.type) {
    case 'call-answered':
      return {
        next: {
          ...operator,
          callAnsweredAt: operator.callAnsweredAt ?? at,
          status: { kind: 'talking', since: at },
        },
      }
    case 'call-held':
      return { next: { ...operator, status: { kind: 'held', since: at } } }
    case 'call-resumed':
      return { next: { ...operator, status: { kind: 'talking', since: at } } }
    case 'call-ended':
      return { next: free(operator, wrapUp(event)) }
    case 'call-withdrawn': {
      // Not his doing: he keeps his place among the idle.
      const next = free(operator, backTo(operator, at))
      return { next: { ...next, idleSince: operator.idleSince } }
    }
    case 'call-missed':
      return { next: missed(operator, at, news.reason) }
  }
}

/** The status before the call, beginning anew. */
function backTo(operator: Operator, at: number): Status {
  return { ...(operator.beforeCall ?? { kind: 'ready' }), since: at }
}

/** A missing operator must not be offered the next call, whatever he had chosen; one on a break stays there. */
function missed(operator: Operator, at: number, reason: StatusReason): Operator {
  if (operator.beforeCall) return free(operator, backTo(operator, at))
  const status: Status = { kind: 'preparing', since: at, reason }
  return operator.next?.kind === 'ready' ? free(dropNext(operator), status) : free(operator, status)
}

function wrapUp(event: OperatorEvent & { type: 'news' }): Status {
  const { at, wrapUpMs } = event
  return { kind: 'wrap-up', since: at, ...(wrapUpMs === undefined ? {} : { endsAt: at + wrapUpMs }) }
}

/** Without the call, in the status chosen during it or else in the given one. */
function free(operator: Operator, otherwise: Status): Operator {
  const { callId: _over, beforeCall: _gone, callSince: _began, callAnsweredAt: _spoke, ...rest } = operator
  return withStatus(rest, operator.next ? { ...operator.next, since: otherwise.since } : otherwise)
}

function dropNext(operator: Operator): Operator {
  const { next: _next, ...rest } = operator
  return rest
}
