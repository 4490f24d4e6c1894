import type { LogoutReason } from '@tsunagu/contract'

/**
 * How a page's connection ended. `silent`: nothing was heard for too long, as when the PC sleeps or the network is cut.
 * `closed`: somebody closed it (the browser, the server); closing the browser is not a logout.
 */
export type LinkEnd = 'silent' | 'closed'

/** When a session whose link ended must be over unless a page comes back, in UTC ms; `undefined`: it goes on. */
export function graceEnd(
  end: LinkEnd,
  openLinks: number,
  times: { now: number; graceMs: number },
): number | undefined {
  return end === 'silent' && openLinks === 0 ? times.now + times.graceMs : undefined
}

/** What an alarm of a session is about: the grace after a silent link, or a session that was not used for long. */
export type SessionAlarm = 'grace' | 'expiry'

/** Why a due alarm ends the session; `undefined`: a page is connected, so it goes on. */
export function endOnAlarm(alarm: SessionAlarm, openLinks: number): LogoutReason | undefined {
  if (openLinks > 0) return undefined
  return alarm === 'grace' ? 'link-lost' : 'expired'
}
