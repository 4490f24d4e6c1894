import type { ClientToServerEvents, PageId, ServerToClientEvents } from '@tsunagu/contract'
import type { DefaultEventsMap, Server, Socket } from 'socket.io'
import type { User } from '../../app/ports.js'
import type { Session } from '../../domain/session/session.js'

/** Who sits behind a socket; set before it counts as connected. */
export interface SocketData {
  user: User
  session: Session
  page: PageId
}

export type Sockets = Server<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>
export type PageSocket = Socket<ClientToServerEvents, ServerToClientEvents, DefaultEventsMap, SocketData>
