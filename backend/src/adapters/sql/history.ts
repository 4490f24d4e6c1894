import { callId, userId, type HistoryColumn, type HistorySort, type UserId } from '@tsunagu/contract'
import { sql, type RawBuilder } from 'kysely'
import type { History, HistorySelection, StoredEntry } from '../../app/ports.js'
import type { HistoryEntry } from '../../domain/history/history-entry.js'
import { numberKey } from '../../domain/number/number-key.js'
import { isPostgres, type Sql } from './database.js'
import { patiently } from './patiently.js'

/** Over the moment of another write; an outage is the recorder's business. */
const APPEND_PATIENCE_MS = 500

/** Every operator's calls, each only ever read by its owner. */
export function sqlHistory(db: Sql): History {
  return {
    append: async (entries) => {
      const rows = entries.map(toRow)
      const write = (all: Sql) =>
        all
          .insertInto('history')
          .values(rows)
          .onConflict((known) => known.columns(['owner', 'call_id', 'started_at']).doNothing())
          .execute()
      await patiently(db, write, APPEND_PATIENCE_MS)
    },
    parties: async (owner) => {
      const rows = await db
        .selectFrom('history')
        .select('number_key')
        .distinct()
        .where('owner', '=', owner)
        .execute()
      return rows.map((row) => row.number_key)
    },
    page: (owner, selection) => readPage(db, owner, selection),
  }
}

function toRow(entry: HistoryEntry) {
  return {
    owner: entry.owner,
    call_id: entry.callId,
    kind: entry.kind,
    internal: entry.internal ? 1 : 0,
    number: entry.number,
    number_key: numberKey(entry.number),
    reached: entry.reached,
    started_at: entry.startedAt,
    talk_ms: entry.talkMs,
  }
}

/** `upTo`: entries that came after the first page do not shift the later ones. */
interface Place {
  upTo: number
  offset: number
}

async function readPage(db: Sql, owner: UserId, selection: HistorySelection): ReturnType<History['page']> {
  const { limit, cursor } = selection
  const place = cursor === undefined ? { upTo: await latestId(db, owner), offset: 0 } : placeOf(cursor)
  const rows = await select(db, owner, { ...selection, place })
  const next = rows.length > limit ? `${String(place.upTo)}.${String(place.offset + limit)}` : undefined
  return { entries: rows.slice(0, limit).map(toEntry), ...(next === undefined ? {} : { next }) }
}

function placeOf(cursor: string): Place {
  const [upTo = 0, offset = 0] = cursor.split('.').map(Number)
  return { upTo, offset }
}

async function latestId(db: Sql, owner: UserId): Promise<number> {
  const row = await db
    .selectFrom('history')
    .select((of) => of.fn.max('id').as('id'))
    .where('owner', '=', owner)
    .executeTakeFirst()
  return row?.id ?? 0
}

type Row = ReturnType<typeof toRow> & { id: number }

/** One row too many tells that there is a next page. */
async function select(
  db: Sql,
  owner: UserId,
  { kind, search, sort, place, limit, parties }: HistorySelection & { place: Place },
): Promise<Row[]> {
  const known = JSON.stringify(parties.map(({ key, sortsAs, found }) => [key, sortsAs, found ? 1 : 0]))
  const conditions = [
    sql`h.owner = ${owner}`,
    sql`h.id <= ${place.upTo}`,
    ...(kind === undefined ? [] : [sql`h.kind = ${kind}`]),
    ...(search ? [sql`(${isFound(db)} or ${holds(search.number)})`] : []),
  ]
  const { rows } = await sql<Row>`
    with known as materialized (
      select value ->> 0 as key, value ->> 1 as sorts_as, value ->> 2 as found from ${eachOf(db, known)}
    )
    select h.* from history h left join known on known.key = h.number_key
    where ${sql.join(conditions, sql` and `)}
    order by ${orderOf(sort, isPostgres(db) ? '"C"' : 'binary')}
    limit ${limit + 1} offset ${place.offset}`.execute(db)
  return rows
}

/** The elements of a JSON array, as `value`. */
const eachOf = (db: Sql, json: string): RawBuilder<unknown> =>
  isPostgres(db) ? sql`json_array_elements(${json}::json)` : sql`json_each(${json})`

/** PostgreSQL takes everything out of JSON as text. */
const isFound = (db: Sql): RawBuilder<unknown> =>
  isPostgres(db) ? sql`known.found = '1'` : sql`known.found = 1`

/** Digits, `*`, `#` and `+` only: nothing in it means anything to LIKE. */
const holds = (number: string | undefined): RawBuilder<unknown> =>
  number === undefined ? sql`false` : sql`h.number_key like ${`%${number}%`}`

/** What a column shows first sorts first; within the same, the latest first. `$text` sorts by code points everywhere. */
const COLUMNS: Record<HistoryColumn, string[]> = {
  kind: ["case h.kind when 'out' then 0 when 'in' then 1 when 'missed' then 2 else 3 end"],
  party: ['coalesce(known.sorts_as, h.number_key) $text', 'h.number_key $text'],
  reached: ['h.reached $text', 'h.talk_ms is null', 'h.talk_ms'],
  time: ['h.started_at'],
}

function orderOf(sort: HistorySort, byCodePoint: string): RawBuilder<unknown> {
  const down = sort.startsWith('-')
  const column = (down ? sort.slice(1) : sort) as HistoryColumn
  const terms = COLUMNS[column].map(
    (term) => `${term.replace('$text', `collate ${byCodePoint}`)} ${down ? 'desc' : 'asc'}`,
  )
  // Calls of one moment keep one order in both directions of the pages.
  return sql.raw([...terms, 'h.started_at desc', 'h.id desc'].join(', '))
}

function toEntry(row: Row): StoredEntry {
  return {
    id: row.id,
    owner: userId(row.owner),
    callId: callId(row.call_id),
    kind: row.kind,
    internal: row.internal !== 0,
    number: row.number,
    reached: row.reached,
    startedAt: row.started_at,
    talkMs: row.talk_ms,
  }
}
