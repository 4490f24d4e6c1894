/** What the supervisors' board needs of the world besides `app/ports.ts`. Times are UTC ms. */
import type { BoardChange, BoardCrossing, BoardOperator, CallId, UserId } from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import type { Values } from '../../domain/metrics/figures.js'
import type { Interval } from '../../domain/metrics/local-day.js'
import type { Subject } from '../../domain/metrics/ledger.js'
import type { MetricSettings } from '../../domain/metrics/terms.js'
import type { Operator } from '../../domain/operator/operator.js'
import type { Watched } from '../../domain/thresholds/crossings.js'

/** Hears of every state that was saved, after it was. Returns at once and never throws. */
export interface Changes {
  operator(operator: Operator): void
  operatorLeft(id: UserId): void
  call(call: Call): void
  /** Redis has it no more, though nobody has ended it: it was away, and came back without it. */
  callLost(id: CallId): void
}

/** To every monitor. */
export interface BoardPublisher {
  boardChange(change: BoardChange): void
}

/** The figures of today; see `LiveFigures`. */
export interface Figures {
  values(...subjects: Subject[]): Values[]
  settingsOf(subject: Subject): MetricSettings
  /** The local day that they are of. */
  today(): Interval
}

/** Who listens to whom. */
export interface Listeners {
  of(operator: UserId): BoardOperator['listeners']
}

/** The limits that are crossed now. */
export interface Limits {
  rows(board: Watched): BoardCrossing[]
}
