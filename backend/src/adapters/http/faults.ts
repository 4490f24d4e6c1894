import type { ErrorBody } from '@tsunagu/contract'
import type { Middleware } from 'koa'
import type { Log } from '../../app/ports.js'
import { Unavailable } from '../../app/unavailable.js'
import { UnreadableBody } from './body.js'
import { errorBody, statusOf } from './reply.js'

/** The one place where a fault of a request is caught and logged. */
export function catchFaults(log: Log): Middleware {
  return async (ctx, next) => {
    try {
      await next()
      if (ctx.status === 404 && !ctx.body && ctx.respond !== false) {
        ctx.status = 404
        ctx.body = errorBody('not-found')
      }
    } catch (error) {
      const body = bodyFor(error)
      if (body.error.code !== 'bad-request') {
        log.error({ err: error, method: ctx.method, path: ctx.path }, 'request failed')
      }
      ctx.status = statusOf(body.error.code)
      ctx.body = body
    }
  }
}

function bodyFor(error: unknown): ErrorBody {
  if (error instanceof UnreadableBody) return errorBody('bad-request', 'body')
  return errorBody(error instanceof Unavailable ? 'unavailable' : 'fault')
}
