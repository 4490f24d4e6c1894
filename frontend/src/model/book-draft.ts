import {
  BOOK_FIELDS,
  fieldProblem,
  isEmptyEntry,
  tidyEntry,
  type BookEntry,
  type BookField,
  type BookProblem,
  type PersonalBook,
} from '@tsunagu/contract'

/** A row being edited. */
export interface DraftRow extends BookEntry {
  key: number
  /** As it is saved; absent while it is new. */
  saved?: BookEntry
}

/** A personal book while it is edited: what it was, and what it is to be. */
export interface BookDraft {
  base: PersonalBook
  rows: DraftRow[]
  /** The key of the next row. */
  nextKey: number
}

export function draftOf(base: PersonalBook): BookDraft {
  const rows = base.entries.map((entry, key) => ({ ...entry, key, saved: entry }))
  return { base, rows, nextKey: rows.length }
}

/** With more rows at the end. */
export function withRows({ base, rows, nextKey }: BookDraft, entries: readonly BookEntry[]): BookDraft {
  const added = entries.map((entry, i) => ({ ...entry, key: nextKey + i }))
  return { base, rows: [...rows, ...added], nextKey: nextKey + added.length }
}

export const EMPTY_ROW: BookEntry = { name: '', kana: '', number: '' }

export const withoutRow = (draft: BookDraft, key: number): BookDraft => ({
  ...draft,
  rows: draft.rows.filter((row) => row.key !== key),
})

/** What a save sends: rows that somebody wrote something into. */
export const entriesToSave = ({ rows }: BookDraft): BookEntry[] =>
  rows.filter((row) => !isEmptyEntry(row)).map(tidyEntry)

export const isChanged = (draft: BookDraft): boolean =>
  JSON.stringify(entriesToSave(draft)) !== JSON.stringify(draft.base.entries)

export type RowProblems = Partial<Record<BookField, BookProblem>>

export function rowProblems(row: BookEntry): RowProblems {
  if (isEmptyEntry(row)) return {}
  const found = BOOK_FIELDS.map((field) => [field, fieldProblem(field, row[field])] as const)
  return Object.fromEntries(found.filter(([, problem]) => problem !== undefined))
}

/** The first field that stands in the way of a save. */
export function firstProblem(draft: BookDraft): { key: number; field: BookField } | undefined {
  for (const row of draft.rows) {
    const [field] = Object.keys(rowProblems(row)) as BookField[]
    if (field) return { key: row.key, field }
  }
  return undefined
}

const identity = ({ name, kana, number }: BookEntry): string => JSON.stringify([name, kana, number])

/** A file's entries as new rows; those that stand in the book already are left out. */
export function withImported(
  draft: BookDraft,
  entries: readonly BookEntry[],
): { draft: BookDraft; added: number } {
  const known = new Set(draft.rows.map((row) => identity(tidyEntry(row))))
  const fresh = entries.filter((entry) => !known.has(identity(entry)))
  return { draft: withRows(draft, fresh), added: fresh.length }
}

/**
 * Another tab saved in between: its changes and these, together. Nothing that either side wrote is lost; a row that both
 * changed stands there in both forms.
 */
export function mergeDraft(draft: BookDraft, latest: PersonalBook): BookDraft {
  const mine = entriesToSave(draft)
  const added = minus(mine, draft.base.entries)
  const removed = minus(draft.base.entries, mine)
  const theirs = draftOf(latest)
  const left = [...removed]
  const rows = theirs.rows.filter((row) => {
    const at = left.findIndex((entry) => identity(entry) === identity(row))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
  const known = new Set(rows.map(identity))
  return withRows(
    { ...theirs, rows },
    added.filter((entry) => !known.has(identity(entry))),
  )
}

/** Entries of the first that the second has not, as often as they are there. */
function minus(entries: readonly BookEntry[], others: readonly BookEntry[]): BookEntry[] {
  const left = others.map(identity)
  return entries.filter((entry) => {
    const at = left.indexOf(identity(entry))
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}
