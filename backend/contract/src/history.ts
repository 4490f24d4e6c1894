/**
 * How a call stands in an operator's history (operator manual, 2-2 "履歴の種類").
 *
 * | code | 日本語 |
 * |---|---|
 * | out | 発信 |
 * | in | 着信: rang here and was answered here |
 * | missed | 不在: rang here and was not answered here |
 * | rejected | 拒否: rejected here |
 */
export const HISTORY_KINDS = ['out', 'in', 'missed', 'rejected'] as const
export type HistoryKind = (typeof HISTORY_KINDS)[number]

/** The columns, as they sort; with `-` downwards. `party` is 番号/名称, `reached` is 着信番号/応答者(通話時間). */
export const HISTORY_COLUMNS = ['kind', 'party', 'reached', 'time'] as const
export type HistoryColumn = (typeof HISTORY_COLUMNS)[number]

export const HISTORY_SORTS = [
  'kind',
  '-kind',
  'party',
  '-party',
  'reached',
  '-reached',
  'time',
  '-time',
] as const satisfies readonly (HistoryColumn | `-${HistoryColumn}`)[]
export type HistorySort = (typeof HISTORY_SORTS)[number]

export interface HistoryRow {
  id: number
  kind: HistoryKind
  /** Between two extensions. */
  internal: boolean
  /** The other party; absent when withheld. */
  number?: string
  /** From the phone books, as they are now. */
  name?: string
  /** The number that was dialled by the caller, or that answered an outgoing call; absent when there is none. */
  reached?: string
  /** `null`: nobody was spoken to. */
  talkMs: number | null
  /** When it began to ring or to dial, UTC ms. */
  startedAt: number
}

export interface HistoryPage {
  entries: HistoryRow[]
  /** Where the next page begins; absent on the last. */
  next?: string
}
