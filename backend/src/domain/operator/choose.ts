import { sameChoice, type Choice } from '@tsunagu/contract'
import type { Operator, OperatorEvent, OperatorStep, Status } from './operator.js'

/**
 * A status button was pressed. During a call the choice waits until it ends. 小休憩 pressed again goes back to the status
 * before it, 昼休憩 and 別作業 pressed again to 準備中 (operator manual 3-4, 3-6).
 */
export function choose(operator: Operator, event: OperatorEvent & { type: 'choose' }): OperatorStep {
  const { choice, at } = event
  if (operator.callId !== undefined) return { next: chooseNext(operator, choice) }
  const pressedAgain = sameChoice(operator.status, choice)
  if (pressedAgain && choice.kind === 'ready') return { refused: 'stale' }
  const status: Status = pressedAgain ? afterBreak(operator, at) : { ...choice, since: at }
  return { next: withStatus(operator, status) }
}

/** A supervisor chose: it counts as if the operator had, but never takes a status off. During a call it is for after it. */
export function assign(
  operator: Operator,
  { choice, at }: OperatorEvent & { type: 'assigned' },
): OperatorStep {
  if (operator.supervises) return { refused: 'wrong-state' }
  if (operator.callId !== undefined) return { next: { ...operator, next: choice } }
  if (sameChoice(operator.status, choice)) return { refused: 'stale' }
  return { next: withStatus(operator, { ...choice, since: at, reason: 'by-supervisor' }) }
}

/** The operator in a status he chose; remembers where a 小休憩 began. */
export function withStatus(operator: Operator, status: Status): Operator {
  const { before: _before, next: _next, ...rest } = operator
  const next: Operator = { ...rest, status }
  if (status.kind === 'ready') next.idleSince = status.since
  if (status.kind === 'short-break') next.before = returnTo(operator)
  return next
}

function chooseNext(operator: Operator, choice: Choice): Operator {
  const { next, ...rest } = operator
  return next && sameChoice(next, choice) ? rest : { ...rest, next: choice }
}

/** A break within a break goes back to what was before the first. */
function returnTo({ status: { kind, work }, before }: Operator): Pick<Status, 'kind' | 'work'> {
  if (kind === 'short-break') return before ?? { kind: 'preparing' }
  return work === undefined ? { kind } : { kind, work }
}

function afterBreak(operator: Operator, at: number): Status {
  if (operator.status.kind !== 'short-break') return { kind: 'preparing', since: at }
  return { ...(operator.before ?? { kind: 'preparing' }), since: at }
}
