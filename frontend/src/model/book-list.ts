import {
  foldNumber,
  foldText,
  matchesSearch,
  searchFor,
  type BookEntry,
  type BookField,
} from '@tsunagu/contract'

/** By which column a list stands, and which way. */
export interface Sorting<Column extends string> {
  column: Column
  down: boolean
}

/** A press on a column's head: up first, then down. */
export function pressColumn<Column extends string>(
  sorting: Sorting<Column> | undefined,
  column: Column,
): Sorting<Column> {
  return { column, down: sorting?.column === column && !sorting.down }
}

const japanese = new Intl.Collator('ja', { numeric: true })

/** What an entry sorts under. Numbers go by their digits, however they are written. */
const KEY: Record<BookField, (entry: BookEntry) => string> = {
  name: ({ name }) => name.trim(),
  kana: ({ kana }) => foldText(kana),
  number: ({ number }) => foldNumber(number) ?? number,
}

const COMPARE: Record<BookField, (a: string, b: string) => number> = {
  name: japanese.compare,
  kana: japanese.compare,
  number: (a, b) => (a < b ? -1 : Number(a > b)),
}

/** The entries in the column's order; those that have nothing in it stand last either way. */
export function sortEntries<Entry extends BookEntry>(
  entries: readonly Entry[],
  sorting: Sorting<BookField> | undefined,
): Entry[] {
  if (!sorting) return [...entries]
  const { column, down } = sorting
  const keyed = entries.map((entry) => ({ entry, key: KEY[column](entry) }))
  const compare = (a: string, b: string): number => {
    if (a === '' || b === '') return Number(a === '') - Number(b === '')
    return down ? -COMPARE[column](a, b) : COMPARE[column](a, b)
  }
  return keyed.sort((a, b) => compare(a.key, b.key)).map(({ entry }) => entry)
}

/** Those in whose name, kana or number the words are found. */
export function findEntries<Entry extends BookEntry>(entries: readonly Entry[], words: string): Entry[] {
  const search = searchFor(words)
  return search ? entries.filter((entry) => matchesSearch(search, entry)) : [...entries]
}
