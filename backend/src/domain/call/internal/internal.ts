/** A call between two extensions. */
import type { CallId, PageId, UserId } from '@tsunagu/contract'
import type { CallBase, CallLimits, Ended, EndReason, Leg } from '../call.js'
import type { CallEffect, Move, OperatorNews } from '../messages.js'
import { callPhone, newLeg, tell } from '../parts.js'
import { retune, type Sound, type Sounds } from '../sounds.js'

/** One of the two. Without a leg he may be reloading his page, and has until `awayUntil` to come back. */
export interface End {
  operatorId: UserId
  leg?: Leg
  awayUntil?: number
}

/** Both legs are made at once (ring = connect); the first end is the one who dialled. Times are UTC ms. */
export type Internal = CallBase & {
  status: 'internal'
  ends: [End, End]
  since: number
  /** Not answered until then: given up. */
  expiresAt: number
  /** 「通話」 was pressed; the talk begins when both legs are up. */
  pressed: boolean
  talkingSince?: number
  /** 「保留」 was pressed here: the other hears music. */
  heldBy?: UserId
}

export interface InternalOrder {
  id: CallId
  at: number
  from: { operatorId: UserId; page: PageId }
  to: { operatorId: UserId; page: PageId }
}

/** Rings at the one and connects the other, who hears it ring. */
export function dialExtension({ id, at, from, to }: InternalOrder, limits: CallLimits): Move<Internal> {
  const first = newLeg({ id, legs: 0 }, { at, page: from.page }, limits)
  const second = newLeg(first.visit, { at, page: to.page }, limits)
  const next: Internal = {
    id,
    legs: second.visit.legs,
    status: 'internal',
    ends: [
      { operatorId: from.operatorId, leg: first.leg },
      { operatorId: to.operatorId, leg: second.leg },
    ],
    since: at,
    expiresAt: at + limits.dialMs,
    pressed: false,
  }
  return { next, effects: [callPhone(first.leg, from.operatorId), callPhone(second.leg, to.operatorId)] }
}

/** Who hears what: the two each other, or one music or the tone of ringing while the other is not there. */
export function soundsOf(call: Internal): Sounds {
  const sounds = new Map<string, Sound>()
  call.ends.forEach((own, i) => {
    if (own.leg?.up) sounds.set(own.leg.id, heard(call, own, i))
  })
  return sounds
}

function heard(call: Internal, own: End, i: number): Sound {
  if (call.talkingSince === undefined) return i === 0 ? 'ringing' : 'silence'
  if (call.heldBy === own.operatorId) return 'silence'
  const other = call.ends[1 - i]
  return call.heldBy === undefined && other?.leg?.up ? 'talk' : 'music'
}

/** A change of the call with the sound that follows from it. */
export function change(before: Internal, next: Internal, also: CallEffect[] = []): Move<Internal> {
  return { next, effects: [...retune(next, soundsOf(before), soundsOf(next)), ...also] }
}

/** The end for both; each is told what it means for him. */
export function endInternal(
  call: Internal,
  at: number,
  ending: { reason: EndReason; first: OperatorNews; second: OperatorNews },
): Move<Ended> {
  const [first, second] = call.ends
  const channels = call.ends.flatMap(({ leg }) => (leg ? [leg.id] : []))
  return {
    next: { id: call.id, legs: call.legs, status: 'ended', since: at, reason: ending.reason, channels },
    effects: [
      ...channels.map((channel): CallEffect => ({ do: 'hang-up', channel })),
      { do: 'destroy-bridge', bridge: `${call.id}:talk` },
      tell(first.operatorId, ending.first),
      tell(second.operatorId, ending.second),
    ],
  }
}
