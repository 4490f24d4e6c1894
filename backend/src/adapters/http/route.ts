import type { Role } from '@tsunagu/contract'
import type { Context } from 'koa'
import type * as z from 'zod'
import type { Authentication, Sessions } from '../../app/sessions/sessions.js'
import { check } from './check.js'
import { tokenIn } from './cookie.js'
import { refuse, type Reply } from './reply.js'

export type Handle = (ctx: Context) => Promise<Reply>
export type Known = Extract<Authentication, { ok: true }>
export type Schema = z.core.$ZodType

/** One address of the API: what answers and what the OpenAPI document says of it, from the same lines. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'delete'
  /** With its parameters as `:name`. */
  path: string
  summary: string
  /** Needs a session; the document then names the cookie and the 401. */
  session?: true
  body?: Schema
  /** Of a JSON body, where the usual 16 kB are too few; e.g. `1mb`. */
  longestBody?: string
  /** A body that is a file: its media type. */
  file?: string
  /** The parameters of the address; optional ones throughout. */
  query?: Schema
  /** By status; an answer that is no JSON has no schema, and a type where it is not plain text. */
  answers: Record<number, { says: string; schema?: Schema; type?: string }>
  handle: Handle
}

/** Checks the body before `run` sees it; otherwise 400 with the field. */
export function withBody<T>(
  schema: z.core.$ZodType<T>,
  run: (ctx: Context, body: T) => Promise<Reply>,
): Handle {
  return async (ctx) => {
    const body = check(schema, ctx.request.body ?? {})
    return body.ok ? run(ctx, body.value) : refuse('bad-request', { field: body.field })
  }
}

/** Checks the parameters of the address; otherwise 400 with the one that is wrong. */
export function withQuery<T>(
  schema: z.core.$ZodType<T>,
  run: (ctx: Context, query: T) => Promise<Reply>,
): Handle {
  return async (ctx) => {
    const query = check(schema, { ...ctx.query })
    return query.ok ? run(ctx, query.value) : refuse('bad-request', { field: query.field })
  }
}

/** Lets only a logged-in browser through; otherwise 401 with the reason its session ended. */
export function withSession(sessions: Sessions, run: (ctx: Context, known: Known) => Promise<Reply>): Handle {
  return async (ctx) => {
    const who = await sessions.authenticate(tokenIn(ctx.get('cookie')))
    if (who.ok) return run(ctx, who)
    return refuse('not-logged-in', who.reason ? { reason: who.reason } : {})
  }
}

/** Lets only a login of this role, or of one of these, through; otherwise 403. */
export function withRole(
  sessions: Sessions,
  roles: Role | readonly Role[],
  run: (ctx: Context, known: Known) => Promise<Reply>,
): Handle {
  return withSession(sessions, async (ctx, known) =>
    [roles].flat().includes(known.user.role) ? run(ctx, known) : refuse('forbidden'),
  )
}
