import type { HistoryKind, QualityCause, Role } from '@tsunagu/contract'
import type { Generated } from 'kysely'
import type { SpanKind } from '../../domain/records/span.js'

/** The tables as SQL sees them; booleans are 0 and 1. */
export interface Tables {
  users: UsersTable
  user_queues: { user_id: string; queue_id: string }
  queues: QueuesTable
  /** A trunk number reaches one queue. */
  queue_numbers: { number: string; queue_id: string }
  phone_book: PhoneBookTable
  /** The site's settings; `value` is JSON. */
  settings: { key: string; value: string }
  personal_books: PersonalBooksTable
  history: HistoryTable
  call_quality: CallQualityTable
  notices: NoticesTable
  /** Up to which time a user has read the notices. */
  notice_reads: { user_id: string; read_until: number }
  records: RecordsTable
}

export interface UsersTable {
  id: string
  name: string
  kana: string
  role: Role
  extension: string | null
  password_hash: string
  disabled: Generated<number>
}

export interface QueuesTable {
  id: string
  name: string
  /** The order in which queues are shown. */
  position: number
  /** `null`: the site's RING_SECONDS. */
  ring_ms: number | null
  /** `null`: no limit. */
  wrap_up_ms: number | null
}

export interface PhoneBookTable {
  id: Generated<number>
  name: string
  kana: string
  number: string
}

/** A book is read and written whole, by its owner alone: one row, one statement. */
export interface PersonalBooksTable {
  owner: string
  /** Grows with every save. */
  version: number
  /** JSON: `BookEntry[]`. */
  entries: string
}

/** One line a call and operator; never changed. */
export interface HistoryTable {
  id: Generated<number>
  owner: string
  call_id: string
  kind: HistoryKind
  internal: number
  /** Empty when withheld. */
  number: string
  number_key: string
  reached: string
  started_at: number
  /** `null`: nobody was spoken to. */
  talk_ms: number | null
}

/** One line a leg, as its operator's page measured it; later reports take the place of earlier ones. */
export interface CallQualityTable {
  call_id: string
  operator: string
  leg: string
  /** Mean opinion scores, 1 to 4.5. */
  average: number
  minimum: number
  cause: QualityCause
  measured_ms: number
  /** When the last report came. */
  at: number
}

export interface NoticesTable {
  id: Generated<number>
  /** No two have the same: pages and what was read go by it. */
  published_at: number
  title: string
  body: string
  /** A name, so that it outlives the user. */
  author: string
}

/** One line for everything that went on, written when it was over; never changed. See `domain/records/span.ts`. */
export interface RecordsTable {
  key: string
  kind: SpanKind
  since: number
  until: number
  /** How long it lasted, roughly: an index into `SIZES`. */
  size: number
  what: string | null
  outcome: string | null
  call_id: string | null
  operator: string | null
  queue_id: string | null
  /** Which of the call's visits to a queue, and when that one began. */
  visit: number | null
  entered_at: number | null
  /** JSON: `SpanDetail`. */
  detail: string | null
}
