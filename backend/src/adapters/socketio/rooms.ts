import type { UserId } from '@tsunagu/contract'
import type { Session } from '../../domain/session/session.js'

export const userRoom = (id: UserId): string => `user:${id}`
export const sessionRoom = (session: Session): string => `session:${session.tokenHash}`
