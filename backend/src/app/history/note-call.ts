import type { Call } from '../../domain/call/call.js'
import type { CallEffect, OperatorNews } from '../../domain/call/messages.js'
import { historyEntry, outcomeOf, type PhoneCall } from '../../domain/history/history-entry.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { HistoryLog } from '../ports.js'

export interface Told {
  /** As he was before the news. */
  operator: Operator
  call: Call
  news: OperatorNews
  at: number
}

/** A call that is over for an operator goes into his history. */
export function noteCall(log: HistoryLog, { operator, call, news, at }: Told): void {
  const outcome = outcomeOf(news)
  if (!outcome) return
  const { callSince = at, callAnsweredAt } = operator
  log.record(
    historyEntry({
      owner: operator.id,
      callId: call.id,
      ...otherEnd(operator, call, news),
      startedAt: callSince,
      ...(callAnsweredAt === undefined ? {} : { answeredAt: callAnsweredAt }),
      endedAt: at,
      outcome,
    }),
  )
}

type OtherEnd = Pick<PhoneCall, 'direction' | 'internal' | 'number' | 'reached'>

function otherEnd(operator: Operator, call: Call, news: OperatorNews): OtherEnd {
  const { callWith, callAnsweredAt, extension } = operator
  if (callWith) {
    const { direction, internal, number } = callWith
    const answeredBy = callAnsweredAt === undefined ? '' : number
    return { direction, internal, number, reached: direction === 'in' ? extension : answeredBy }
  }
  // His call is the target's by now.
  if (news.type === 'caller-left') return { direction: 'in', internal: false, ...news.caller }
  const { callerNumber: number = '', dialled: reached = '' } = call.status === 'internal' ? {} : call
  return { direction: 'in', internal: false, number, reached }
}

/** The call to the target of a transfer, which went on beside the caller's. */
export function noteConsult(
  log: HistoryLog,
  { operatorId, consult }: Extract<CallEffect, { do: 'note-consult' }>,
  call: Call,
): void {
  const reached = consult.answeredAt === undefined ? '' : consult.number
  const about = { owner: operatorId, callId: call.id, direction: 'out', outcome: 'over' } as const
  log.record(historyEntry({ ...about, ...consult, reached }))
}
