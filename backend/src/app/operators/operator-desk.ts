import type {
  Ack,
  Choice,
  ListenMode,
  LogoutReason,
  OperatorView,
  PageId,
  ParkSlot,
  ParksView,
  QualityBody,
  UserId,
} from '@tsunagu/contract'
import type { Session } from '../../domain/session/session.js'
import type { User } from '../ports.js'

/**
 * What a logged-in operator's pages may ask and tell. One request, one answer: `{ ok: true }`, or the code of a refusal;
 * a fault is thrown. Whatever changed is published as a new view, so callers need not answer with state.
 */
export interface OperatorDesk {
  /** A new login: 準備中, phone pushed to Asterisk. */
  logIn(user: User, session: Session): Promise<void>
  /** `in-call` refuses; anything else goes through and takes the phone away from Asterisk. */
  logOut(id: UserId): Promise<Ack>
  /** The login is over whatever the operator is doing (link lost, forced). A call goes back to its queue. */
  dropOut(id: UserId, reason: LogoutReason): Promise<void>
  claimPhone(id: UserId, page: PageId): Promise<Ack>
  releasePhone(id: UserId, page: PageId): Promise<Ack>
  /** The page's link is gone, cleanly or not. */
  pageGone(id: UserId, page: PageId): Promise<void>
  choose(id: UserId, choice: Choice): Promise<Ack>
  cancelNext(id: UserId): Promise<Ack>
  /** A call is worked only from the page that owns the phone; the others are refused with `not-phone-owner`. */
  answer(id: UserId, page: PageId): Promise<Ack>
  /** `text` as it stands in the dial field. Without a call it begins one; on hold, the call to the target of a transfer. */
  dial(id: UserId, page: PageId, text: string): Promise<Ack>
  /** 「転送実行」; `wrong-state` where no transfer is arranged. */
  transfer(id: UserId, page: PageId): Promise<Ack>
  /** 「外線」: a number of the company that outgoing calls present from now on. */
  present(id: UserId, number: string): Promise<Ack>
  hangUp(id: UserId, page: PageId): Promise<Ack>
  /** Hangs up the target of a transfer, and nobody else: `stale` when there is none (any more). */
  dropTarget(id: UserId, page: PageId): Promise<Ack>
  hold(id: UserId, page: PageId): Promise<Ack>
  resume(id: UserId, page: PageId): Promise<Ack>
  /** Into a free slot; `slot-taken` when another call has it. */
  park(id: UserId, page: PageId, slot: ParkSlot): Promise<Ack>
  /** Out of a slot, to this operator; `slot-empty` when it has no call (any more), `wrong-state` when he has one. */
  take(id: UserId, page: PageId, slot: ParkSlot): Promise<Ack>
  sendDtmf(id: UserId, page: PageId, digits: string): Promise<Ack>
  /** How the leg of his call sounds or sounded, as his page measured it; kept with the call. */
  noteQuality(id: UserId, page: PageId, report: QualityBody): Promise<Ack>
  /** Asks the supervisors for help, or withdraws it. */
  setAlert(id: UserId, on: boolean): Promise<Ack>
  /** A supervisor's: see `monitor:listen`. */
  listen(id: UserId, page: PageId, wish: { operatorId: UserId; mode: ListenMode }): Promise<Ack>
  /** `no-call` when he listens to nobody. */
  stopListening(id: UserId, page: PageId): Promise<Ack>
  parks(): Promise<ParksView>
  view(id: UserId): Promise<OperatorView>
}
