import type { PassedOver, StatusKind, UserId } from '@tsunagu/contract'
import { isReachable, type Operator } from '../operator/operator.js'
import type { Decision } from '../records/span.js'

/** Named one by one; of the others it is only counted why. */
const MOST_NAMED = 50
/** Of so many who were free it is kept for how long. */
const MOST_IDLE = 10

/** An offer of a queue's call, or a caller whom nobody was free for. */
export interface Moment {
  at: number
  chosen?: UserId
  /** Since when the chosen one had been free, where that is known. */
  chosenIdleSince?: number
}

/** Pure: who of the queue's operators was considered for a call, and why each of the others did not get it. */
export function decide(operators: Operator[], moment: Moment): Decision {
  const { at, chosen, chosenIdleSince } = moment
  const others = operators.filter(({ id }) => id !== chosen)
  const considered = others.map((operator) => ({ operator, why: whyNot(operator, chosenIdleSince) }))
  considered.sort((a, b) => ORDER[a.why] - ORDER[b.why] || a.operator.idleSince - b.operator.idleSince)
  const idle = considered.filter(({ why }) => why === 'less-idle').slice(0, MOST_IDLE)
  const idleMs = idle.map(({ operator }): [string, number] => [operator.id, at - operator.idleSince])
  if (chosen !== undefined && chosenIdleSince !== undefined) idleMs.unshift([chosen, at - chosenIdleSince])
  return { idleMs: Object.fromEntries(idleMs), passed: grouped(considered) }
}

/** Of an operator of the queue who was not chosen. Without a chosen one, whoever is free has just become so. */
function whyNot(operator: Operator, chosenIdleSince: number | undefined): PassedOver {
  if (operator.status.kind !== 'ready') return BUSY[operator.status.kind]
  if (!isReachable(operator)) return 'disconnected'
  if (operator.callId !== undefined) return 'in-call'
  const longer = chosenIdleSince === undefined || operator.idleSince < chosenIdleSince
  return longer ? 'just-free' : 'less-idle'
}

const BUSY: Record<Exclude<StatusKind, 'ready'>, PassedOver> = {
  preparing: 'preparing',
  ringing: 'ringing',
  talking: 'in-call',
  dialling: 'in-call',
  held: 'in-call',
  internal: 'in-call',
  'wrap-up': 'wrap-up',
  'short-break': 'break',
  lunch: 'break',
  'other-work': 'other-work',
}

/** The nearer somebody was to getting the call, the earlier he is named. */
const ORDER: Record<PassedOver, number> = {
  'less-idle': 0,
  'just-free': 1,
  disconnected: 2,
  ringing: 3,
  'wrap-up': 4,
  'in-call': 5,
  'other-work': 6,
  break: 7,
  preparing: 8,
}

function grouped(considered: { operator: Operator; why: PassedOver }[]): Decision['passed'] {
  const groups = new Map<PassedOver, { operators: UserId[]; more: number }>()
  considered.forEach(({ operator, why }, i) => {
    const group = groups.get(why) ?? { operators: [], more: 0 }
    if (i < MOST_NAMED) group.operators.push(operator.id)
    else group.more++
    groups.set(why, group)
  })
  return [...groups].map(([why, { operators, more }]) => ({ why, operators, ...(more > 0 ? { more } : {}) }))
}
