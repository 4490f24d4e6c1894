import {
  ALL_QUEUES,
  BOARD_TABLES,
  type BoardChange,
  type BoardOperator,
  type BoardParked,
  type BoardQueue,
  type BoardSnapshot,
  type BoardTable,
  type BoardTables,
  type BoardWaiting,
} from '@tsunagu/contract'

export type Rows<T extends BoardTable> = ReadonlyMap<string, BoardTables[T]>
export type Tables = { readonly [T in BoardTable]: Rows<T> }

/** The board as this page has put it together, up to change `n` of one run of the server. */
export interface Board {
  run: string
  n: number
  tables: Tables
}

export const EMPTY_TABLES: Tables = {
  operators: new Map(),
  queues: new Map(),
  waiting: new Map(),
  parked: new Map(),
  crossings: new Map(),
}

const byKey = <T extends BoardTable>(rows: readonly BoardTables[T][]): Rows<T> =>
  new Map(rows.map((row) => [row.key, row]))

/** A snapshot counts unless what this page has is newer. */
export function taken(board: Board | undefined, { run, n, tables }: BoardSnapshot): Board {
  if (board?.run === run && board.n > n) return board
  return {
    run,
    n,
    tables: {
      operators: byKey<'operators'>(tables.operators),
      queues: byKey<'queues'>(tables.queues),
      waiting: byKey<'waiting'>(tables.waiting),
      parked: byKey<'parked'>(tables.parked),
      crossings: byKey<'crossings'>(tables.crossings),
    },
  }
}

/**
 * The board after a change; the same one when the change is in it already. `undefined`: something between is missing, or
 * the server began anew, so that only a snapshot helps. Tables and rows that did not change stay the same objects.
 */
export function changed(board: Board, change: BoardChange): Board | undefined {
  if (change.run !== board.run || change.n > board.n + 1) return undefined
  if (change.n <= board.n) return board
  const tables: { [T in BoardTable]: Rows<T> } = { ...board.tables }
  for (const table of BOARD_TABLES) write(tables, table, change)
  return { run: board.run, n: change.n, tables }
}

function write<T extends BoardTable>(
  tables: { [K in BoardTable]: Rows<K> },
  table: T,
  { set, gone }: BoardChange,
): void {
  const put: BoardTables[T][] = set[table] ?? []
  const removed = gone[table] ?? []
  if (put.length === 0 && removed.length === 0) return
  const rows = new Map(tables[table] as ReadonlyMap<string, BoardTables[T]>)
  for (const key of removed) rows.delete(key)
  for (const row of put) rows.set(row.key, row)
  tables[table] = rows as { [K in BoardTable]: Rows<K> }[T]
}

export type BoardAlert = BoardOperator & Required<Pick<BoardOperator, 'alert'>>

/** Who asks for help, newest first. */
export const alertsOf = (operators: Rows<'operators'>): BoardAlert[] =>
  [...operators.values()]
    .filter((row): row is BoardAlert => row.alert !== undefined)
    .sort((a, b) => b.alert.since - a.alert.since)

/** The queues, in the server's order, and the whole site. */
export function queuesOf(queues: Rows<'queues'>): { site: BoardQueue | undefined; queues: BoardQueue[] } {
  const site = queues.get(ALL_QUEUES)
  return { site, queues: [...queues.values()].filter((row) => row !== site) }
}

/** Who waits, queue by queue in the order of the queues, in each as they are served. */
export function waitingOf(waiting: Rows<'waiting'>, queues: readonly BoardQueue[]): BoardWaiting[] {
  const place = new Map<string, number>(queues.map(({ key }, at) => [key, at]))
  const queueAt = ({ queueId }: BoardWaiting): number => place.get(queueId) ?? queues.length
  return [...waiting.values()].sort((a, b) => queueAt(a) - queueAt(b) || a.order - b.order)
}

/** When the one who has waited longest came; nothing when nobody waits. */
export function longestSince(waiting: Iterable<BoardWaiting>, queue?: string): number | undefined {
  let since: number | undefined
  for (const { queueId, enteredAt } of waiting) {
    if ((queue === undefined || queueId === queue) && enteredAt < (since ?? Infinity)) since = enteredAt
  }
  return since
}

/** What waits in each slot that is taken. */
export const parkedIn = (parked: Rows<'parked'>): Map<number, BoardParked> =>
  new Map([...parked.values()].map((row) => [row.slot, row]))
