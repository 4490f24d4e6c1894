/**
 * The supervisors' board: what goes on now, as tables of rows. Every monitor gets the whole once (`BoardSnapshot`) and then only
 * what changes, numbered (`BoardChange`): one that finds a number missing asks for the whole again. Times are UTC ms of
 * the server's clock; what a row counts up from is a time, so that nothing is sent for a clock that ticks.
 */
import type { CallId, QueueId, UserId } from './ids.js'
import type { AlertView, CallView, ParkedView, StatusView } from './operator-view.js'
import type { ChoiceFor, StatusKind } from './status.js'
import type { ListenMode } from './listening.js'

/** A logged-in operator. Supervisors have a phone, too, but no row. */
export interface BoardOperator {
  key: UserId
  name: string
  extension: string
  queues: QueueId[]
  status: StatusView
  /** Chosen during a call, for after it. */
  next?: ChoiceFor
  /** `lost`: neither page nor registration, the login waits for them; `blinking`: one of the two. */
  phone: 'there' | 'blinking' | 'lost'
  call?: CallView
  alert?: AlertView
  listeners: { id: UserId; name: string; mode: ListenMode }[]
  /** A supervisor has logged him out for when his call is over. */
  leavesAfterCall?: true
  /** Answered calls and the average handling time of today, ms; absent before the first. */
  today: { answered: number; handlingMs?: number }
}

/** Figures of today as metrics.md defines them: a number of calls, a part of 1, or ms; `null`: nothing to divide by. */
export interface BoardFigures {
  offered: number
  answered: number
  abandoned: number
  shortAbandoned: number
  answerRate: number | null
  abandonRate: number | null
  serviceLevel: number | null
  averageSpeedOfAnswer: number | null
  averageTimeToAbandon: number | null
  handlingTime: number | null
}

/** What a site may choose from; see the table below. */
export const SERVICE_LEVEL_FORMULAS = [
  'late-abandons',
  'all-in-time',
  'answered-only',
  'all-abandons',
  'short-abandons',
] as const
/**
 * | formula | |
 * |---|---|
 * | late-abandons | ans≤T / (ans + aban>T), the default |
 * | all-in-time | (ans≤T + aban≤T) / (ans + aban) |
 * | answered-only | ans≤T / ans |
 * | all-abandons | ans≤T / (ans + aban) |
 * | short-abandons | (ans≤T + aban≤S) / (ans + aban) |
 */
export type ServiceLevelFormula = (typeof SERVICE_LEVEL_FORMULAS)[number]

/** How many operators of a queue do what; the rest of them is logged in and not available. */
export interface Staff {
  ready: number
  /** Ringing, dialling, talking or holding. */
  inCall: number
  wrapUp: number
  /** Preparing, on a break or at other work. */
  away: number
}

/** A queue; the row `all` is the whole site. */
export interface BoardQueue {
  key: QueueId | typeof ALL_QUEUES
  name: string
  staff: Staff
  today: BoardFigures
  /** How its service level is computed, and the part of 1 it should reach. */
  serviceLevel: { formula: ServiceLevelFormula; withinMs: number; target: number }
}
/** The key of the row that is the whole site. */
export const ALL_QUEUES = 'all'

/** A caller in a queue who has not been connected yet. */
export interface BoardWaiting {
  key: CallId
  queueId: QueueId
  number?: string
  name?: string
  /** First entry into the queue: what he has waited since. */
  enteredAt: number
  /** His place: served in this order. */
  order: number
  /** Sent to the front, or back from an operator who was lost. */
  priority: boolean
  /** At whose phone it rings now. */
  ringsAt?: { id: UserId; name: string }
}

/** A park slot that is taken; the key is its number. */
export interface BoardParked extends ParkedView {
  /** The slot's number. */
  key: string
}

/** What a threshold is about: a queue's figure, or how long an operator has been in a status. */
export const QUEUE_THRESHOLDS = ['waiting', 'longest-wait', 'service-level'] as const
export type QueueThreshold = (typeof QUEUE_THRESHOLDS)[number]

/** A limit that is crossed now; the row goes when it no longer is. */
export interface BoardCrossing {
  /** Names what is crossed: while it stays the same it is the same crossing. */
  key: string
  what: QueueThreshold | StatusKind
  /** Which queue or whose status. */
  queueId?: QueueId | typeof ALL_QUEUES
  operator?: { id: UserId; name: string }
  since: number
  /** Calls, a part of 1, or ms. */
  limit: number
}

/** Every table of the board, with the type of its rows. */
export interface BoardTables {
  operators: BoardOperator
  queues: BoardQueue
  waiting: BoardWaiting
  parked: BoardParked
  crossings: BoardCrossing
}
export const BOARD_TABLES = ['operators', 'queues', 'waiting', 'parked', 'crossings'] as const
export type BoardTable = (typeof BOARD_TABLES)[number]

/** Which run of the server numbered it: after another one the numbers begin anew. */
interface Numbered {
  run: string
  /** Of a change, one more than of the change before; of a snapshot, that of the last change in it. */
  n: number
  /** The server's clock when this was sent. */
  now: number
}

/** `board:snapshot`: every row, as of the number `n`. The next change has `n + 1`. */
export interface BoardSnapshot extends Numbered {
  tables: { [T in BoardTable]: BoardTables[T][] }
}

/** `board:change`: what differs from the board before. */
export interface BoardChange extends Numbered {
  /** New rows, and those that are different now, whole. */
  set: { [T in BoardTable]?: BoardTables[T][] }
  /** The keys of rows that are no more. */
  gone: { [T in BoardTable]?: string[] }
}
