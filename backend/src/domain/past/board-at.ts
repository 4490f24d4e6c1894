import {
  ALL_QUEUES,
  type BoardCrossing,
  type BoardFigures,
  type BoardOperator,
  type BoardParked,
  type BoardQueue,
  type BoardTables,
  type BoardWaiting,
  type CallId,
  type ParkSlot,
  type QueueId,
  type StatusKind,
  type StatusReason,
  type StatusView,
  type UserId,
} from '@tsunagu/contract'
import { countStaff } from '../operator/staff.js'
import type { Subject } from '../metrics/ledger.js'
import { asOf, byCall, endOf, type Known } from './as-of.js'
import { callAt, callThen, phonesOf, type CallThen, type Names } from './call-at.js'

/** What the records do not hold: people and queues as they are now, and the figures of the day up to the moment. */
export interface Surroundings {
  names: Names
  /** Everybody who takes calls; supervisors have a phone, but no row. */
  operators: Map<UserId, { name: string; extension: string; queues: QueueId[] }>
  queues: { id: QueueId; name: string }[]
  figures(subject: Exclude<Subject, { operator: UserId }>): BoardFigures
  handled(operator: UserId): BoardOperator['today']
  serviceLevel(subject: Exclude<Subject, { operator: UserId }>): BoardQueue['serviceLevel']
  /** Of the present; those that had begun by then are of the past, too. */
  crossings: BoardCrossing[]
}

/** Every table of the board, whole. */
export type Tables = { [T in keyof BoardTables]: BoardTables[T][] }

/**
 * Pure: the board as it was. `spans`: all that went on at the moment, and all that is known of the calls among it. What a board
 * shows and no record holds is not in it: the status chosen for later, when a wrap-up would have ended, and a phone that was not
 * registered while its operator had no call.
 */
export function boardAt(time: number, spans: Iterable<Known>, around: Surroundings): Tables {
  const known = asOf(spans, time)
  const calls = [...byCall(known)].flatMap(([id, all]) => callThen(id, all) ?? [])
  const operators = operatorsAt(known, calls, around)
  return {
    operators,
    queues: queuesAt(operators, around),
    waiting: waitingAt(calls, around),
    parked: parkedAt(calls, around),
    crossings: crossingsAt(time, known, around),
  }
}

function operatorsAt(known: Known[], calls: CallThen[], around: Surroundings): BoardOperator[] {
  const on = new Map<UserId, CallThen>()
  for (const call of calls) for (const id of phonesOf(call)) on.set(id, call)
  const open = known.filter((span) => endOf(span) === undefined)
  const statuses = ofOperators(open, 'status')
  const alerts = ofOperators(open, 'alert')
  return [...ofOperators(open, 'login')].flatMap(([id, login]) => {
    const who = around.operators.get(id)
    const status = statuses.get(id)
    if (!who || !status) return []
    const call = callOf(on.get(id) ?? callById(calls, status.callId), id, around.names)
    const away = calls.some(({ open: spans }) =>
      spans.some(({ kind, operator }) => kind === 'away' && operator === id),
    )
    return {
      key: id,
      name: who.name,
      extension: who.extension,
      queues: (login.detail?.queues as QueueId[] | undefined) ?? who.queues,
      status: statusView(status),
      phone: away ? ('lost' as const) : ('there' as const),
      ...(call ? { call } : {}),
      ...alertOf(alerts.get(id)),
      listeners: [],
      today: around.handled(id),
    }
  })
}

const callById = (calls: CallThen[], id: CallId | undefined): CallThen | undefined =>
  id === undefined ? undefined : calls.find((call) => call.id === id)

const callOf = (call: CallThen | undefined, id: UserId, names: Names) => call && callAt(call, id, names)

function ofOperators(open: Known[], kind: Known['kind']): Map<UserId, Known> {
  return new Map(
    open.flatMap((span): [UserId, Known][] =>
      span.kind === kind && span.operator !== undefined ? [[span.operator, span]] : [],
    ),
  )
}

function statusView({ what, since, detail }: Known): StatusView {
  return {
    kind: what as StatusKind,
    since: detail?.clock ?? since,
    ...(detail?.work === undefined ? {} : { work: detail.work }),
    ...(detail?.reason === undefined ? {} : { reason: detail.reason as StatusReason }),
  }
}

function alertOf(alert: Known | undefined): Pick<BoardOperator, 'alert'> {
  if (!alert) return {}
  const { acknowledgedBy } = alert.detail ?? {}
  return { alert: { since: alert.since, ...(acknowledgedBy === undefined ? {} : { acknowledgedBy }) } }
}

function queuesAt(operators: BoardOperator[], around: Surroundings): BoardQueue[] {
  const row = (key: BoardQueue['key'], name: string): BoardQueue => {
    const subject = key === ALL_QUEUES ? ALL_QUEUES : { queue: key }
    const staff = countStaff(operators.filter(({ queues }) => key === ALL_QUEUES || queues.includes(key)))
    return { key, name, staff, today: around.figures(subject), serviceLevel: around.serviceLevel(subject) }
  }
  return [row(ALL_QUEUES, ''), ...around.queues.map(({ id, name }) => row(id, name))]
}

function waitingAt(calls: CallThen[], { names }: Surroundings): BoardWaiting[] {
  const rows = calls.flatMap(({ id, whole, open }) => {
    const visit = open.find(({ kind }) => kind === 'visit')
    if (!visit?.visit) return []
    const { number } = whole.detail ?? {}
    const ringsAt = open.find(({ kind }) => kind === 'offer')?.operator
    return {
      key: id,
      queueId: visit.visit.queueId,
      ...party(number, names),
      enteredAt: visit.visit.enteredAt,
      priority: visit.detail?.again === true,
      ...(ringsAt === undefined
        ? {}
        : { ringsAt: { id: ringsAt, name: names.colleague(ringsAt) ?? ringsAt } }),
    }
  })
  rows.sort((a, b) => Number(b.priority) - Number(a.priority) || a.enteredAt - b.enteredAt)
  return rows.map((row, order) => ({ ...row, order }))
}

function parkedAt(calls: CallThen[], { names }: Surroundings): BoardParked[] {
  const rows = calls.flatMap(({ whole, open }) => {
    const park = open.find(({ kind }) => kind === 'park')
    const slot = park?.detail?.slot
    if (!park?.operator || slot === undefined) return []
    const by = { id: park.operator, name: names.colleague(park.operator) ?? park.operator }
    const { number } = whole.detail ?? {}
    return { key: String(slot), slot: slot as ParkSlot, ...party(number, names), since: park.since, by }
  })
  return rows.sort((a, b) => a.slot - b.slot)
}

function party(number: string | undefined, names: Names): { number?: string; name?: string } {
  if (number === undefined || number === '') return {}
  const name = names.outside(number)
  return { number, ...(name === undefined ? {} : { name }) }
}

function crossingsAt(time: number, known: Known[], { names, crossings }: Surroundings): BoardCrossing[] {
  const over = known.flatMap((span) => {
    const { key, kind, what, operator, since, detail } = span
    if (kind !== 'crossing' || endOf(span) !== undefined) return []
    return {
      key,
      what: what as BoardCrossing['what'],
      ...(detail?.queueId === undefined ? {} : { queueId: detail.queueId as QueueId }),
      ...(operator === undefined
        ? {}
        : { operator: { id: operator, name: names.colleague(operator) ?? operator } }),
      since,
      limit: detail?.limit ?? 0,
    }
  })
  const stillOn = crossings.filter(({ since }) => since <= time)
  return [...stillOn, ...over]
}
