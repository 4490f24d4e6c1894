import type { CallId, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'

/*
 *            ┌──────────────── no answer, rejected, no phone ───────────────┐
 *            ▼                                                              │
 *  enter ► waiting ── offer ──► offered ── answer + leg up ──► connecting ──┤
 *            ▲                                                     │ bridged
 *            │ 30 s without the operator                           ▼
 *            └───────────────────────── stranded ◄── leg lost ── talking
 *                                           └─── leg is back ──────▲
 *  talking ◄── resume ── held ◄── hold ── talking ── park ──► parked ── take ──► offered
 *  Every status ── caller gone, or hung up by the operator ──► ended
 */

/** How an ended call ended. `abandoned`: nobody was spoken to. */
export type EndReason = 'caller-hung-up' | 'operator-hung-up' | 'abandoned'

/** What stays the same in every status. Times are UTC ms. */
export interface Visit {
  id: CallId
  queueId: QueueId
  /** The trunk number that was dialled. */
  dialled: string
  /** Empty when withheld. */
  callerNumber: string
  /** First entry into the queue; kept when the call goes back to it (metrics.md). */
  enteredAt: number
  /** Place in line: callers are served in this order, whichever queue they wait in. */
  entry: number
  /** Came back from an operator who vanished: served before all others. */
  priority: boolean
  /** The trunk was answered, so the caller can hear music. Before, he hears his carrier's ringing. */
  picked: boolean
  /** How many legs this call has had; the next one's number. */
  legs: number
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
interface WithOperator {
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
export type Ended = Visit & { status: 'ended'; since: number; reason: EndReason; operatorId?: UserId }

export type Call = Waiting | Offered | Connecting | Talking | OnHold | Stranded | Parked | Ended
export type CallWithOperator = Offered | Connecting | Talking | OnHold | Stranded

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
}

export type CallEvent =
  | { type: 'offer'; at: number; operatorId: UserId; page: PageId; ringMs: number }
  | { type: 'leg-up'; at: number; leg: LegId }
  | { type: 'leg-gone'; at: number; leg: LegId }
  /** This page of the operator owns the phone, and the phone is registered: a leg would arrive. */
  | { type: 'phone-ready'; at: number; operatorId: UserId; page: PageId }
  /** The operator's page is gone: reload, crash, lost network. */
  | { type: 'phone-gone'; at: number; operatorId: UserId }
  | { type: 'answer'; at: number; operatorId: UserId }
  /** Caller and operator are in one bridge. */
  | { type: 'bridged'; at: number; leg: LegId }
  | { type: 'bridge-failed'; at: number; leg: LegId }
  /** 「切断」: rejects while ringing, ends the call afterwards. */
  | { type: 'hang-up'; at: number; operatorId: UserId }
  /** 「保留」, and pressed again. */
  | { type: 'hold'; at: number; operatorId: UserId }
  | { type: 'resume'; at: number; operatorId: UserId }
  /** 「パーク保留」 in a call. Writing the call claims the slot. */
  | { type: 'park'; at: number; operatorId: UserId; slot: number }
  /** Somebody takes the call out of its slot; he has been claimed for it before. */
  | { type: 'take'; at: number; operatorId: UserId; page: PageId }
  /** The one who parked it cannot be rung. */
  | { type: 'no-ring-back'; at: number }
  /** The operator's login is over. */
  | { type: 'operator-out'; at: number; operatorId: UserId }
  | { type: 'caller-gone'; at: number }
  /** The alarm of `nextDeadline` rang. */
  | { type: 'deadline'; at: number }

/** What a call tells its operator. */
export type OperatorNews =
  | { type: 'call-answered' }
  | { type: 'call-held' }
  | { type: 'call-resumed' }
  /** Talked and ended: wrap-up follows. */
  | { type: 'call-ended' }
  /** The caller left before anybody spoke to him: back to where the operator was. */
  | { type: 'call-withdrawn' }
  | { type: 'call-missed'; reason: 'no-answer' | 'rejected' | 'phone-lost' | 'phone-failed' }

/** Everything a call can ask of the outside world. Data, so that a test can read it. */
export type CallEffect =
  | { do: 'ring-caller'; channel: string }
  | { do: 'answer-caller'; channel: string }
  | { do: 'start-music'; channel: string }
  | { do: 'stop-music'; channel: string }
  | { do: 'call-phone'; leg: LegId; operatorId: UserId }
  | { do: 'hang-up'; channel: string }
  | { do: 'make-bridge'; bridge: string }
  /** Puts both into the bridge; answered by `bridged` or `bridge-failed`. */
  | { do: 'join'; bridge: string; caller: string; leg: LegId }
  | { do: 'leave'; bridge: string; channel: string }
  | { do: 'destroy-bridge'; bridge: string }
  | { do: 'tell-operator'; operatorId: UserId; news: OperatorNews }
  /** The one who parked the call is to be rung with it. */
  | { do: 'ring-back'; operatorId: UserId }
  /** There is a caller to distribute. */
  | { do: 'dispatch' }

export type CallRefusal = 'stale' | 'wrong-state'
/** A change that takes place: the call as it is next, and what the world must do for it. */
export interface Move<Next extends Call = Call> {
  next: Next
  effects: CallEffect[]
}
export type CallStep = Move | { refused: CallRefusal }

export function isWithOperator(call: Call): call is CallWithOperator {
  return call.status !== 'waiting' && call.status !== 'parked' && call.status !== 'ended'
}

export const callerOf = (call: Visit): string => call.id
export const bridgeOf = (call: Visit): string => `${call.id}:talk`

/** Whether a channel or bridge name is one of ours, and of which call: `<call>:leg:<n>`, `<call>:talk`. */
export function ownerOf(name: string): { callId: CallId; kind: 'leg' | 'bridge' } | undefined {
  const found = /^(.+):(?:(leg):\d+|(talk))$/.exec(name)
  if (!found) return undefined
  return { callId: found[1] as CallId, kind: found[2] ? 'leg' : 'bridge' }
}
