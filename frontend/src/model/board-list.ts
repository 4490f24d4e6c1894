import { foldText, type BoardCrossing, type BoardOperator, type StatusKind } from '@tsunagu/contract'
import type { Rows } from './board'

/** What of the operators is shown; empty: all. */
export interface BoardFilter {
  queue: string
  status: StatusKind | ''
  words: string
  order: 'severity' | 'extension'
}

export const SHOW_ALL: BoardFilter = { queue: '', status: '', words: '', order: 'severity' }

/** The crossings of each operator's status, by his ID. */
export function crossingsBy(crossings: readonly BoardCrossing[]): Map<string, BoardCrossing[]> {
  const by = new Map<string, BoardCrossing[]>()
  for (const crossing of crossings) {
    const id = crossing.operator?.id
    if (id !== undefined) by.set(id, [...(by.get(id) ?? []), crossing])
  }
  return by
}

/** How urgently somebody should look at him: the smaller the sooner. */
export function severity(row: BoardOperator, crossed: boolean): number {
  if (row.alert) return row.alert.acknowledgedBy === undefined ? 0 : 1
  if (crossed) return 2
  return row.phone === 'lost' ? 3 : 4
}

/** Name or extension holds the words, whatever their width and kana. */
function matches({ name, extension }: BoardOperator, words: string): boolean {
  return foldText(name).includes(words) || extension.includes(words)
}

/** The operators that are asked for, the gravest first, then whoever has been in his status longest. */
export function listed(
  operators: Rows<'operators'>,
  { queue, status, words, order }: BoardFilter,
  crossed: ReadonlyMap<string, unknown>,
): BoardOperator[] {
  const folded = foldText(words)
  const found = [...operators.values()].filter(
    (row) =>
      (queue === '' || (row.queues as string[]).includes(queue)) &&
      (status === '' || row.status.kind === status) &&
      (folded === '' || matches(row, folded)),
  )
  const byExtension = (a: BoardOperator, b: BoardOperator): number =>
    a.extension < b.extension ? -1 : Number(a.extension > b.extension)
  if (order === 'extension') return found.sort(byExtension)
  const rank = (row: BoardOperator): number => severity(row, crossed.has(row.key))
  return found.sort((a, b) => rank(a) - rank(b) || a.status.since - b.status.since || byExtension(a, b))
}

/** A place in a list; empty when its row has gone while nothing may move. */
export interface Placed<T = BoardOperator> {
  key: string
  row: T | undefined
}

/**
 * A list as it is shown. While it is held, under a pointer or around the focus, every row stays in its place: who has left
 * leaves it empty, who no longer matches stays, and who is new comes at the end.
 */
export function arrange<T extends { key: string }>(
  before: readonly Placed<T>[],
  sorted: readonly T[],
  { held, all }: { held: boolean; all: ReadonlyMap<string, T> },
): Placed<T>[] {
  if (!held) return sorted.map((row) => ({ key: row.key, row }))
  const here = new Set(before.map(({ key }) => key))
  const stay = before.map(({ key }) => ({ key, row: all.get(key) }))
  return [...stay, ...sorted.filter(({ key }) => !here.has(key)).map((row) => ({ key: row.key, row }))]
}

/** Whether a held list stands otherwise than it would by itself. */
export const heldBack = (placed: readonly { key: string }[], sorted: readonly { key: string }[]): boolean =>
  placed.length !== sorted.length || placed.some(({ key }, at) => key !== sorted[at]?.key)

/** Which rows of a long list are near enough to be rendered, and the height of those before and after them. */
export interface RowWindow {
  from: number
  to: number
  before: number
  after: number
}

/** Up to this many are rendered all: a search of the browser then finds every one. */
const ALL_RENDERED = 150
const MARGIN_ROWS = 12

export function windowOf(
  count: number,
  rowHeight: number,
  { top, height }: { top: number; height: number },
): RowWindow {
  if (count <= ALL_RENDERED) return { from: 0, to: count, before: 0, after: 0 }
  // In steps, so that scrolling a row does not render anew.
  const step = (row: number): number => Math.floor(row / MARGIN_ROWS) * MARGIN_ROWS
  const from = Math.min(Math.max(0, step(top / rowHeight) - MARGIN_ROWS), count)
  const to = Math.min(count, step((top + height) / rowHeight) + 2 * MARGIN_ROWS)
  return { from, to, before: from * rowHeight, after: (count - to) * rowHeight }
}
