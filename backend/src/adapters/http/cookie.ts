import type { Context } from 'koa'
import { SESSION_LIFETIME_MS } from '../../domain/session/session.js'

/** `__Host-`: browsers take it only with Secure, Path=/ and no Domain, so no neighbouring host can plant one. */
export const SESSION_COOKIE = '__Host-tsunagu'

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
  ctx.cookies.set(SESSION_COOKIE, token, { ...FLAGS, maxAge: SESSION_LIFETIME_MS })
}

export function clearToken(ctx: Context): void {
  ctx.cookies.set(SESSION_COOKIE, null, FLAGS)
}
