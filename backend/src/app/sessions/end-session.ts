import type { Ack, LogoutReason } from '@tsunagu/contract'
import type { Session } from '../../domain/session/session.js'
import { hasDesk, type SessionDeps } from './deps.js'
import { expiryAlarm, graceAlarm } from './ports.js'

/*
 * In all of these whoever has a desk leaves it before the session ends: the claim on the login stands until everything of it is
 * gone, so the next login cannot be hit by the end of this one. Call them in the user's lane, with a session just read.
 */

/** The proper end. `in-call` refuses. */
export async function logOutNow(deps: SessionDeps, session: Session): Promise<Ack> {
  const user = await deps.directory.user(session.userId)
  const left = user && !hasDesk(user) ? { ok: true as const } : await deps.desk.logOut(session.userId)
  if (left.ok) await close(deps, session, 'logged-out')
  return left
}

/** The end that asks nobody: link lost, forced, expired. */
export async function dropOutNow(deps: SessionDeps, session: Session, reason: LogoutReason): Promise<void> {
  const user = await deps.directory.user(session.userId)
  if (!user || hasDesk(user)) await deps.desk.dropOut(session.userId, reason)
  await close(deps, session, reason)
}

async function close(deps: SessionDeps, session: Session, reason: LogoutReason): Promise<void> {
  await deps.alarms.clear(graceAlarm(session.userId))
  await deps.alarms.clear(expiryAlarm(session.userId))
  await deps.store.end(session, reason)
  deps.publisher.sessionEnded(session, reason)
  deps.log.info({ userId: session.userId, reason }, 'session ended')
}
