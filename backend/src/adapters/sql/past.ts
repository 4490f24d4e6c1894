import { sql, type Selectable } from 'kysely'
import type { PastStore } from '../../app/records/ports.js'
import type { Interval } from '../../domain/metrics/local-day.js'
import type { ClosedSpan, SpanKind } from '../../domain/records/span.js'
import type { Sql } from './database.js'
import { endsBy, SIZES } from './record-size.js'
import { toSpan } from './spans.js'
import type { RecordsTable } from './tables.js'

/** What the figures of calls are computed from, besides wrap-ups; those of offers and of people need more. */
const VISIT_KINDS: SpanKind[] = ['visit', 'talk', 'hold']
/** Read in one go. SQLite reads while the process stands still, calls included: some milliseconds of it. */
const PART = 1_000
/** Calls in one question; of a call there are a dozen rows, so it is some milliseconds, too. */
const NAMES = 60

/** Looking back at the records; through `SIZES`, so that it takes as long however many days there are. */
export function sqlPastStore(db: Sql): PastStore {
  return {
    at: (time) => at(db, time),
    ofCall: (id) => ofCalls(db, [id]),
    ofCalls: (ids) => ofCalls(db, ids),
    statuses: (operators, interval) => statuses(db, operators, interval),
    listed: (kind, interval, limit) => listed(db, { kind, interval, limit }),
    read: async (interval, take) => {
      for (const [size] of SIZES.entries())
        await inParts((after) => overlapping(db, { interval, size, after }), take)
      await inParts((after) => laterOfVisits(db, interval, after), take)
    },
    readClosed: async (interval, take) => {
      for (const [size] of SIZES.entries())
        await inParts((after) => closedIn(db, { interval, size, after }), take)
    },
    neighbours: (time, withinMs) => neighbours(db, time, withinMs),
  }
}

/** Everybody else has a turn. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

type Row = Selectable<RecordsTable>

/** What `rows` finds in one size after another. */
async function inEachSize(rows: (size: number) => Promise<Row[]>): Promise<ClosedSpan[]> {
  const found: Row[] = []
  for (const [size] of SIZES.entries()) found.push(...(await rows(size)))
  return found.map(toSpan)
}

/** Of one size, all that ended after `from` and, by its length, can have begun by `until`. */
const ending = (db: Sql, size: number, { from, until }: Interval) =>
  db
    .selectFrom('records')
    .selectAll()
    .where('size', '=', size)
    .where('until', '>', from)
    .where('until', '<=', endsBy(size, until))

const at = (db: Sql, time: number): Promise<ClosedSpan[]> =>
  inEachSize((size) => ending(db, size, { from: time, until: time }).where('since', '<=', time).execute())

async function ofCalls(db: Sql, ids: string[]): Promise<ClosedSpan[]> {
  const found: ClosedSpan[] = []
  for (let i = 0; i < ids.length; i += NAMES) {
    const rows = await db
      .selectFrom('records')
      .selectAll()
      .where('call_id', 'in', ids.slice(i, i + NAMES))
      .orderBy('since')
      .orderBy('key')
      .execute()
    found.push(...rows.map(toSpan))
    await breath()
  }
  return found
}

async function statuses(db: Sql, operators: string[], interval: Interval): Promise<ClosedSpan[]> {
  if (operators.length === 0) return []
  const found = await inEachSize((size) =>
    ending(db, size, interval)
      .where('since', '<', interval.until)
      .where('kind', '=', 'status')
      .where('operator', 'in', operators)
      .execute(),
  )
  return found.sort((a, b) => a.since - b.since)
}

interface Listing {
  kind: 'alert' | 'act'
  interval: Interval
  limit: number
}

async function listed(db: Sql, { kind, interval, limit }: Listing) {
  const of = db
    .selectFrom('records')
    // In the words of the index, by which it is recognised.
    .where(sql<boolean>`kind in ('alert', 'act', 'login')`)
    .where('kind', '=', kind)
    .where('since', '>=', interval.from)
    .where('since', '<', interval.until)
  const rows = await of.selectAll().orderBy('since', 'desc').orderBy('key', 'desc').limit(limit).execute()
  const { total } = await of.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { spans: rows.map(toSpan), total }
}

