import type { Middleware } from 'koa'
import type { Log } from '../../app/ports.js'
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
      if (!(error instanceof UnreadableBody)) {
        log.error({ err: error, method: ctx.method, path: ctx.path }, 'request failed')
      }
      const body = error instanceof UnreadableBody ? errorBody('bad-request', 'body') : errorBody('fault')
      ctx.status = statusOf(body.error.code)
      ctx.body = body
    }
  }
}
