import { withStatus } from './choose.js'
import type { BeforeCall, Operator, Status } from './operator.js'

/** Without the call, in the status chosen during it or else in the given one. */
export function freeOf(operator: Operator, otherwise: Status): Operator {
  const rest = { ...withoutCall(operator), status: otherwise }
  return withStatus(rest, operator.next ? { ...operator.next, since: otherwise.since } : otherwise)
}

/** Without everything that the record holds of a call. */
export function withoutCall(operator: Operator): Operator {
  const { callId: _over, beforeCall: _gone, callSince: _began, callAnsweredAt: _spoke, ...more } = operator
  const { callWith: _with, ...rest } = more
  return rest
}

/** What of a status is taken up again after a call. */
export function doing({ kind, work, endsAt }: Status): BeforeCall {
  return { kind, ...(work === undefined ? {} : { work }), ...(endsAt === undefined ? {} : { endsAt }) }
}
