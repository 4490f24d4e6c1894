/** What is told to a call, and what a call asks for and tells. */
import type { DialFailure, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import type { Call } from './call.js'
import type { TargetOrder } from './transfer/consult.js'

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
  /** 「切断」 on a page that shows a target: never the end of the caller. */
  | { type: 'drop-target'; at: number; operatorId: UserId }
  /** 「保留」, and pressed again. */
  | { type: 'hold'; at: number; operatorId: UserId }
  | { type: 'resume'; at: number; operatorId: UserId }
  /** 「パーク保留」 in a call. Writing the call claims the slot. */
  | { type: 'park'; at: number; operatorId: UserId; slot: number }
  /** Somebody takes the call out of its slot; he has been claimed for it before. */
  | { type: 'take'; at: number; operatorId: UserId; page: PageId }
  /** A supervisor moves a waiting caller into another queue, or before all others of his. */
  | { type: 'move'; at: number; queueId: QueueId }
  | { type: 'front'; at: number }
  /** A supervisor takes the call away from the operator `from`; he himself has been claimed for it before. */
  | { type: 'take-over'; at: number; operatorId: UserId; page: PageId; from: UserId }
  /** The one who parked it cannot be rung. */
  | { type: 'no-ring-back'; at: number }
  /** The operator's login is over. */
  | { type: 'operator-out'; at: number; operatorId: UserId }
  | { type: 'caller-gone'; at: number }
  /** 「転送」: the target of the held call's transfer is called. */
  | { type: 'consult'; at: number; operatorId: UserId; target: TargetOrder }
  /** 「転送実行」 */
  | { type: 'transfer'; at: number; operatorId: UserId; ringMs: number }
  /** An outside channel that we made is in our hands, and may be dialled. */
  | { type: 'party-ready'; at: number; channel: string }
  /** The dialled party has answered. */
  | { type: 'party-up'; at: number; channel: string }
  | { type: 'party-gone'; at: number; channel: string; why: DialFailure }
  /** The alarm of `nextDeadline` rang. */
  | { type: 'deadline'; at: number }

/** What a call tells its operator. */
export type OperatorNews =
  | { type: 'call-answered' }
  | { type: 'call-held' }
  | { type: 'call-resumed' }
  /** Talked and ended: wrap-up follows. */
  | { type: 'call-ended'; reason?: 'taken-over' }
  /** The caller left before anybody spoke to him: back to where the operator was. */
  | { type: 'call-withdrawn' }
  | { type: 'call-missed'; reason: 'no-answer' | 'rejected' | 'phone-lost' | 'phone-failed' }
  /** His outgoing call found nobody; without a reason he gave it up himself. */
  | { type: 'call-failed'; reason?: DialFailure | 'phone-failed' }
  /** The target of his transfer is being called, has answered, or is no longer there. */
  | { type: 'consult-begun' }
  | { type: 'consult-answered' }
  | { type: 'consult-over'; reason?: DialFailure | 'target-left' }
  /** The caller hung up while he talked to the target, who is now the party of his call. */
  | {
      type: 'caller-left'
      number: string
      internal: boolean
      /** When the target was called, and when it answered: their talk is one line of the history. */
      calledAt: number
      answeredAt: number
      caller: { number: string; reached: string }
    }
  /** A call was transferred to him: while it still rang here, or as he talked to the one who had it. */
  | { type: 'call-handed'; answered: boolean }

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
  /** Puts channels into the bridge; who is gone meanwhile says so himself. */
  | { do: 'put'; bridge: string; channels: string[] }
  /** The tone of ringing, for an operator whose target is an extension. */
  | { do: 'start-ringing'; channel: string }
  | { do: 'stop-ringing'; channel: string }
  /** Makes an outside channel; answered by `party-ready`, after which it is dialled. */
  | { do: 'call-out'; channel: string; number: string; presented?: string }
  | { do: 'dial-out'; channel: string; timeoutMs: number }
  /** The conversation with a target is over, for the operator's history. */
  | { do: 'note-consult'; operatorId: UserId; consult: ConsultNote }
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

/** A call to a target, as it stands in the history of the one who made it. */
export interface ConsultNote {
  number: string
  internal: boolean
  startedAt: number
  answeredAt?: number
  endedAt: number
}
