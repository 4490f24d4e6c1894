import type { LegId, PageId, UserId } from '@tsunagu/contract'
import type { CallLimits, Ended, Leg } from '../call.js'
import type { CallEvent, CallStep, Move, OperatorNews } from '../messages.js'
import { change, endInternal, type End, type Internal } from './internal.js'
import { callPhone, dropLeg, newLeg, outOfPlace, refused, stale, tell } from '../parts.js'

/** Two extensions: rings, is up, and either may hold, lose his phone for a while, or hang up (operator.md 6). */
export function whenInternal(call: Internal, event: CallEvent, limits: CallLimits): CallStep {
  const at = endConcerned(call, event)
  if (event.type === 'deadline') return deadline(call, event.at)
  if (at === undefined) return stale
  switch (event.type) {
    case 'leg-up':
      return legUp(call, at, event)
    case 'leg-gone':
    case 'phone-gone':
      return away(call, at, { at: event.at, limits })
    case 'phone-ready':
      return back(call, at, { event, limits })
    case 'answer':
      return at === 1 && call.talkingSince === undefined
        ? begin(call, { ...call, pressed: true }, event.at)
        : refused('wrong-state')
    case 'hang-up':
      return hangUp(call, at, event.at)
    case 'operator-out':
      return lost(call, at, event.at)
    case 'hold':
      return call.talkingSince !== undefined && call.heldBy === undefined
        ? held(call, { ...call, heldBy: event.operatorId }, event.operatorId)
        : refused('wrong-state')
    case 'resume':
      return call.heldBy === event.operatorId ? resumed(call, event.operatorId) : refused('wrong-state')
    default:
      return outOfPlace(event)
  }
}

/** Which of the two ends an event is about. */
function endConcerned(call: Internal, event: CallEvent): 0 | 1 | undefined {
  const found = call.ends.findIndex(({ leg, operatorId }) => {
    if ('leg' in event) return leg?.id === event.leg
    return 'operatorId' in event && event.operatorId === operatorId
  })
  return found === 0 || found === 1 ? found : undefined
}

function withEnd(call: Internal, at: 0 | 1, end: End): Internal {
  return { ...call, ends: at === 0 ? [end, call.ends[1]] : [call.ends[0], end] }
}

function legUp(call: Internal, at: 0 | 1, event: { at: number; leg: LegId }): CallStep {
  const end = call.ends[at]
  if (!end.leg || end.leg.up) return stale
  const leg: Leg = { ...end.leg, up: true }
  return begin(call, withEnd(call, at, { operatorId: end.operatorId, leg }), event.at)
}

/** The talk begins once it was answered and both can be heard; until then this is just the next state. */
function begin(before: Internal, next: Internal, at: number): Move {
  const both = next.ends.every(({ leg }) => leg?.up)
  if (!next.pressed || !both || next.talkingSince !== undefined) return change(before, next)
  const told = next.ends.map(({ operatorId }) => tell(operatorId, { type: 'call-answered' }))
  return change(before, { ...next, talkingSince: at }, told)
}

function held(before: Internal, next: Internal, by: UserId): Move {
  return change(before, next, [tell(by, { type: 'call-held' })])
}

function resumed(call: Internal, by: UserId): Move {
  const { heldBy: _over, ...next } = call
  return change(call, next, [tell(by, { type: 'call-resumed' })])
}

/** His page is being reloaded, most likely: he has as long as with any call. */
function away(call: Internal, at: 0 | 1, { at: now, limits }: { at: number; limits: CallLimits }): Move {
  const { operatorId, leg } = call.ends[at]
  const within = call.talkingSince === undefined ? limits.legMs : limits.rejoinMs
  const next = withEnd(call, at, { operatorId, awayUntil: now + within })
  const { effects } = change(call, next)
  return { next, effects: [...effects, ...dropLeg(leg)] }
}

interface Back {
  event: { at: number; page: PageId }
  limits: CallLimits
}

function back(call: Internal, at: 0 | 1, { event, limits }: Back): CallStep {
  const { operatorId, leg: before, awayUntil } = call.ends[at]
  if (before?.page === event.page) return stale
  const { visit, leg } = newLeg(call, event, limits)
  const until = awayUntil ?? event.at + limits.rejoinMs
  const next = { ...withEnd(call, at, { operatorId, leg, awayUntil: until }), legs: visit.legs }
  const { effects } = change(call, next)
  return { next, effects: [...effects, ...dropLeg(before), callPhone(leg, operatorId)] }
}

const WITHDRAWN: OperatorNews = { type: 'call-withdrawn' }
const OVER: OperatorNews = { type: 'call-ended' }

function hangUp(call: Internal, at: 0 | 1, now: number): Move<Ended> {
  if (call.talkingSince !== undefined) {
    return endInternal(call, now, { reason: 'operator-hung-up', first: OVER, second: OVER })
  }
  if (at === 0) {
    return endInternal(call, now, {
      reason: 'not-reached',
      first: { type: 'call-failed' },
      second: WITHDRAWN,
    })
  }
  const first = { type: 'call-failed', reason: 'declined' } as const
  return endInternal(call, now, {
    reason: 'not-reached',
    first,
    second: { type: 'call-missed', reason: 'rejected' },
  })
}

/** One of them does not come back. */
function lost(call: Internal, at: 0 | 1, now: number): Move<Ended> {
  if (call.talkingSince !== undefined) return hangUp(call, at, now)
  if (at === 0) {
    const first = { type: 'call-failed', reason: 'phone-failed' } as const
    return endInternal(call, now, { reason: 'not-reached', first, second: WITHDRAWN })
  }
  const first = { type: 'call-failed', reason: 'unreachable' } as const
  const second = { type: 'call-missed', reason: 'phone-failed' } as const
  return endInternal(call, now, { reason: 'not-reached', first, second })
}

function deadline(call: Internal, now: number): CallStep {
  const overdue = call.ends.findIndex((end) => now >= (dueOf(end) ?? Infinity))
  if (overdue === 0 || overdue === 1) return lost(call, overdue, now)
  if (call.talkingSince !== undefined || now < call.expiresAt) return stale
  const first = { type: 'call-failed', reason: 'unanswered' } as const
  const second = { type: 'call-missed', reason: 'no-answer' } as const
  return endInternal(call, now, { reason: 'not-reached', first, second })
}

/** Until when an end without a living leg must have one. */
export function dueOf({ leg, awayUntil }: End): number | undefined {
  if (leg?.up) return undefined
  return awayUntil ?? leg?.dueAt
}
