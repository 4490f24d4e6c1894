import type { CallId, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import type { Consulting, HandedOver } from './transfer/consult.js'
import type { Internal } from './internal/internal.js'
import type { CallNotes } from '../records/record-call.js'

/*
 *            ┌──────────────── no answer, rejected, no phone ───────────────┐
 *            ▼                                                              │
 *  enter ► waiting ── offer ──► offered ── answer + leg up ──► connecting ──┤
 *            ▲                                                     │ bridged
 *            │ 30 s without the operator                           ▼
 *            └───────────────────────── stranded ◄── leg lost ── talking
 *                                           └─── leg is back ──────▲
 *  talking ◄── resume ── held ◄── hold ── talking ── park ──► parked ── take ──► offered
 *  dial ► dialling ── leg up, far end answers ──► talking        (the operator calls an outside number)
 *  held ── dial ──► consulting ── target gone, or 保留 ──► held, talking
 *                        └── 転送実行 ──► talking with the target | offered to it | waiting in its queue | handed over
 *  dial ► internal ──► ended                                      (two extensions: internal.ts)
 *  Every status ── caller gone, or hung up by the operator ──► ended
 */

/** How an ended call ended. `abandoned`: nobody was spoken to. `not-reached`: an outgoing call that nobody took. */
export type EndReason = 'caller-hung-up' | 'operator-hung-up' | 'abandoned' | 'not-reached'

/** What every call has. Times are UTC ms. */
export interface CallBase {
  id: CallId
  /** How many legs this call has had; the next one's number. */
  legs: number
  /** What the records know of it; put there after each step, which passes it by. */
  notes?: CallNotes
}

/**
 * One outside party's stay with us, whether he called or was called: what stays the same in every status.
 * An outgoing call has a queue, too: the one its party goes to when its operator vanishes.
 */
export interface Visit extends CallBase {
  queueId: QueueId
  direction: 'in' | 'out'
  /** The party's channel. */
  far: string
  /** How many outside channels we have made for this call; the next one's number. */
  fars: number
  /** The number that was dialled: ours by the caller, or the party's by the operator. */
  dialled: string
  /** The party's number; empty when withheld. */
  callerNumber: string
  /** 「外線」: what the dialled party sees. */
  presented?: string
  /** First entry into the queue; kept when the call goes back to it (metrics.md). */
  enteredAt: number
  /** Place in line: callers are served in this order, whichever queue they wait in. */
  entry: number
  /** Came back from an operator who vanished: served before all others. */
  priority: boolean
  /** A supervisor has sent him before all others of his queue, at this time. */
  front?: number
  /** The trunk was answered, so the caller can hear music. Before, he hears his carrier's ringing. */
  picked: boolean
}

/** The operator's one leg of this call. `up`: his page has accepted it, audio can flow. */
export interface Leg {
  id: LegId
  up: boolean
  /** The page it was made for: another page does not have its sound. */
  page: PageId
  /** Must be up by then, or it counts as lost. */
  dueAt: number
}

/** A call that has an operator. `leg` is absent between the loss of one and the making of the next. */
export interface WithOperator {
  operatorId: UserId
  leg?: Leg
  /** How long the caller had waited when this operator's phone began to ring, ms. */
  waitedMs: number
}

export type Waiting = Visit & { status: 'waiting'; since: number }
export type Offered = Visit &
  WithOperator & {
    status: 'offered'
    since: number
    /** The end of the ring time. */
    expiresAt: number
    /** 「通話」 was pressed before the leg was up: bridge as soon as it is. */
    answered: boolean
    /** Taken out of a slot: nothing rings, the operator waits for the sound. */
    taken?: true
    /** Without a leg: the page may be reloading, and has until then to come back. */
    phoneDueAt?: number
    /** A leg of this offer never came up; the next one that does not passes the call on. */
    refused?: true
  }
export type Connecting = Visit &
  WithOperator & {
    status: 'connecting'
    since: number
    leg: Leg
    taken?: true
    /** The bridge did not come about; who of the two is gone, Asterisk tells in a moment. */
    failedAt?: number
  }
export type Talking = Visit & WithOperator & { status: 'talking'; since: number; leg: Leg }
/** The caller hears music; the leg waits alone in the bridge. */
export type OnHold = Visit &
  WithOperator & {
    status: 'held'
    since: number
    leg: Leg
    /** Start of the talk, for the clock that goes on. */
    talkingSince: number
  }
export type Stranded = Visit &
  WithOperator & {
    status: 'stranded'
    since: number
    /** Start of the talk, for the clock that goes on. */
    talkingSince: number
    /** Without the operator until then, the call goes back to the head of its queue. */
    until: number
    /** It was on hold, and will be again. */
    held?: true
  }
/** In one of the six shared slots, with music; anybody may take it. */
export type Parked = Visit & {
  status: 'parked'
  since: number
  slot: number
  parkedBy: UserId
  /** Not taken until then, it rings back. */
  until: number
}
/** The operator hears the network's own tones through the bridge until the far end answers. */
export type Dialling = Visit &
  WithOperator & {
    status: 'dialling'
    since: number
    /** Nobody has answered until then: given up. */
    expiresAt: number
    /** The far channel has been ordered. */
    placed: boolean
    /** It has come into our hands, and was dialled. */
    ready?: true
    /** Without a leg: the page may be reloading, and has until then to come back. */
    phoneDueAt?: number
  }
/** Of a call between extensions there is no visit. */
export type Ended = CallBase &
  Partial<Visit> & {
    status: 'ended'
    since: number
    reason: EndReason
    operatorId?: UserId
    /** What must not be left of it in Asterisk. */
    channels: string[]
  }

export type Call =
  | Waiting
  | Offered
  | Connecting
  | Talking
  | OnHold
  | Stranded
  | Parked
  | Dialling
  | Consulting
  | HandedOver
  | Internal
  | Ended
export type CallWithOperator = Offered | Connecting | Talking | OnHold | Stranded | Dialling | Consulting

/** Time limits, ms. */
export interface CallLimits {
  /** A caller who finds nobody free hears his carrier's ringing this long before the music begins. */
  ringbackMs: number
  /** An announced leg must be up within this time, and a page that reloads be back. */
  legMs: number
  /** A phone that refused its leg has this long to turn out to be a page that is just being reloaded. */
  refusalMs: number
  /** REJOIN_SECONDS: how long a caller waits for an operator who vanished. */
  rejoinMs: number
  /** PARK_SECONDS: a parked call that nobody takes rings back after it. */
  parkMs: number
  /** How long a dialled party may ring. */
  dialMs: number
}
