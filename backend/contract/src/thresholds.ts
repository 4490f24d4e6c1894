/**
 * The limits that a supervisor is told of when they are crossed, and how the figures are computed: what a site sets for itself,
 * changed while calls go on. Times are ms, rates parts of 1.
 */
import type { QueueThreshold, ServiceLevelFormula } from './board.js'
import type { QueueId } from './ids.js'
import type { StatusKind } from './status.js'

/** The statuses that an operator can be in for too long. */
export const STATUS_THRESHOLDS = [
  'talking',
  'held',
  'wrap-up',
  'short-break',
  'lunch',
  'other-work',
] as const satisfies readonly StatusKind[]
export type StatusThreshold = (typeof STATUS_THRESHOLDS)[number]

/** `null`: no limit. Crossed: as many waiting or more, as long a wait or longer, a service level below. */
export type QueueLimits = Record<QueueThreshold, number | null>

export interface Thresholds {
  /** Of every queue that has none of its own. */
  all: QueueLimits
  /** A queue's own stand before those of all, as a whole. */
  queues: { queueId: QueueId; limits: QueueLimits }[]
  /** How long an operator may be in a status: a talk with its holds, one hold, one break. `null`: as long as he likes. */
  statuses: Record<StatusThreshold, number | null>
}

/** How the figures of a queue are computed (metrics.md). */
export interface FigureRules {
  formula: ServiceLevelFormula
  /** T of the service level. */
  withinMs: number
  /** Part of 1 that the service level should reach. */
  target: number
  /** S: an abandonment within it is a short one. */
  shortMs: number
  /** Short abandonments are left out of the rates. */
  withoutShort: boolean
}

export interface FigureSettings {
  /** Of the site, of every operator, and of every queue that has none of its own. */
  all: FigureRules
  queues: { queueId: QueueId; rules: FigureRules }[]
  /** The 別作業 labels that count as productive; `null`: all. */
  productiveWorks: string[] | null
}

/** GET /api/monitor/thresholds, /api/monitor/figures, and the answer to a PUT there. */
export interface SettingView<T> {
  /** 0: nobody has saved anything yet. To be sent back with a change: a change of something older is refused as `stale`. */
  version: number
  value: T
  /** Whose change was the last, by name. */
  savedBy?: string
  /** What there is to be set. */
  queues: { id: QueueId; name: string }[]
  works: string[]
}

/** What may be typed at most: callers, then ms. */
export const MOST_WAITING = 999
export const LONGEST_LIMIT_MS = 86_400_000
export const LONGEST_WITHIN_MS = 3_600_000
