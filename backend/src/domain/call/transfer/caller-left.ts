import type { CallLimits, Stranded, Talking, Visit } from '../call.js'
import type { Move } from '../messages.js'
import type { Consulting, OperatorTarget, OutsideTarget } from './consult.js'
import { dropTarget } from './drop-target.js'
import type { Internal } from '../internal/internal.js'
import { end, tell, visitOf } from '../parts.js'

/** The caller hung up while his transfer was arranged: the operator goes on with the target, or is freed (operator.md 6). */
export function callerLeft(call: Consulting, at: number, limits: CallLimits): Move {
  const { target } = call
  if (target.answeredAt === undefined) {
    const over = end(call, at, { reason: 'caller-hung-up', news: { type: 'call-ended' } })
    return { next: over.next, effects: [...dropTarget(call, at), ...over.effects] }
  }
  const internal = target.kind === 'operator'
  const { number, since: calledAt, answeredAt } = target
  const next = internal ? amongOperators(call, target, limits) : withOutside(call, target)
  const caller = { number: call.callerNumber, reached: call.dialled }
  const news = { type: 'caller-left', number, internal, calledAt, answeredAt, caller } as const
  return { next, effects: [tell(call.operatorId, news)] }
}

/** The target is the call's party now, as if it had been called alone. */
function withOutside(call: Consulting, target: OutsideTarget): Talking | Stranded {
  const { operatorId, waitedMs, leg, until } = call
  const since = target.answeredAt ?? target.since
  const { presented: _before, ...before } = visitOf(call)
  const visit: Visit = {
    ...before,
    direction: 'out',
    far: target.channel,
    dialled: target.number,
    callerNumber: target.number,
    ...(target.presented === undefined ? {} : { presented: target.presented }),
  }
  const rest = { ...visit, operatorId, waitedMs }
  if (leg?.up) return { ...rest, leg, status: 'talking', since }
  const away = { ...rest, ...(leg ? { leg } : {}), status: 'stranded' as const }
  return { ...away, since, talkingSince: since, until: until ?? since }
}

function amongOperators(call: Consulting, target: OperatorTarget, limits: CallLimits): Internal {
  const { id, legs, operatorId, leg, until } = call
  const since = target.answeredAt ?? target.since
  return {
    id,
    legs,
    status: 'internal',
    ends: [
      { operatorId, ...(leg ? { leg } : {}), ...(until === undefined ? {} : { awayUntil: until }) },
      { operatorId: target.operatorId, leg: target.leg },
    ],
    since: target.since,
    expiresAt: target.since + limits.dialMs,
    pressed: true,
    talkingSince: since,
  }
}
