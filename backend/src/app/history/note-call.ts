import type { Call, OperatorNews } from '../../domain/call/call.js'
import { historyEntry, outcomeOf } from '../../domain/history/history-entry.js'
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
      direction: 'in',
      internal: false,
      number: call.callerNumber,
      reached: call.dialled,
      startedAt: callSince,
      ...(callAnsweredAt === undefined ? {} : { answeredAt: callAnsweredAt }),
      endedAt: at,
      outcome,
    }),
  )
}
