import type { DialFailure } from '@tsunagu/contract'
import type { CallEvent, CallStep, Move, OperatorNews } from '../messages.js'
import { soundsOf, type Consulting, type OperatorTarget, type OutsideTarget } from './consult.js'
import { dropTarget, targetOver } from './drop-target.js'
import { outOfPlace, refused, stale, tell } from '../parts.js'
import { retune } from '../sounds.js'

/** What the target of a transfer does, or its phone; `undefined` when the event is about somebody else. */
export function targetNews(call: Consulting, event: CallEvent): CallStep | undefined {
  const { target } = call
  switch (target.kind) {
    case 'operator':
      return isAbout(target, event) ? operatorNews(call, target, event) : undefined
    case 'outside':
      return 'channel' in event && event.channel === target.channel
        ? outsideNews(call, target, event)
        : undefined
    case 'queue':
      return undefined
  }
}

function isAbout(target: OperatorTarget, event: CallEvent): boolean {
  if ('leg' in event) return event.leg === target.leg.id
  return 'operatorId' in event && event.operatorId === target.operatorId
}

function operatorNews(call: Consulting, target: OperatorTarget, event: CallEvent): CallStep {
  switch (event.type) {
    case 'leg-up': {
      if (target.leg.up) return stale
      const up = { ...target, leg: { ...target.leg, up: true } }
      return target.pressed ? answered(call, up, event.at) : { next: { ...call, target: up }, effects: [] }
    }
    case 'answer':
      if (target.answeredAt !== undefined) return refused('wrong-state')
      if (target.leg.up) return answered(call, target, event.at)
      return { next: { ...call, target: { ...target, pressed: true } }, effects: [] }
    case 'hang-up':
      return leaves(call, event.at, { why: 'declined', missed: 'rejected' })
    case 'phone-ready':
      if (event.page === target.leg.page) return stale
      return leaves(call, event.at, { why: 'unreachable', missed: 'phone-lost' })
    case 'leg-gone':
    case 'phone-gone':
    case 'operator-out':
      return leaves(call, event.at, { why: 'unreachable', missed: 'phone-failed' })
    default:
      return outOfPlace(event)
  }
}

function outsideNews(call: Consulting, target: OutsideTarget, event: CallEvent): CallStep {
  switch (event.type) {
    case 'party-ready': {
      if (target.ready) return stale
      const next: Consulting = { ...call, target: { ...target, ready: true } }
      const timeoutMs = Math.max(target.expiresAt - event.at, 0)
      const tuned = retune(call, soundsOf(call), soundsOf(next))
      return { next, effects: [...tuned, { do: 'dial-out', channel: target.channel, timeoutMs }] }
    }
    case 'party-up':
      return target.answeredAt === undefined ? answered(call, target, event.at) : stale
    case 'party-gone':
      return targetOver(call, event.at, {
        onTarget: dropTarget(call, event.at),
        reason: target.answeredAt === undefined ? event.why : 'target-left',
      })
    default:
      return stale
  }
}

/** 通話中 with the target. */
function answered(call: Consulting, target: OperatorTarget | OutsideTarget, at: number): Move {
  const next: Consulting = { ...call, target: { ...target, answeredAt: at } }
  const toTarget = target.kind === 'operator' ? [tell(target.operatorId, { type: 'call-answered' })] : []
  return {
    next,
    effects: [
      ...retune(call, soundsOf(call), soundsOf(next)),
      tell(call.operatorId, { type: 'consult-answered' }),
      ...toTarget,
    ],
  }
}

interface Leaving {
  why: DialFailure
  missed: 'rejected' | 'phone-lost' | 'phone-failed'
}

function leaves(call: Consulting, at: number, { why, missed }: Leaving): Move {
  const spoke = call.target.answeredAt !== undefined
  const news: OperatorNews = spoke ? { type: 'call-ended' } : { type: 'call-missed', reason: missed }
  return targetOver(call, at, {
    onTarget: dropTarget(call, at, news),
    reason: spoke ? 'target-left' : why,
  })
}
