/**
 * What was: the day view, the calls behind a figure, the time machine, the story of a call, the alerts and the audit log of a
 * day. All of it for supervisors and administrators. Times are UTC ms, days are local days of the site.
 */
import type { ALL_QUEUES, BoardFigures, BoardTables, ServiceLevelFormula } from './board.js'
import type { CallId, QueueId, UserId } from './ids.js'
import type { StatusKind } from './status.js'

/** How many local days can be looked back on, today among them. */
export const PAST_DAYS = 30

/** The figures that have calls behind them, by the names that the board has for them. */
export const CALL_FIGURES = [
  'offered',
  'answered',
  'abandoned',
  'shortAbandoned',
  'answerRate',
  'abandonRate',
  'serviceLevel',
  'averageSpeedOfAnswer',
  'averageTimeToAbandon',
  'handlingTime',
] as const satisfies readonly (keyof BoardFigures)[]
export type CallFigure = (typeof CALL_FIGURES)[number]

export interface Person {
  id: UserId
  name: string
}

/** A point of the day's curve: a half hour and its figures. */
export interface DayPoint {
  from: number
  until: number
  figures: BoardFigures
}

/** GET /api/monitor/day */
export interface DayView {
  /** `yyyy-mm-dd`, and when it begins and ends. */
  date: string
  from: number
  until: number
  /** The site's time zone, in which its half hours are shown. */
  timeZone: string
  now: number
  queue: QueueId | typeof ALL_QUEUES
  /** Every queue there is, for the choice. */
  queues: { id: QueueId; name: string }[]
  serviceLevel: { formula: ServiceLevelFormula; withinMs: number; shortMs: number; target: number }
  figures: BoardFigures
  /** The half hours that have begun. */
  points: DayPoint[]
}

/** How a visit ended; `waiting`: it goes on. */
export const CALL_OUTCOMES = [
  'waiting',
  'answered',
  'abandoned',
  'overflowed',
  'closed',
  'called-back',
  'moved',
  'cut',
] as const
export type CallOutcome = (typeof CALL_OUTCOMES)[number]

/** One visit to a queue behind a figure. */
export interface BehindRow {
  callId: CallId
  /** Counts the visits of the call. */
  visit: number
  enteredAt: number
  /** Absent when withheld. */
  number?: string
  /** From the shared phone book, as it is now. */
  name?: string
  queue: { id: QueueId; name: string }
  /** Who spoke to the caller in this visit, in their order. */
  operators: Person[]
  outcome: CallOutcome
  waitedMs: number
  /** Absent: nobody was spoken to. */
  talkMs?: number
  /** What it adds to the figure, above and below the line. */
  over: number
  under: number
}

/** GET /api/monitor/behind */
export interface BehindPage {
  rows: BehindRow[]
  /** All of them, not only this page's. */
  total: number
  /** The cursor of the next page; absent on the last. */
  next?: string
}

/** GET /api/monitor/at: the board as it was. Times that count up count from `time`. */
export interface PastBoard {
  time: number
  now: number
  timeZone: string
  /** The local day it lies in. */
  day: { date: string; from: number; until: number }
  /** The beginning of the first day that can be looked back on. */
  earliest: number
  /** The moments before and after it at which something changed, if they are within a day. */
  before?: number
  after?: number
  tables: { [T in keyof BoardTables]: BoardTables[T][] }
}

/** Why an operator of the queue did not get the call. */
export const PASSED_OVER = [
  'less-idle',
  'just-free',
  'disconnected',
  'ringing',
  'in-call',
  'wrap-up',
  'break',
  'other-work',
  'preparing',
] as const
/**
 * | code | |
 * |---|---|
 * | less-idle | free, but another one had been for longer |
 * | just-free | became free as this was decided |
 * | disconnected | 受付可, but his phone could not have rung |
 * | ringing | another call rang at his phone |
 * | in-call | talking, holding, dialling or on an internal call |
 */
export type PassedOver = (typeof PASSED_OVER)[number]

/** A choice as it was made: at an offer, or when a caller began to wait and nobody was free. */
export interface DecisionView {
  at: number
  chosen?: Person & { idleMs?: number }
  /** Who else was considered, by the reason why he was passed over; `more`: how many besides those who are named. */
  passed: { why: PassedOver; operators: (Person & { idleMs?: number })[]; more: number }[]
}

/** Why a part of the wait passed. */
export const WAIT_PARTS = ['nobody-free', 'in-line', 'ringing', 'connecting'] as const
/**
 * | part | |
 * |---|---|
 * | nobody-free | none of the queue's operators was free |
 * | in-line | somebody was, for callers who were before him; or nothing is known of that time |
 * | ringing | at an operator |
 * | connecting | 「通話」 was pressed, until the two heard each other |
 */
export type WaitPartKind = (typeof WAIT_PARTS)[number]

export interface WaitPart {
  kind: WaitPartKind
  since: number
  until: number
  /** It goes on; `until` is now. */
  open?: true
  operator?: Person
  /** Of `ringing`: how it ended. */
  outcome?: string
  /** What was decided at its beginning: whom it rang at, or that there was nobody. */
  decision?: DecisionView
  /** What the operators of `decision` were doing in this time, each counted for how long, ms. */
  doing?: { status: StatusKind; ms: number }[]
}

/** One stay with a queue. Its parts follow each other without a gap: together they are the whole wait. */
export interface StoryVisit {
  queue: { id: QueueId; name: string }
  enteredAt: number
  until: number
  outcome: CallOutcome
  /** In line once more, after an operator was lost: no wait in the figures. */
  again?: true
  parts: WaitPart[]
}

export const STORY_STEPS = ['talk', 'hold', 'away', 'park', 'consult', 'handed-over', 'ring', 'end'] as const
/** What went on besides waiting, in its order. `ring`: an offer that is not the queue's. */
export interface StoryStep {
  kind: (typeof STORY_STEPS)[number]
  since: number
  until: number
  open?: true
  operator?: Person
  /** The slot of a park, the number of a consultation. */
  slot?: number
  number?: string
  outcome?: string
}

/** GET /api/monitor/calls/:id */
export interface CallStory {
  callId: CallId
  direction: 'in' | 'out' | 'internal'
  number?: string
  name?: string
  since: number
  until: number
  /** It goes on; `until` is now. */
  open?: true
  visits: StoryVisit[]
  steps: StoryStep[]
}

/** An alert of the day, over or on. */
export interface PastAlert {
  operator: Person
  since: number
  /** Absent: it is on. */
  until?: number
  acknowledgedBy?: string
  acknowledgedAt?: number
  callId?: CallId
}

/** GET /api/monitor/alerts: the latest first. */
export interface AlertHistory {
  alerts: PastAlert[]
  total: number
}

/** Something a supervisor did, or that concerns him; `act` in the words of the code. */
export interface PastAct {
  at: number
  act: string
  by: Person
  operator?: Person
  callId?: CallId
  /** Of `move-call` the name of the queue, as it is now; of `choose-status` the code of the status, or the 別作業 label. */
  to?: string
}

/** GET /api/monitor/acts: the latest first. */
export interface ActLog {
  acts: PastAct[]
  total: number
}
