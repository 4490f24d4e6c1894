/** What keeping records needs of the world besides `app/ports.ts`. Times are UTC ms. */
import type { CallId, UserId } from '@tsunagu/contract'
import type { Interval } from '../../domain/metrics/local-day.js'
import type { ClosedSpan, Span } from '../../domain/records/span.js'

/** What is on its way to the database: put there with the change that it tells of, and so no crash of ours loses it. */
export interface Outbox {
  put(span: ClosedSpan): Promise<void>
  /** The oldest of what waits, in their order. */
  first(most: number): Promise<Posted[]>
  /** These are in the database; naming one that is gone already is harmless. */
  written(posted: Posted[]): Promise<void>
  /** How much waits. */
  size(): Promise<number>
}

export interface Posted {
  id: string
  span: ClosedSpan
}

/** The records of calls, people and supervisors' acts; the only thing that figures are computed from. */
export interface RecordStore {
  /** One that is stored already is not stored twice. */
  append(spans: ClosedSpan[]): Promise<void>
  /**
   * What the figures of the interval need, `until` not included: all that went on in it, and what belongs to a visit that
   * began in it.
   */
  between(from: number, until: number): Promise<ClosedSpan[]>
  /** All that is known of a call, in the order of its beginnings. */
  ofCall(id: CallId): Promise<ClosedSpan[]>
}

/** Looking back at the records. However many there are, a look holds up nobody for long. */
export interface PastStore extends Pick<RecordStore, 'ofCall'> {
  /** What went on at a moment: it had begun, and was not yet over. */
  at(time: number): Promise<ClosedSpan[]>
  /** All that is known of these calls, in the order of its beginnings. */
  ofCalls(ids: CallId[]): Promise<ClosedSpan[]>
  /** The statuses of these operators in an interval, in the order of their beginnings. */
  statuses(operators: UserId[], interval: Interval): Promise<ClosedSpan[]>
  /** Alerts or acts that began in the interval, the latest first; `total` counts those beyond `limit`, too. */
  listed(
    kind: 'alert' | 'act',
    interval: Interval,
    limit: number,
  ): Promise<{ spans: ClosedSpan[]; total: number }>
  /**
   * As `RecordStore.between`, of what the figures of calls are computed from (waits, talks, holds and wrap-ups), in parts and in
   * no order.
   */
  read(interval: Interval, take: Take): Promise<void>
  /** Of what was over after the beginning of the interval and by its end, the parts of visits: waits, talks, holds, wrap-ups. */
  readClosed(interval: Interval, take: Take): Promise<void>
  /** The moments of change next to this one, no further away than `withinMs`. */
  neighbours(time: number, withinMs: number): Promise<{ before?: number; after?: number }>
}
type Take = (part: ClosedSpan[]) => void

/** Hears of every change that was saved. Returns at once. */
export interface RecordNotes {
  /** `subject`: a call or an operator, of which `open` now goes on. */
  noted(subject: string, over: ClosedSpan[], open: Span[]): void
}

/** Something a supervisor did to an operator, or to a call. */
export interface Act {
  /** The supervisor. */
  by: UserId
  /** What he did, in the words of the code, such as `acknowledge-alert`. */
  act: string
  operator?: UserId
  callId?: CallId
  /** Such as the status that was chosen, or the queue that a call was moved to. */
  detail?: string
}

export interface Records extends RecordNotes {
  /** Into the audit log. Resolves when no crash can lose it any more. */
  act(act: Act): Promise<void>
}
