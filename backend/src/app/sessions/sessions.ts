import { userId, type Ack, type LogoutReason, type UserId } from '@tsunagu/contract'
import { endOnAlarm, graceEnd, type LinkEnd, type SessionAlarm } from '../../domain/session/link.js'
import type { Session } from '../../domain/session/session.js'
import type { User } from '../ports.js'
import { hasDesk, type SessionDeps } from './deps.js'
import { dropOutNow, logOutNow } from './end-session.js'
import { Lanes } from './lanes.js'
import { keepAlive, logIn, type LoginOutcome, type LoginRequest } from './log-in.js'
import { graceAlarm } from './ports.js'
import { hashToken, isToken } from './token.js'

/** Who a token belongs to; refused with the reason its session ended, where that is still known. */
export type Authentication = { ok: true; user: User; session: Session } | { ok: false; reason?: LogoutReason }

const ALARM = /^session-(grace|expiry):(.+)$/

/** The life of a login (operator manual, section 1). Everything that changes a session goes through its user's lane. */
export class Sessions {
  private readonly lanes = new Lanes()

  constructor(private readonly deps: SessionDeps) {}

  /** Refusals: `too-many-attempts`, `wrong-login`, `already-logged-in`, and `in-call` of another user in this browser. */
  logIn(request: LoginRequest): Promise<LoginOutcome> {
    return logIn(this.deps, this.lanes, request)
  }

  async authenticate(token: string | undefined): Promise<Authentication> {
    if (token === undefined || !isToken(token)) return { ok: false }
    const { store, directory } = this.deps
    const tokenHash = hashToken(token)
    const session = await store.find(tokenHash)
    if (!session) {
      const reason = await store.endReason(tokenHash)
      return { ok: false, ...(reason ? { reason } : {}) }
    }
    const user = await directory.user(session.userId)
    return user && !user.disabled ? { ok: true, user, session } : { ok: false }
  }

  /** A page was loaded: the session's week begins anew. */
  refresh(session: Session): Promise<void> {
    return keepAlive(this.deps, session)
  }

  /** `in-call` refuses. A session that has ended meanwhile is no refusal. */
  logOut(session: Session): Promise<Ack> {
    return this.inLane(session.userId, async () => {
      const current = await this.deps.store.find(session.tokenHash)
      return current ? logOutNow(this.deps, current) : { ok: true }
    })
  }

  /** Ends a user's session whatever he is doing. `false`: he had none. */
  endSession(id: UserId, reason: LogoutReason): Promise<boolean> {
    return this.inLane(id, async () => {
      const session = await this.deps.store.ofUser(id)
      if (session) await dropOutNow(this.deps, session, reason)
      return session !== undefined
    })
  }

  /** A page connected; call it once the link counts as open. `false`: the session ended at this very moment. */
  linkOpened(session: Session): Promise<boolean> {
    return this.inLane(session.userId, async () => {
      const current = await this.deps.store.find(session.tokenHash)
      if (!current) return false
      await this.deps.alarms.clear(graceAlarm(session.userId))
      await keepAlive(this.deps, current)
      return true
    })
  }

  /** Why a session that is over ended, where that is still known. */
  endOf(session: Session): Promise<LogoutReason | undefined> {
    return this.deps.store.endReason(session.tokenHash)
  }

  /** A page's connection ended; call it once the link no longer counts as open. */
  linkClosed(session: Session, end: LinkEnd): Promise<void> {
    return this.inLane(session.userId, async () => {
      const { alarms, clock, graceMs, links, store } = this.deps
      const until = graceEnd(end, links.open(session), { now: clock.now(), graceMs })
      if (until === undefined || !(await store.find(session.tokenHash))) return
      await alarms.set(graceAlarm(session.userId), until)
    })
  }

  /** A due alarm whose name begins with `session-`. One that is not ours or comes too late does nothing. */
  async onAlarm(key: string): Promise<void> {
    const [, alarm, id] = ALARM.exec(key) ?? []
    if (alarm === undefined || id === undefined) return
    await this.inLane(userId(id), async () => {
      const session = await this.deps.store.ofUser(userId(id))
      if (!session) return
      const reason = endOnAlarm(alarm as SessionAlarm, this.deps.links.open(session))
      if (reason) return dropOutNow(this.deps, session, reason)
      await keepAlive(this.deps, session)
    })
  }

  /**
   * At start: ends the sessions of those who have a desk and whom nobody knows as working (the process died in the middle of a login or
   * a logout), which would otherwise keep them from logging in.
   */
  async reconcile(working: readonly UserId[]): Promise<void> {
    for (const session of await this.deps.store.list()) {
      const user = await this.deps.directory.user(session.userId)
      if (user && !hasDesk(user)) continue
      if (!working.includes(session.userId)) await this.endSession(session.userId, 'link-lost')
    }
  }

  private inLane<T>(id: UserId, job: () => Promise<T>): Promise<T> {
    return this.lanes.run([id], job)
  }
}
