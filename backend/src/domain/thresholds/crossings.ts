/** Which limits are crossed at a moment, and when time alone will cross the next. Times are UTC ms. */
import {
  ALL_QUEUES,
  STATUS_THRESHOLDS,
  type BoardCrossing,
  type BoardOperator,
  type BoardQueue,
  type BoardTables,
  type QueueId,
  type QueueLimits,
  type QueueThreshold,
  type StatusThreshold,
  type Thresholds,
} from '@tsunagu/contract'
import { closed, type ClosedSpan } from '../records/span.js'

/** What a site begins with: a break of a quarter of an hour, a lunch of an hour, and the target of metrics.md. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  all: { waiting: 3, 'longest-wait': 60_000, 'service-level': 0.8 },
  queues: [],
  statuses: {
    talking: 600_000,
    held: 60_000,
    'wrap-up': 300_000,
    'short-break': 900_000,
    lunch: 3_600_000,
    'other-work': null,
  },
}

/** Of fewer calls a service level says nothing: the first one late would be 0 %. */
export const FEWEST_CALLS = 5
/** A service level has to be that much above its limit, or it would go and come with every call. */
export const RECOVERED_BY = 0.02
/** A line that is short again for less than this is still the same crossing: callers come as others are taken. */
export const SETTLE_MS = 3_000

/** What the limits are held against. */
export type Watched = { [T in 'operators' | 'queues' | 'waiting']: readonly BoardTables[T][] }

export interface Crossing extends BoardCrossing {
  /** It has not been crossed since then, but may be again at once. */
  belowSince?: number
}

export interface Crossings {
  crossings: Crossing[]
  /** What is over, for the records. */
  over: ClosedSpan[]
  /** When time alone changes something; absent: never. */
  next?: number
}

/** Pure: compares what is now with the limits; `before` are the crossings of the last look. */
export function crossingsOf(
  thresholds: Thresholds,
  { board, at }: { board: Watched; at: number },
  before: readonly Crossing[],
): Crossings {
  const known = new Map(before.map((one) => [one.key, one]))
  const look: Look = { at, known, crossings: [], over: [], next: Infinity }
  const lines = linesOf(board)
  for (const queue of board.queues) {
    if (queue.key !== ALL_QUEUES)
      lookAtQueue(look, queue, { limits: limitsFor(thresholds, queue.key), line: lines.get(queue.key) ?? [] })
  }
  for (const operator of board.operators) lookAtOperator(look, operator, thresholds.statuses)
  // What was not looked at is gone with its operator, its queue or its limit.
  for (const gone of look.known.values()) look.over.push(recordOf(gone, gone.belowSince ?? at))
  const { crossings, over, next } = look
  return { crossings, over, ...(next === Infinity ? {} : { next }) }
}

/** A queue's own stand before those of all. */
export function limitsFor({ all, queues }: Thresholds, id: QueueId): QueueLimits {
  return queues.find(({ queueId }) => queueId === id)?.limits ?? all
}

interface Look {
  at: number
  /** Of the last look, without those that were met again. */
  known: Map<string, Crossing>
  crossings: Crossing[]
  over: ClosedSpan[]
  next: number
}

/** When each caller in a line entered, the first first. */
function linesOf({ waiting }: Watched): Map<QueueId, number[]> {
  const lines = new Map<QueueId, number[]>()
  for (const { queueId, enteredAt } of waiting) lines.set(queueId, [...(lines.get(queueId) ?? []), enteredAt])
  for (const line of lines.values()) line.sort((a, b) => a - b)
  return lines
}

function lookAtQueue(
  look: Look,
  { key: queueId, today }: BoardQueue,
  { limits, line }: { limits: QueueLimits; line: number[] },
): void {
  const about = (what: QueueThreshold, limit: number) => ({ key: `${what} ${queueId}`, what, queueId, limit })
  const { waiting, 'longest-wait': longest, 'service-level': level } = limits
  if (waiting !== null) {
    const one = about('waiting', waiting)
    if (line.length >= waiting) cross(look, one, look.at)
    else settle(look, one)
  }
  if (longest !== null) {
    const one = about('longest-wait', longest)
    const [first] = line
    const from = first === undefined ? Infinity : first + longest
    if (from <= look.at) cross(look, one, from)
    else settle(look, one)
    if (from > look.at) look.next = Math.min(look.next, from)
  }
  if (level !== null) {
    const one = about('service-level', level)
    const limit = look.known.has(one.key) ? Math.min(level + RECOVERED_BY, 1) : level
    const counts = today.answered + today.abandoned >= FEWEST_CALLS
    if (counts && today.serviceLevel !== null && today.serviceLevel < limit) cross(look, one, look.at)
  }
}

function lookAtOperator(look: Look, operator: BoardOperator, limits: Thresholds['statuses']): void {
  const { id, name } = { id: operator.key, name: operator.name }
  for (const what of STATUS_THRESHOLDS) {
    const limit = limits[what]
    const since = limit === null ? undefined : sinceOf(operator, what)
    if (limit === null || since === undefined) continue
    const from = since + limit
    if (from > look.at) look.next = Math.min(look.next, from)
    else cross(look, { key: `${what} ${id} ${String(since)}`, what, operator: { id, name }, limit }, from)
  }
}

/** Since when he has been in it; a talk goes on while its caller is on hold. */
function sinceOf({ status, call }: BoardOperator, what: StatusThreshold): number | undefined {
  if (what !== 'talking') return status.kind === what ? status.since : undefined
  if (status.kind !== 'talking' && status.kind !== 'held') return undefined
  return call?.since ?? (status.kind === 'talking' ? status.since : undefined)
}

/** It is crossed: as it was known, or from now on. */
function cross(look: Look, one: Omit<Crossing, 'since'>, since: number): void {
  const was = look.known.get(one.key)
  look.known.delete(one.key)
  look.crossings.push({ ...one, since: was?.since ?? since })
}

/** It is not crossed now; one that was a moment ago stays for a moment. */
function settle(look: Look, { key, limit }: Pick<Crossing, 'key' | 'limit'>): void {
  const was = look.known.get(key)
  if (!was) return
  const belowSince = was.belowSince ?? look.at
  if (look.at - belowSince >= SETTLE_MS) return
  look.known.delete(key)
  look.crossings.push({ ...was, limit, belowSince })
  look.next = Math.min(look.next, belowSince + SETTLE_MS)
}

function recordOf({ key, what, queueId, operator, since, limit }: Crossing, at: number): ClosedSpan {
  const detail = { limit, ...(queueId === undefined ? {} : { queueId }) }
  const span = { key: `${key} ${String(since)} crossing`, kind: 'crossing' as const, what, since, detail }
  return closed(operator ? { ...span, operator: operator.id } : span, at)
}
