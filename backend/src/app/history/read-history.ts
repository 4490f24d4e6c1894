import {
  foldText,
  matchesSearch,
  searchFor,
  type BookEntry,
  type HistoryPage,
  type HistoryQuery,
  type HistoryRow,
  type Search,
  type UserId,
} from '@tsunagu/contract'
import { numberKey } from '../../domain/number/number-key.js'
import type { Books, History, HistorySelection, StoredEntry } from '../ports.js'

/** What fits on a screen twice over. */
const PAGE_SIZE = 50

export interface HistorySources {
  books: Books
  history: History
}

/** A page of the owner's own history, with the names his books have now. */
export async function readHistory(
  { books, history }: HistorySources,
  owner: UserId,
  query: HistoryQuery,
): Promise<HistoryPage> {
  const known = await knownTo(books, owner)
  const search = searchFor(query.q ?? '')
  const parties = (await history.parties(owner)).flatMap((key) => {
    const entry = known.get(key)
    return entry ? [party(key, entry, search)] : []
  })
  const { kind, sort = '-time', cursor } = query
  const page = await history.page(owner, {
    ...(kind === undefined ? {} : { kind }),
    ...(search === undefined ? {} : { search: search.number === undefined ? {} : { number: search.number } }),
    ...(cursor === undefined ? {} : { cursor }),
    sort,
    parties,
    limit: PAGE_SIZE,
  })
  const entries = page.entries.map((entry) => toRow(entry, known.get(numberKey(entry.number))?.name))
  return { entries, ...(page.next === undefined ? {} : { next: page.next }) }
}

/** By number; an entry of his own hides one of the shared book, and the first of two the second. */
async function knownTo(books: Books, owner: UserId): Promise<Map<string, BookEntry>> {
  const [shared, own] = await Promise.all([books.shared(), books.personal(owner)])
  const all = [...own.entries, ...shared].reverse()
  return new Map(all.map((entry) => [numberKey(entry.number), entry]))
}

function party(
  key: string,
  entry: BookEntry,
  search: Search | undefined,
): HistorySelection['parties'][number] {
  const found = search !== undefined && matchesSearch(search, entry)
  return { key, sortsAs: foldText(entry.kana || entry.name), found }
}

function toRow({ id, ...entry }: StoredEntry, name: string | undefined): HistoryRow {
  const { kind, internal, number, reached, talkMs, startedAt } = entry
  return {
    id,
    kind,
    internal,
    ...(number === '' ? {} : { number }),
    ...(name === undefined ? {} : { name }),
    ...(reached === '' ? {} : { reached }),
    talkMs,
    startedAt,
  }
}
