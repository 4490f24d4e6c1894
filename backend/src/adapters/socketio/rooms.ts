import type { UserId } from '@tsunagu/contract'
import type { Session } from '../../domain/session/session.js'

export const userRoom = (id: UserId): string => `user:${id}`
/** Every operator's pages. */
export const OPERATORS_ROOM = 'operators'
export const SUPERVISORS_ROOM = 'supervisors'
export const sessionRoom = (session: Session): string => `session:${session.tokenHash}`
