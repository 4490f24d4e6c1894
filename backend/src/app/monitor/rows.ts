/** What stands in a row of the board, put together from what is true now. Pure. */
import type {
  BoardFigures,
  BoardOperator,
  BoardParked,
  BoardQueue,
  BoardWaiting,
  CallView,
  ParkedView,
  Staff,
  StatusKind,
} from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import type { Values } from '../../domain/metrics/figures.js'
import type { MetricSettings } from '../../domain/metrics/terms.js'
import type { Operator } from '../../domain/operator/operator.js'
import { placeInLine } from '../../domain/queue/next-match.js'

export interface OperatorParts {
  operator: Operator
  call: CallView | undefined
  listeners: BoardOperator['listeners']
  today: Values | undefined
}

export function operatorRow({ operator, call, listeners, today }: OperatorParts): BoardOperator {
  const { id, name, extension, queues, status, next, alert } = operator
  return {
    key: id,
    name,
    extension,
    queues,
    status,
    ...(next ? { next } : {}),
    phone: phoneOf(operator),
    ...(call ? { call } : {}),
    ...(alert ? { alert } : {}),
    listeners,
    ...(operator.leavesAfterCall ? { leavesAfterCall: true } : {}),
    today: {
      answered: today?.answered ?? 0,
      ...(typeof today?.handlingTime !== 'number' ? {} : { handlingMs: Math.round(today.handlingTime) }),
    },
  }
}

function phoneOf({ page, registered }: Operator): BoardOperator['phone'] {
  if (page !== undefined && registered) return 'there'
  return page === undefined && !registered ? 'lost' : 'blinking'
}

/** A row only for those who have not been connected yet: in line, or ringing out of it. */
export function isWaiting(call: Call): boolean {
  return call.notes?.open.some(({ kind }) => kind === 'visit') ?? false
}

export function waitingRow(
  call: Exclude<Call, { status: 'internal' | 'ended' }>,
  names: { caller: string | undefined; ringsAt: BoardWaiting['ringsAt'] },
): BoardWaiting {
  return {
    key: call.id,
    queueId: call.queueId,
    ...(call.callerNumber ? { number: call.callerNumber } : {}),
    ...(names.caller === undefined ? {} : { name: names.caller }),
    enteredAt: call.notes?.visit?.enteredAt ?? call.enteredAt,
    order: placeInLine(call),
    priority: call.priority,
    ...(names.ringsAt ? { ringsAt: names.ringsAt } : {}),
  }
}

export const parkedRow = (parked: ParkedView): BoardParked => ({ key: String(parked.slot), ...parked })

export interface QueueParts {
  key: BoardQueue['key']
  name: string
  staff: Operator[]
  today: Values
  settings: MetricSettings
}

export function queueRow({ key, name, staff, today, settings }: QueueParts): BoardQueue {
  const { formula, withinMs, target } = settings
  return {
    key,
    name,
    staff: countStaff(staff),
    today: figuresOf(today),
    serviceLevel: { formula, withinMs, target },
  }
}

const IN_CALL: StatusKind[] = ['ringing', 'talking', 'dialling', 'held', 'internal']

function countStaff(operators: Operator[]): Staff {
  const staff = { ready: 0, inCall: 0, wrapUp: 0, away: 0 }
  for (const { status } of operators) staff[placeOf(status.kind)]++
  return staff
}

function placeOf(kind: StatusKind): keyof Staff {
  if (IN_CALL.includes(kind)) return 'inCall'
  if (kind === 'wrap-up') return 'wrapUp'
  return kind === 'ready' ? 'ready' : 'away'
}

function figuresOf(values: Values): BoardFigures {
  return {
    offered: values.offered ?? 0,
    answered: values.answered ?? 0,
    abandoned: values.abandoned ?? 0,
    shortAbandoned: values.shortAbandoned ?? 0,
    answerRate: values.answerRate,
    abandonRate: values.abandonRate,
    serviceLevel: values.serviceLevel,
    averageSpeedOfAnswer: values.averageSpeedOfAnswer,
    averageTimeToAbandon: values.averageTimeToAbandon,
    handlingTime: values.handlingTime,
  }
}