interface Place {
  until: number
  key: string
}
interface Part {
  interval: Interval
  size: number
  after: Place | undefined
}

/** A page after another, with a pause for everybody else. */
async function inParts(
  page: (after: Place | undefined) => Promise<Row[]>,
  take: (part: ClosedSpan[]) => void,
): Promise<void> {
  for (let after: Place | undefined; ;) {
    const rows = await page(after)
    if (rows.length > 0) take(rows.map(toSpan))
    // Also after a short part: many of them would be as long as one.
    await breath()
    if (rows.length < PART) return
    after = rows.at(-1)
  }
}

const ordered = (db: Sql, after: Place | undefined) => {
  const page = db
    .selectFrom('records')
    .selectAll()
    .where((of) => of.or([of('kind', 'in', VISIT_KINDS), of('what', '=', 'wrap-up')]))
    .orderBy('until')
    .orderBy('key')
    .limit(PART)
  if (!after) return page
  const { until, key } = after
  return page.where('until', '>=', until).where((of) => of.or([of('until', '>', until), of('key', '>', key)]))
}

const overlapping = (db: Sql, { interval: { from, until }, size, after }: Part): Promise<Row[]> =>
  ordered(db, after)
    .where('size', '=', size)
    .where('until', '>=', from)
    .where('until', '<=', endsBy(size, until))
    .where('since', '<', until)
    .execute()

const closedIn = (db: Sql, { interval: { from, until }, size, after }: Part): Promise<Row[]> =>
  ordered(db, after).where('size', '=', size).where('until', '>', from).where('until', '<=', until).execute()

/** A talk after midnight with a caller who came before it. */
const laterOfVisits = (db: Sql, { from, until }: Interval, after: Place | undefined): Promise<Row[]> =>
  ordered(db, after)
    .where('entered_at', '>=', from)
    .where('entered_at', '<', until)
    .where('since', '>=', until)
    .execute()

async function neighbours(db: Sql, time: number, withinMs: number) {
  const before = Math.max(
    ...(await bySize(
      db,
      (one) => one.where('until', '<', time).where('until', '>=', time - withinMs),
      'desc',
    )),
    ...(await begun(db, { from: time - withinMs, until: time }, 'desc')),
  )
  const after = Math.min(
    ...(await bySize(
      db,
      (one) => one.where('until', '>', time).where('until', '<=', time + withinMs),
      'asc',
    )),
    ...(await begun(db, { from: time + 1, until: time + withinMs + 1 }, 'asc')),
  )
  return {
    ...(Number.isFinite(before) ? { before } : {}),
    ...(Number.isFinite(after) ? { after } : {}),
  }
}

const untilOf = (db: Sql) => db.selectFrom('records').select('until as at')
type Untils = ReturnType<typeof untilOf>

async function bySize(db: Sql, near: (one: Untils) => Untils, order: 'asc' | 'desc'): Promise<number[]> {
  const found: number[] = []
  for (const [size] of SIZES.entries()) {
    const row = await near(untilOf(db).where('size', '=', size))
      .orderBy('until', order)
      .limit(1)
      .executeTakeFirst()
    if (row) found.push(row.at)
  }
  return found
}

/** Nothing else ends when these begin. */
async function begun(db: Sql, { from, until }: Interval, order: 'asc' | 'desc'): Promise<number[]> {
  const found: number[] = []
  for (const kind of ['alert', 'login'] as const) {
    const row = await db
      .selectFrom('records')
      .select('since')
      .where(sql<boolean>`kind in ('alert', 'act', 'login')`)
      .where('kind', '=', kind)
      .where('since', '>=', from)
      .where('since', '<', until)
      .orderBy('since', order)
      .limit(1)
      .executeTakeFirst()
    if (row) found.push(row.since)
  }
  return found
}
