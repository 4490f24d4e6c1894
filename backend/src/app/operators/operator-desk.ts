import type { Ack, Choice, LogoutReason, OperatorView, PageId, UserId } from '@tsunagu/contract'
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
  hangUp(id: UserId, page: PageId): Promise<Ack>
  sendDtmf(id: UserId, page: PageId, digits: string): Promise<Ack>
  view(id: UserId): Promise<OperatorView>
}
