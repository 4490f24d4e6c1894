import type { UserId } from '@tsunagu/contract'

/** A login. The cookie carries a random token; only its hash is stored. */
export interface Session {
  tokenHash: string
  userId: UserId
  /** UTC ms. */
  createdAt: number
  /** The SIP password made for this login; goes to the browser and to Asterisk, never into a log. */
  phoneSecret: string
}

const DAY_MS = 24 * 60 * 60 * 1000

/** A session nobody used for this long is over: no page was connected, and none was loaded. */
export const SESSION_LIFETIME_MS = 7 * DAY_MS

/** How long it is remembered why a session ended: a PC that slept over a night still learns it. */
export const END_REASON_KEPT_MS = DAY_MS
