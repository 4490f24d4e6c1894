import type { UserId } from '@tsunagu/contract'
import type { Call, Leg } from '../call/call.js'
import type { Internal } from '../call/internal/internal.js'
import { isWithOperator } from '../call/names.js'
import { targetChannel } from '../call/transfer/consult.js'
import type { Heard } from './listening.js'

/**
 * Where the operator can be heard in this call: from the moment in which somebody speaks to him until it is over for him.
 * While his phone is on its way back there is no leg; on hold there is one, with nobody at the other end.
 */
export function heardOf(call: Call | undefined, operator: UserId): Heard | undefined {
  const there = call && placeOf(call, operator)
  if (!call || !there) return undefined
  const { leg, party } = there
  if (!leg?.up) return { callId: call.id }
  return { callId: call.id, leg: leg.id, ...(party === undefined ? {} : { with: party }) }
}

interface Place {
  leg?: Leg | undefined
  party?: string | undefined
}

function placeOf(call: Call, operator: UserId): Place | undefined {
  if (call.status === 'internal') return insidePlace(call, operator)
  if (
    call.status === 'consulting' &&
    call.target.kind === 'operator' &&
    call.target.operatorId === operator
  ) {
    const { answeredAt, leg } = call.target
    return answeredAt === undefined ? undefined : { leg, party: call.leg?.id }
  }
  return isWithOperator(call) && call.operatorId === operator ? ownPlace(call) : undefined
}

function insidePlace({ ends, talkingSince, heldBy }: Internal, operator: UserId): Place | undefined {
  const own = ends.find(({ operatorId }) => operatorId === operator)
  const other = ends.find(({ operatorId }) => operatorId !== operator)
  if (!own || talkingSince === undefined) return undefined
  return { leg: own.leg, party: heldBy === undefined ? other?.leg?.id : undefined }
}

function ownPlace(call: Extract<Call, { operatorId: UserId; waitedMs: number }>): Place | undefined {
  switch (call.status) {
    case 'talking':
      return { leg: call.leg, party: call.far }
    case 'consulting':
      return {
        leg: call.leg,
        party: call.target.answeredAt === undefined ? undefined : targetChannel(call.target),
      }
    case 'held':
    case 'stranded':
      return { leg: call.leg }
    default:
      return undefined
  }
}
