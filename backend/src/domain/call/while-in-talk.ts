import type { CallLimits, OnHold, Talking } from './call.js'
import { takeOver } from './give.js'
import { newPage, outOfCall, strand } from './lose-phone.js'
import type { CallEvent, CallStep } from './messages.js'
import { end, outOfPlace, park, stale } from './parts.js'

/** What 通話中 and 保留中 have in common. Whatever happens to the operator's browser, the caller is not cut. */
export function whileInTalk(call: Talking | OnHold, event: CallEvent, limits: CallLimits): CallStep {
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
    case 'park':
      return park(call, event, limits)
    default:
      return outOfPlace(event)
  }
}
