import type { Context } from 'koa'

/** `__Host-`: browsers take it only with Secure, Path=/ and no Domain, so no neighbouring host can plant one. */
export const SESSION_COOKIE = '__Host-tsunagu'

/**
 * The longest that browsers keep one. It must outlive its session, which lives on for as long as a page is connected,
 * while a cookie is renewed only when a page is loaded: a page that lost its cookie could not reconnect, and its own
 * session would stand in the way of the next login. The server decides what the token is still worth.
 */
const COOKIE_LIFETIME_MS = 400 * 24 * 60 * 60 * 1000

const FLAGS = { httpOnly: true, secure: true, sameSite: 'strict', path: '/', overwrite: true } as const

/** The session's token in a Cookie header, whether it came with a request or an upgrade. */
export function tokenIn(header: string | undefined): string | undefined {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === SESSION_COOKIE) return value
  }
  return undefined
}

/** Persistent, so that a restarted browser is no second login. */
export function setToken(ctx: Context, token: string): void {
  ctx.cookies.set(SESSION_COOKIE, token, { ...FLAGS, maxAge: COOKIE_LIFETIME_MS })
}

export function clearToken(ctx: Context): void {
  ctx.cookies.set(SESSION_COOKIE, null, FLAGS)
}
