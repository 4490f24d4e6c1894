import type { CallLimits, Connecting, Talking } from './call.js'
import { takeOver } from './give.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { bridgeOf, callerOf } from './names.js'
import { newPage, outOfCall, strand } from './lose-phone.js'
import { backInLine, end, park, refused, stale, tell } from './parts.js'

/** Between the click and the bridge: milliseconds, in which the caller may leave and nobody has spoken yet. */
export function whenConnecting(call: Connecting, event: CallEvent): CallStep {
  switch (event.type) {
    case 'bridged': {
      const { failedAt: _none, taken: _noMatter, ...rest } = call
      return {
        next: { ...rest, status: 'talking', since: event.at },
        effects: [{ do: 'tell-operator', operatorId: call.operatorId, news: { type: 'call-answered' } }],
      }
    }
    case 'caller-gone':
      return end(call, event.at, { reason: 'abandoned', news: { type: 'call-withdrawn' } })
    case 'bridge-failed':
      return { next: { ...call, failedAt: event.at }, effects: [] }
    case 'deadline':
      return call.failedAt === undefined ? stale : unconnected(call, event.at)
    case 'leg-gone':
    case 'phone-gone':
    case 'operator-out':
      return unconnected(call, event.at)
    case 'hang-up':
      return end(call, event.at, { reason: 'operator-hung-up', news: { type: 'call-ended' } })
    default:
      return stale
  }
}

/** Nobody spoke: the caller goes back in line, first, with music again. */
function unconnected(call: Connecting, at: number): Move {
  const step = backInLine({ ...call, priority: true }, at, { type: 'call-missed', reason: 'phone-lost' })
  const channel = callerOf(call)
  return {
    next: step.next,
    effects: [
      { do: 'leave', bridge: bridgeOf(call), channel },
      { do: 'start-music', channel },
      ...step.effects,
    ],
  }
}

/** The two talk. Whatever happens to the operator's browser, the caller is not cut. */
export function whenTalking(call: Talking, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'caller-gone':
      return end(call, event.at, { reason: 'caller-hung-up', news: { type: 'call-ended' } })
    case 'hang-up':
      return end(call, event.at, { reason: 'operator-hung-up', news: { type: 'call-ended' } })
    case 'leg-gone':
    case 'phone-gone':
      return strand(call, event.at, limits)
    case 'phone-ready':
      return event.page === call.leg.page ? stale : newPage(call, event, limits)
    case 'take-over':
      return event.from === call.operatorId ? takeOver(call, event, limits) : stale
    case 'operator-out':
      return outOfCall(call, event.at, limits)
    case 'hold':
      return hold(call, event.at)
    case 'park':
      return park(call, event, limits)
    case 'answer':
    case 'consult':
    case 'transfer':
    case 'resume':
      return refused('wrong-state')
    default:
      return stale
  }
}

/** The caller goes out of the bridge, to music; the leg stays in it, and hears nothing. */
function hold(call: Talking, at: number): Move {
  const { since, ...rest } = call
  const channel = callerOf(call)
  return {
    next: { ...rest, status: 'held', since: at, talkingSince: since },
    effects: [
      { do: 'leave', bridge: bridgeOf(call), channel },
      { do: 'start-music', channel },
      tell(call.operatorId, { type: 'call-held' }),
    ],
  }
}
