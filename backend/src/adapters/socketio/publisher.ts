import type { BoardChange, LogoutReason, OperatorView, ParksView, UserId } from '@tsunagu/contract'
import type { BoardPublisher } from '../../app/monitor/ports.js'
import type { Publisher } from '../../app/ports.js'
import type { Links } from '../../app/sessions/ports.js'
import type { Session } from '../../domain/session/session.js'
import type { SipLinks } from '../sip/sip-links.js'
import { OPERATORS_ROOM, SUPERVISORS_ROOM, sessionRoom, userRoom } from './rooms.js'
import type { Sockets } from './types.js'

/**
 * Speaks to the browsers. The use cases need it before the server exists (and the server needs the use cases), so it is
 * made first and connected later; until then there is nobody to speak to.
 */
export class BrowserPublisher implements Publisher, BoardPublisher, Links {
  private sockets: Sockets | undefined
  private sipLinks: SipLinks | undefined

  connect(sockets: Sockets, sipLinks: SipLinks): void {
    this.sockets = sockets
    this.sipLinks = sipLinks
  }

  operatorView(id: UserId, view: OperatorView): void {
    this.sockets?.to(userRoom(id)).emit('operator:view', view)
  }

  boardChange(change: BoardChange): void {
    this.sockets?.to(SUPERVISORS_ROOM).emit('board:change', change)
  }

  parks(view: ParksView): void {
    this.sockets?.to(OPERATORS_ROOM).emit('parks:view', view)
  }

  sessionEnded(session: Session, reason: LogoutReason): void {
    const room = sessionRoom(session)
    this.sockets?.to(room).emit('session:ended', reason)
    this.sockets?.in(room).disconnectSockets(true)
    this.sipLinks?.closeOf(session.tokenHash)
  }

  open(session: Session): number {
    return this.sockets?.of('/').adapter.rooms.get(sessionRoom(session))?.size ?? 0
  }
}
