import type { UserId } from '@tsunagu/contract'
import type { Session } from '../../domain/session/session.js'

export const userRoom = (id: UserId): string => `user:${id}`
/** The pages of everybody who has a phone. */
export const OPERATORS_ROOM = 'operators'
export const SUPERVISORS_ROOM = 'supervisors'
export const sessionRoom = (session: Session): string => `session:${session.tokenHash}`
