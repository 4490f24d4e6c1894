import type { UserId } from '@tsunagu/contract'
import type { Session } from './session.js'

/**
 * What a right user and password mean for a browser that already holds `held` (operator manual, section 1).
 * `resume`: its own session goes on. `replace`: another user sat here, who is logged out first. `fresh`: a new login.
 */
export type LoginPlan = 'resume' | 'replace' | 'fresh'

export function planLogin(user: UserId, held: Session | undefined): LoginPlan {
  if (held === undefined) return 'fresh'
  return held.userId === user ? 'resume' : 'replace'
}
