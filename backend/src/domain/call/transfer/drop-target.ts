/** A transfer that does not come about: the target goes, the caller stays on hold. */
import type { DialFailure } from '@tsunagu/contract'
import type { OnHold, Stranded } from '../call.js'
import type { CallEffect, Move, OperatorNews } from '../messages.js'
import { soundsOf, targetChannel, type Consulting } from './consult.js'
import { tell, visitOf } from '../parts.js'

/** The target is hung up and told; `news` where it is not simply over for him. */
export function dropTarget(call: Consulting, at: number, news?: OperatorNews): CallEffect[] {
  const { target } = call
  const channel = targetChannel(target)
  if (channel === undefined) return []
  const over: OperatorNews = { type: target.answeredAt === undefined ? 'call-withdrawn' : 'call-ended' }
  return [
    { do: 'hang-up', channel },
    ...(target.kind === 'operator' ? [tell(target.operatorId, news ?? over)] : []),
    noteConsult(call, at),
  ]
}

/** The call to the target, for the history of the one who made it. */
export function noteConsult({ target, operatorId }: Consulting, at: number): CallEffect {
  const { number, since: startedAt, answeredAt, kind } = target
  const answered = answeredAt === undefined ? {} : { answeredAt }
  const consult = { number, internal: kind === 'operator', startedAt, ...answered, endedAt: at }
  return { do: 'note-consult', operatorId, consult }
}

interface Over {
  /** What is to be done to the target. */
  onTarget: CallEffect[]
  /** Told to the operator; absent: it was his own wish. */
  reason?: DialFailure | 'target-left'
}

/** Back on hold; while the operator's phone is away, waiting for it. */
export function targetOver(call: Consulting, at: number, { onTarget, reason }: Over): Move {
  const { operatorId, waitedMs, talkingSince, leg, until } = call
  const told = tell(operatorId, { type: 'consult-over', ...(reason === undefined ? {} : { reason }) })
  const rest = { ...visitOf(call), operatorId, waitedMs, talkingSince, since: at }
  if (!leg?.up) {
    const next: Stranded = {
      ...rest,
      ...(leg ? { leg } : {}),
      status: 'stranded',
      until: until ?? at,
      held: true,
    }
    return { next, effects: [...onTarget, told] }
  }
  const next: OnHold = { ...rest, leg, status: 'held' }
  const ringing = soundsOf(call).get(leg.id) === 'ringing'
  const quiet: CallEffect[] = ringing ? [{ do: 'stop-ringing', channel: leg.id }] : []
  return { next, effects: [...onTarget, ...quiet, told] }
}
