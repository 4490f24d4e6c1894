import type { CallLimits, OnHold } from './call.js'
import type { CallEvent, CallStep, Move } from './messages.js'
import { bridgeOf, callerOf } from './names.js'
import { consult } from './transfer/when-consulting.js'
import { tell } from './parts.js'
import { whileInTalk } from './while-in-talk.js'

/** 保留中: the caller hears music, the operator nothing (operator manual 3-5). */
export function whenHeld(call: OnHold, event: CallEvent, limits: CallLimits): CallStep {
  switch (event.type) {
    case 'resume':
      return resume(call)
    case 'consult':
      return consult(call, event, limits)
    default:
      return whileInTalk(call, event, limits)
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
