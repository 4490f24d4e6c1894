/** A transfer in preparation: the caller hears music, the operator calls and speaks to a target (operator.md 6). */
import type { PageId, QueueId, UserId } from '@tsunagu/contract'
import type { Leg, Visit, WithOperator } from '../call.js'
import type { Sound, Sounds } from '../sounds.js'

/** Whom to call. The operator has been claimed for it before, as for any call. */
export type TargetOrder =
  | { kind: 'outside'; number: string; presented?: string }
  | { kind: 'operator'; operatorId: UserId; number: string; page: PageId }
  | { kind: 'queue'; queueId: QueueId; number: string }

/** Times are UTC ms. */
interface Called {
  number: string
  since: number
  /** Not answered until then, it counts as absent. */
  expiresAt: number
  /** The two hear each other since. */
  answeredAt?: number
}

export type OutsideTarget = Called & {
  kind: 'outside'
  channel: string
  presented?: string
  /** Its channel is in our hands: the network's tones are heard through the bridge. */
  ready: boolean
}
export type OperatorTarget = Called & {
  kind: 'operator'
  operatorId: UserId
  leg: Leg
  /** 「通話」 was pressed there; it may be before his leg is up. */
  pressed: boolean
}
/** Nobody to speak to: the caller can be put into its line. */
export interface QueueTarget {
  kind: 'queue'
  queueId: QueueId
  number: string
  since: number
  answeredAt?: never
}
export type Target = OutsideTarget | OperatorTarget | QueueTarget

export type Consulting = Visit &
  WithOperator & {
    status: 'consulting'
    since: number
    /** Start of the talk with the caller, for the clock that goes on. */
    talkingSince: number
    target: Target
    /** Without the operator's phone until then, the transfer is completed or given up. */
    until?: number
  }

/** Two outside lines that we pay for and nobody watches end by themselves after this long, ms. */
export const LONGEST_OUTSIDE_MS = 4 * 3_600_000

/** Caller and target are among themselves; no operator has a part in it. */
export type HandedOver = Visit & {
  status: 'handed-over'
  since: number
  /** The target's channel. */
  other: string
  /** Until the target answers, the caller can still be brought back. */
  answered: boolean
  /** Not answered until then, the caller comes back; afterwards the longest that the two may talk at our cost. */
  expiresAt: number
}

/** The channel of a target that can be heard. */
export function targetChannel(target: Target): string | undefined {
  switch (target.kind) {
    case 'outside':
      return target.channel
    case 'operator':
      return target.leg.id
    case 'queue':
      return undefined
  }
}

/** Who hears what while a transfer is arranged. */
export function soundsOf(call: Consulting): Sounds {
  const { target, leg } = call
  const sounds = new Map<string, Sound>([[call.far, 'music']])
  const there = leg?.up === true
  if (there) sounds.set(leg.id, operatorHears(target))
  const channel = targetChannel(target)
  if (channel !== undefined && canHear(target)) sounds.set(channel, targetHears(target, there))
  return sounds
}

/** The network makes its own tones for an outside number; for an extension we make them. */
function operatorHears(target: Target): Sound {
  switch (target.kind) {
    case 'outside':
      return target.ready ? 'talk' : 'silence'
    case 'operator':
      return target.answeredAt === undefined ? 'ringing' : 'talk'
    case 'queue':
      return 'silence'
  }
}

const canHear = (target: Target): boolean =>
  (target.kind === 'outside' && target.ready) || (target.kind === 'operator' && target.leg.up)

function targetHears(target: Target, operatorThere: boolean): Sound {
  if (target.answeredAt === undefined) return target.kind === 'outside' ? 'talk' : 'silence'
  return operatorThere ? 'talk' : 'music'
}
