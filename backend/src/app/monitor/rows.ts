/** What stands in a row of the board, put together from what is true now. Pure. */
import type {
  BoardOperator,
  BoardParked,
  BoardQueue,
  BoardWaiting,
  CallView,
  ParkedView,
} from '@tsunagu/contract'
import type { Call } from '../../domain/call/call.js'
import { boardFigures, handled } from '../../domain/metrics/board-figures.js'
import type { Values } from '../../domain/metrics/figures.js'
import type { MetricSettings } from '../../domain/metrics/terms.js'
import type { Operator } from '../../domain/operator/operator.js'
import { countStaff } from '../../domain/operator/staff.js'
import { placeInLine } from '../../domain/queue/next-match.js'

export interface OperatorParts {
  operator: Operator
  call: CallView | undefined
  listeners: BoardOperator['listeners']
  today: Values | undefined
}

/** Who he is, what he does since when, with whom, and who listens. */
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
    today: today ? handled(today) : { answered: 0 },
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

/** A caller who waits, with his place in the line and at whose phone he rings. */
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
    priority: call.priority || call.front !== undefined,
    ...(names.ringsAt ? { ringsAt: names.ringsAt } : {}),
  }
}

/** A taken park slot. */
export const parkedRow = (parked: ParkedView): BoardParked => ({ key: String(parked.slot), ...parked })

export interface QueueParts {
  key: BoardQueue['key']
  name: string
  staff: Operator[]
  today: Values
  settings: MetricSettings
}

/** A queue, or the whole site: who is there for it, and its day. */
export function queueRow({ key, name, staff, today, settings }: QueueParts): BoardQueue {
  const { formula, withinMs, target } = settings
  return {
    key,
    name,
    staff: countStaff(staff),
    today: boardFigures(today),
    serviceLevel: { formula, withinMs, target },
  }
}
