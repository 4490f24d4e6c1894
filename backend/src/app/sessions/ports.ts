/** What logging in needs of the world besides `app/ports.ts`. */
import type { UserId } from '@tsunagu/contract'
import type { Session } from '../../domain/session/session.js'

export interface Passwords {
  hash(password: string): Promise<string>
  /** `undefined` stands for an unknown user: takes as long as a wrong password and is `false`. */
  verify(password: string, hash: string | undefined): Promise<boolean>
}

/** Who tries to log in: the counters run per user and per address. */
export interface LoginTry {
  userId: string
  /** The browser's IP address. */
  address: string
}

/** Brute force made slow. Counts failures; a login that worked clears its user's count. */
export interface LoginLimiter {
  /** Counts the try; ms to wait when there were too many, else `undefined`. */
  admit(attempt: LoginTry): Promise<number | undefined>
  failed(attempt: LoginTry): Promise<void>
  passed(attempt: LoginTry): Promise<void>
}

/** The connections of the browsers, as they are at this moment. */
export interface Links {
  /** How many sockets this session has open. */
  open(session: Session): number
}

/** The alarms of a user's session in `Alarms`: both begin with `session-`. */
export const graceAlarm = (id: UserId): string => `session-grace:${id}`
export const expiryAlarm = (id: UserId): string => `session-expiry:${id}`
