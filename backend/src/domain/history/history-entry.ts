import type { CallId, HistoryKind, UserId } from '@tsunagu/contract'
import type { OperatorNews } from '../call/messages.js'

/** A call as one operator had it on his phone, from its first ring or dialling to its end. Times are UTC ms. */
export interface PhoneCall {
  owner: UserId
  callId: CallId
  direction: 'in' | 'out'
  /** Between two extensions. */
  internal: boolean
  /** The other party; empty when withheld. */
  number: string
  /** Which number was called, or which answered an outgoing call; empty when none did. */
  reached: string
  startedAt: number
  /** Absent: the two never spoke. */
  answeredAt?: number
  endedAt: number
  /** How it ended for him. `not-taken`: the other side, another operator or the clock was faster. */
  outcome: 'over' | 'not-taken' | 'rejected'
}

/** One line of an operator's history (operator manual, 2-2 "履歴画面"). */
export interface HistoryEntry {
  owner: UserId
  callId: CallId
  kind: HistoryKind
  internal: boolean
  number: string
  reached: string
  startedAt: number
  /** `null`: nobody was spoken to. */
  talkMs: number | null
}

/** Pure: every way a call can end is a line of the table in the test beside it. */
export function historyEntry(call: PhoneCall): HistoryEntry {
  const { owner, callId, internal, number, reached, startedAt, answeredAt, endedAt } = call
  const talkMs = answeredAt === undefined ? null : Math.max(endedAt - answeredAt, 0)
  return { owner, callId, kind: kindOf(call), internal, number, reached, startedAt, talkMs }
}

/** Who has spoken has taken the call, whatever ended it: a browser that died in the talk makes no 不在 of it. */
function kindOf({ direction, answeredAt, outcome }: PhoneCall): HistoryKind {
  if (direction === 'out') return 'out'
  if (answeredAt !== undefined) return 'in'
  return outcome === 'rejected' ? 'rejected' : 'missed'
}

/** What the news of a call mean for the history; `undefined` while the call goes on. */
export function outcomeOf(news: OperatorNews): PhoneCall['outcome'] | undefined {
  switch (news.type) {
    case 'call-answered':
    case 'call-held':
    case 'call-resumed':
    case 'call-handed':
    case 'consult-begun':
    case 'consult-answered':
    case 'consult-over':
      return undefined
    case 'call-ended':
    case 'call-failed':
    case 'caller-left':
      return 'over'
    case 'call-withdrawn':
      return 'not-taken'
    case 'call-missed':
      return news.reason === 'rejected' ? 'rejected' : 'not-taken'
  }
}
