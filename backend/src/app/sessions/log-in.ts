import { userId, type ErrorCode } from '@tsunagu/contract'
import { planLogin } from '../../domain/session/login.js'
import { SESSION_LIFETIME_MS, type Session } from '../../domain/session/session.js'
import type { User } from '../ports.js'
import { hasDesk, type SessionDeps } from './deps.js'
import { logOutNow } from './end-session.js'
import type { Lanes } from './lanes.js'
import { expiryAlarm } from './ports.js'
import { hashToken } from './token.js'

export interface LoginRequest {
  userId: string
  password: string
  /** The browser's IP address, for the rate limit. */
  address: string
  /** The session this browser already holds, with its token. */
  held?: { session: Session; token: string }
}

/** `token` belongs into the cookie and nowhere else. `fresh`: this request made the session. */
export type LoginOutcome =
  | { ok: true; user: User; session: Session; token: string; fresh: boolean }
  | { ok: false; code: ErrorCode; retryAfterMs?: number }

/** Rate limit, then password, then the claim: nobody learns who is logged in without the password. */
export async function logIn(deps: SessionDeps, lanes: Lanes, request: LoginRequest): Promise<LoginOutcome> {
  const waitMs = await deps.limiter.admit(request)
  if (waitMs !== undefined) return { ok: false, code: 'too-many-attempts', retryAfterMs: waitMs }

  const user = await verifiedUser(deps, request)
  if (!user) {
    await deps.limiter.failed(request)
    return { ok: false, code: 'wrong-login' }
  }
  await deps.limiter.passed(request)

  const { held } = request
  const ids = held ? [user.id, held.session.userId] : [user.id]
  return lanes.run(ids, () => enter(deps, user, held))
}

async function verifiedUser(deps: SessionDeps, request: LoginRequest): Promise<User | undefined> {
  const user = await deps.directory.user(userId(request.userId))
  const known = user && !user.disabled ? user : undefined
  const right = await deps.passwords.verify(request.password, known?.passwordHash)
  return right ? known : undefined
}

async function enter(deps: SessionDeps, user: User, held: LoginRequest['held']): Promise<LoginOutcome> {
  // Read again in the lane: it may have ended while the password was verified.
  const current = held && (await deps.store.find(held.session.tokenHash))
  if (held && current && planLogin(user.id, current) === 'resume') {
    await keepAlive(deps, current)
    return { ok: true, user, session: current, token: held.token, fresh: false }
  }
  return claim(deps, user, current)
}

/** The claim comes before the other user's logout: a refused login must not throw anybody out. */
async function claim(deps: SessionDeps, user: User, other: Session | undefined): Promise<LoginOutcome> {
  const token = deps.ids.secret()
  const session: Session = {
    tokenHash: hashToken(token),
    userId: user.id,
    createdAt: deps.clock.now(),
    phoneSecret: deps.ids.secret(),
  }
  if (!(await deps.store.claim(session))) return { ok: false, code: 'already-logged-in' }
  try {
    const left = other ? await logOutNow(deps, other) : { ok: true as const }
    if (!left.ok) {
      await deps.store.end(session, 'logged-out')
      return left
    }
    if (hasDesk(user)) await deps.desk.logIn(user, session)
    await keepAlive(deps, session)
  } catch (fault) {
    await deps.store.end(session, 'logged-out')
    throw fault
  }
  deps.log.info({ userId: user.id, role: user.role }, 'logged in')
  return { ok: true, user, session, token, fresh: true }
}

/** The session was used: its week begins anew. */
export async function keepAlive(deps: SessionDeps, session: Session): Promise<void> {
  await deps.store.touch(session)
  await deps.alarms.set(expiryAlarm(session.userId), deps.clock.now() + SESSION_LIFETIME_MS)
}
