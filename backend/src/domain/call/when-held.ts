import type { CallLimits, OnHold } from './call.js'
import { takeOver } from './give.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { bridgeOf, callerOf } from './names.js'
import { newPage, outOfCall, strand } from './lose-phone.js'
import { consult } from './transfer/when-consulting.js'
import { end, park, refused, stale, tell } from './parts.js'

/** 保留中: the caller hears music, the operator nothing (operator manual 3-5). */
export function whenHeld(call: OnHold, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'resume':
      return resume(call)
    case 'park':
      return park(call, event, limits)
    case 'consult':
      return consult(call, event, limits)
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
    case 'answer':
    case 'hold':
    case 'transfer':
      return refused('wrong-state')
    default:
      return stale
  }
}

function resume(call: OnHold): Move {
  const { talkingSince, ...rest } = call
  const channel = callerOf(call)
  return {
    next: { ...rest, status: 'talking', since: talkingSince },
    effects: [
      { do: 'stop-music', channel },
      { do: 'join', bridge: bridgeOf(call), caller: channel, leg: call.leg.id },
      tell(call.operatorId, { type: 'call-resumed' }),
    ],
  }
}
