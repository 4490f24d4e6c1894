/**
 * What the use cases need of the world. Adapters implement these; nothing here knows ARI, Redis, SQL or Koa.
 * Times are UTC ms.
 */
import type {
  BookEntry,
  CallId,
  HistoryKind,
  HistorySort,
  LegId,
  LogoutReason,
  OperatorView,
  ParksView,
  PersonalBook,
  QualityBody,
  QueueId,
  Role,
  UserId,
} from '@tsunagu/contract'
import type { Call } from '../domain/call/call.js'
import type { DialRules } from '../domain/dialling/dial-rules.js'
import type { HistoryEntry } from '../domain/history/history-entry.js'
import type { Operator } from '../domain/operator/operator.js'
import type { Heads } from '../domain/queue/next-match.js'
import type { ClosedSpan } from '../domain/records/span.js'
import type { Session } from '../domain/session/session.js'

export type { ChannelFact, CommandResult, Telephony, TelephonyEvent, TelephonyFacts } from './telephony.js'

export interface Clock {
  now(): number
}

export interface Ids {
  /** Unguessable, URL-safe; 256 bits. */
  secret(): string
  /** Unlike any other of this kind; for names, not for secrets. */
  unique(): string
}

/** One line per event; adapters add time and level. `callId` belongs in every line of a call. */
export interface Log {
  debug(fields: Record<string, unknown>, message: string): void
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

// --- what is now: Redis ------------------------------------------------------------------------

export interface Versioned<T> {
  value: T
  version: number
}

/** `false` when somebody else wrote in between: load again and decide anew. */
export type Saved = boolean

export interface LiveCalls {
  load(id: CallId): Promise<Versioned<Call> | undefined>
  /** Writes if `version` is still the stored one (0: must not exist), with lines, alarm and outbox. `slot-taken`: another call has the slot, nothing was written. */
  save(call: Call, version: number, over?: ClosedSpan[]): Promise<Saved | 'slot-taken'>
  list(): Promise<Call[]>
  /** The park slots that are taken. */
  slots(): Promise<Map<number, CallId>>
  /** An ended call of which nothing is left. */
  remove(id: CallId): Promise<void>
  /** A number that only grows: the order in which callers came. */
  nextEntry(): Promise<number>
}

export interface LiveOperators {
  load(id: UserId): Promise<Versioned<Operator> | undefined>
  /** Writes if `version` is still the stored one (0: must not exist). Keeps the ready lines, the alarm and the outbox in step. */
  save(operator: Operator, version: number, over?: ClosedSpan[]): Promise<Saved>
  list(): Promise<Operator[]>
  remove(id: UserId, over?: ClosedSpan[]): Promise<void>
}

export interface LiveLines {
  /** First caller and first operator of each queue, in one round trip. */
  heads(queues: QueueId[]): Promise<Heads[]>
}

/** How much an operator may dial, so that a stolen login cannot run up a bill. Counted in Redis: a restart forgets nothing. */
export interface DialBudget {
  /** Takes one call off the user's budget; `false`: there is none left for now. */
  spend(id: UserId): Promise<boolean>
}

export interface DueAlarm {
  key: string
  /** When it comes again if it is not handled. */
  againAt: number
}

/** One alarm a key, absolute, surviving the process. */
export interface Alarms {
  set(key: string, at: number): Promise<void>
  clear(key: string): Promise<void>
  /**
   * Takes what is due: whoever takes an alarm is the only one who gets it. It comes again after a while, unless it was
   * handled (`done`), set anew or cleared by then: the taker may die.
   */
  takeDue(now: number): Promise<DueAlarm[]>
  /** The alarm was handled; one that was set anew meanwhile stays. */
  done(alarm: DueAlarm): Promise<void>
}

// --- sessions ----------------------------------------------------------------------------------

export interface SessionStore {
  /** Atomic: creates the session unless the user has another one. `false`: he has. */
  claim(session: Session): Promise<boolean>
  /** By the hash of the cookie's token. */
  find(tokenHash: string): Promise<Session | undefined>
  ofUser(id: UserId): Promise<Session | undefined>
  list(): Promise<Session[]>
  /** Extends its life; sessions unused for a week end by themselves. */
  touch(session: Session): Promise<void>
  /** Why it ended is remembered for a day, so that a page that wakes later can say it. */
  end(session: Session, reason: LogoutReason): Promise<void>
  endReason(tokenHash: string): Promise<LogoutReason | undefined>
}

// --- what was: SQL -----------------------------------------------------------------------------

export interface User {
  id: UserId
  name: string
  kana: string
  role: Role
  extension?: string
  passwordHash: string
  queues: QueueId[]
  disabled: boolean
}

export interface Queue {
  id: QueueId
  name: string
  /** Trunk numbers that reach it. */
  numbers: string[]
  ringMs: number
  /** Absent: no limit. */
  wrapUpMs?: number
}

export interface Directory {
  user(id: UserId): Promise<User | undefined>
  /** Whose extension it is. */
  userAt(extension: string): Promise<User | undefined>
  queues(): Promise<Queue[]>
  /** The name the phone books know for a number: the reader's own book before the shared one. */
  nameOf(number: string, reader?: UserId): Promise<string | undefined>
  /** The site's 別作業 labels. */
  works(): Promise<string[]>
  /** Whether an operator is shown that a supervisor is in his call. */
  showsListeners(): Promise<boolean>
  /** Which outside numbers may be called. */
  dialRules(): Promise<DialRules>
}

export interface Books {
  shared(): Promise<BookEntry[]>
  /** Nobody but its owner ever reads it. */
  personal(owner: UserId): Promise<PersonalBook>
  /** Replaces the whole book if `version` is still its own; `undefined`: somebody saved in between. */
  savePersonal(owner: UserId, book: PersonalBook): Promise<PersonalBook | undefined>
  /** The name the owner's own book has for a number. From memory: it is asked on a call's path. */
  personalName(owner: UserId, number: string): string | undefined
}

/** What is asked of an operator's history. */
export interface HistorySelection {
  kind?: HistoryKind
  /** Entries whose other party has one of the named keys marked as `found`, or a number that holds `number`. */
  search?: { number?: string }
  sort: HistorySort
  cursor?: string
  /** What is known of the other parties, by `numberKey`: what they sort under, and whether the search is for them. */
  parties: { key: string; sortsAs: string; found: boolean }[]
  limit: number
}

export type StoredEntry = HistoryEntry & { id: number }

export interface History {
  /** One that is stored already is not stored twice. */
  append(entries: HistoryEntry[]): Promise<void>
  /** The `numberKey` of every other party. */
  parties(owner: UserId): Promise<string[]>
  page(owner: UserId, selection: HistorySelection): Promise<{ entries: StoredEntry[]; next?: string }>
}

/** Takes what is to be kept without making anybody wait. */
export interface HistoryLog {
  record(entry: HistoryEntry): void
}

/** How one leg sounded to its operator. */
export interface QualityEntry extends Omit<QualityBody, 'leg'> {
  callId: CallId
  operator: UserId
  leg: LegId
  at: number
  /** The leg is up: this may be its first report. Otherwise it only changes what is there. */
  first: boolean
}

export interface Quality {
  /** In their order; of one leg the report that measured more stays. */
  put(entries: QualityEntry[]): Promise<void>
}

/** Takes what is to be kept without making anybody wait. */
export interface QualityLog {
  record(entry: QualityEntry): void
}

// --- out to the browsers -----------------------------------------------------------------------

export interface Publisher {
  operatorView(id: UserId, view: OperatorView): void
  /** To every operator's pages. */
  parks(view: ParksView): void
  /** Tells every page of the session, then closes their sockets and SIP links. */
  sessionEnded(session: Session, reason: LogoutReason): void
}
