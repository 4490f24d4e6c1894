import type { UserId } from '@tsunagu/contract'
import type { Call, Leg } from '../call/call.js'
import { isWithOperator } from '../call/names.js'
import type { Heard } from './listening.js'

/**
 * Where the operator can be heard in this call: from the moment in which somebody speaks to him until it is over for him.
 * While his phone is on its way back there is no leg; on hold there is one.
 */
export function heardOf(call: Call | undefined, operator: UserId): Heard | undefined {
  const there = call && legOf(call, operator)
  if (!call || !there) return undefined
  return { callId: call.id, ...(there.leg?.up ? { leg: there.leg.id } : {}) }
}

interface There {
  leg?: Leg | undefined
}

function legOf(call: Call, operator: UserId): There | undefined {
  if (call.status === 'internal') {
    const end = call.ends.find(({ operatorId }) => operatorId === operator)
    return end && call.talkingSince !== undefined ? { leg: end.leg } : undefined
  }
  if (call.status === 'consulting' && call.target.kind === 'operator') {
    const { operatorId, answeredAt, leg } = call.target
    if (operatorId === operator) return answeredAt === undefined ? undefined : { leg }
  }
  if (!isWithOperator(call) || call.operatorId !== operator) return undefined
  switch (call.status) {
    case 'talking':
    case 'held':
    case 'consulting':
    case 'stranded':
      return { leg: call.leg }
    case 'offered':
    case 'connecting':
    case 'dialling':
      return undefined
  }
}
