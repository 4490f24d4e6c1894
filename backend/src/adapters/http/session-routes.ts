import { loginBody, type LoginBody, type SessionView } from '@tsunagu/contract'
import type { Context } from 'koa'
import type { Log, User } from '../../app/ports.js'
import { toMe } from '../../app/sessions/deps.js'
import type { LoginOutcome } from '../../app/sessions/log-in.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { clearToken, setToken, tokenIn } from './cookie.js'
import { refuse, type Reply } from './reply.js'
import { withBody, withSession, type Route } from './route.js'
import { emptySchema, errorSchema, loggedOutSchema, sessionSchema } from './schemas.js'

interface SessionRouteDeps {
  log: Log
  /** The site's, an IANA name. */
  timeZone: string
}

export function sessionRoutes(sessions: Sessions, deps: SessionRouteDeps): Route[] {
  return [loginRoute(sessions, deps), logoutRoute(sessions), sessionRoute(sessions, deps)]
}

function loginRoute(sessions: Sessions, { log, timeZone }: SessionRouteDeps): Route {
  return {
    method: 'post',
    path: '/api/login',
    summary: 'Log in. A browser that holds a session of the same user resumes it.',
    body: loginBody,
    answers: {
      200: { says: 'Logged in; the answer sets the session cookie.', schema: sessionSchema },
      401: { says: 'The user or the password is wrong.', schema: errorSchema },
      409: {
        says: 'The user is logged in elsewhere, or another user of this browser is in a call.',
        schema: errorSchema,
      },
      429: { says: 'Too many attempts; Retry-After says when to try again.', schema: errorSchema },
    },
    handle: withBody(loginBody, async (ctx, body) => {
      const outcome = await logIn(sessions, ctx, body)
      if (!outcome.ok) return refusedLogin(outcome)
      endUnlessDelivered(ctx, outcome, { sessions, log })
      setToken(ctx, outcome.token)
      return viewOf(outcome.user, timeZone)
    }),
  }
}

async function logIn(sessions: Sessions, ctx: Context, body: LoginBody): Promise<LoginOutcome> {
  const token = tokenIn(ctx.get('cookie'))
  const held = await sessions.authenticate(token)
  const address = ctx.req.socket.remoteAddress ?? ''
  return sessions.logIn({
    ...body,
    address,
    ...(held.ok && token !== undefined ? { held: { session: held.session, token } } : {}),
  })
}

function refusedLogin({ code, retryAfterMs }: Extract<LoginOutcome, { ok: false }>): Reply {
  const reply = refuse(code)
  if (retryAfterMs === undefined) return reply
  return { ...reply, headers: { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) } }
}

/** A browser that never got its cookie could not come back, and nobody else could log in as its user. */
function endUnlessDelivered(
  ctx: Context,
  { session, fresh }: Extract<LoginOutcome, { ok: true }>,
  { sessions, log }: { sessions: Sessions; log: Log },
): void {
  if (!fresh) return
  const undo = (): void => {
    if (ctx.res.writableFinished) return
    sessions
      .logOut(session)
      .catch((err: unknown) => log.error({ err, userId: session.userId }, 'undoing a login failed'))
  }
  if (ctx.res.destroyed || ctx.req.socket.destroyed) undo()
  else ctx.res.once('close', undo)
}

function logoutRoute(sessions: Sessions): Route {
  return {
    method: 'post',
    path: '/api/logout',
    summary: 'Log out. Refused during a call.',
    session: true,
    body: emptySchema,
    answers: {
      200: { says: 'Logged out; the answer removes the cookie.', schema: emptySchema },
      409: { says: 'A call is up.', schema: errorSchema },
    },
    handle: withBody(emptySchema, (ctx) =>
      withSession(sessions, async (_, { session }) => {
        const left = await sessions.logOut(session)
        if (!left.ok) return refuse(left.code)
        clearToken(ctx)
        return { status: 200, body: {} }
      })(ctx),
    ),
  }
}

function sessionRoute(sessions: Sessions, { timeZone }: SessionRouteDeps): Route {
  return {
    method: 'get',
    path: '/api/session',
    summary: 'Who is logged in here. Refreshes the session and its cookie.',
    session: true,
    answers: {
      200: { says: 'The session.', schema: sessionSchema },
      401: { says: 'No session; the reason it ended, where still known.', schema: loggedOutSchema },
    },
    handle: withSession(sessions, async (ctx, { user, session }) => {
      await sessions.refresh(session)
      const token = tokenIn(ctx.get('cookie'))
      if (token !== undefined) setToken(ctx, token)
      return viewOf(user, timeZone)
    }),
  }
}

function viewOf(user: User, timeZone: string): Reply {
  const view: SessionView = { me: toMe(user), timeZone }
  return { status: 200, body: view }
}
