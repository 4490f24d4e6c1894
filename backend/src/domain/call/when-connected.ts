import type { CallLimits, Connecting, Talking } from './call.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { backInLine, end, leaveForMusic, stale, tell } from './parts.js'
import { whileInTalk } from './while-in-talk.js'

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
  return { next: step.next, effects: [...leaveForMusic(call), ...step.effects] }
}

/** The two talk. */
export function whenTalking(call: Talking, event: CallEvent, limits: CallLimits): CallStep {
  return event.type === 'hold' ? hold(call, event.at) : whileInTalk(call, event, limits)
}

/** The caller goes out of the bridge, to music; the leg stays in it, and hears nothing. */
function hold(call: Talking, at: number): Move {
  const { since, ...rest } = call
  return {
    next: { ...rest, status: 'held', since: at, talkingSince: since },
    effects: [...leaveForMusic(call), tell(call.operatorId, { type: 'call-held' })],
  }
}
