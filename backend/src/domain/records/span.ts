/**
 * What is written down of calls and people, once each, when it is over (metrics.md: every figure comes from these). Times are
 * UTC ms.
 */
import type { CallId, PassedOver, QueueId, UserId } from '@tsunagu/contract'

/**
 * | kind | what went on | outcome |
 * |---|---|---|
 * | call | the whole call | its `EndReason` |
 * | visit | a caller in a queue, until an operator is connected | `VisitOutcome` |
 * | offer | a call ringing at an operator | `OfferOutcome` |
 * | leg | an operator's channel | |
 * | talk | an operator and the other party hear each other | |
 * | hold | 保留, also while a transfer is arranged | |
 * | away | the operator's phone is gone, the caller hears music | |
 * | park | in a shared slot | `taken`, `rang-back`, `returned`, `given-up` |
 * | consult | the call to the target of a transfer | `transferred`, `over` |
 * | handed-over | the caller and an outside number among themselves | |
 * | login | an operator's login | why it ended |
 * | status | one status of an operator | |
 * | alert | アラート | `withdrawn`, `logged-out` |
 * | act | something a supervisor did; `since` and `until` are one moment | |
 * | crossing | a limit was crossed, of a queue or by an operator's status | |
 * | decision | whom a queue's call was offered to, or that nobody was free; one moment | |
 */
export type SpanKind =
  | 'call'
  | 'visit'
  | 'offer'
  | 'leg'
  | 'talk'
  | 'hold'
  | 'away'
  | 'park'
  | 'consult'
  | 'handed-over'
  | 'login'
  | 'status'
  | 'alert'
  | 'act'
  | 'crossing'
  | 'decision'

/**
 * How a visit to a queue ended (metrics.md, counters). `moved`: into another queue. `cut`: the operator hung up in the moment
 * of being connected. `closed` is a call out of hours, which never was in the queue.
 */
export type VisitOutcome =
  'answered' | 'abandoned' | 'overflowed' | 'closed' | 'called-back' | 'moved' | 'cut'
/** `handed`: a transfer was executed while it still rang; another offer goes on. */
export type OfferOutcome =
  'answered' | 'no-answer' | 'rejected' | 'phone-lost' | 'phone-failed' | 'withdrawn' | 'handed'
/** How a call came to ring there. `taken`: out of a slot, at the operator's own wish. */
export type OfferCause = 'queue' | 'ring-back' | 'transfer' | 'taken' | 'consult' | 'internal'

/** A call's stay with a queue: a call that goes back to its queue is still in the same one, with its first entry time. */
export interface Visit {
  /** Counts the visits of the call. */
  n: number
  queueId: QueueId
  enteredAt: number
}

/** What else is known of it; which of these, depends on the kind. */
export interface SpanDetail {
  number?: string
  dialled?: string
  internal?: boolean
  answeredAt?: number
  slot?: number
  leg?: string
  /** When the operator's page had accepted the leg. */
  upAt?: number
  /** The other operator of an internal call. */
  with?: string
  /** Of a visit: in line once more, after an operator had been connected and was lost. */
  again?: true
  /** The 別作業 label. */
  work?: string
  /** Of a status that somebody went back to: when it began first, which is what its clock counts from. */
  clock?: number
  /** Why the server, not the operator, chose the status. */
  reason?: string
  /** The supervisor who did it. */
  by?: string
  /** What it was changed to: a status, a queue. */
  to?: string
  acknowledgedBy?: string
  acknowledgedAt?: number
  /** Of a crossing: of which queue, and what was crossed: calls, a part of 1, or ms. */
  queueId?: string
  limit?: number
  /** Of a login: the queues that he served in it. */
  queues?: string[]
  decision?: Decision
}

/** Who was considered for a call. Short, because there is one at every offer. */
export interface Decision {
  /** How long those had been free who were: the chosen one and the next of them, ms. */
  idleMs: Record<string, number>
  /** Operators by the reason (`PassedOver`) why each did not get it; `more`: those besides whom the list has no room for. */
  passed: { why: PassedOver; operators: UserId[]; more?: number }[]
}

/** Something that goes on. */
export interface Span {
  /** Tells it from every other one, also when it is written twice. */
  key: string
  kind: SpanKind
  since: number
  callId?: CallId
  operator?: UserId
  /** The visit that a talk, a hold, an offer or a wrap-up belongs to; absent outside all queues. */
  visit?: Visit
  /** Which of its kind: a direction, an `OfferCause`, a `StatusKind`, an act. */
  what?: string
  detail?: SpanDetail
}

/** Something that is over. */
export interface ClosedSpan extends Span {
  until: number
  outcome?: string
}

/** Closed at a moment; clocks of two machines may differ, and nothing lasts less than no time. */
export function closed(span: Span, at: number, outcome?: string): ClosedSpan {
  const until = Math.max(span.since, at)
  return { ...span, until, ...(outcome === undefined ? {} : { outcome }) }
}
