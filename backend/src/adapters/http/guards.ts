import type { Middleware } from 'koa'
import helmet from 'koa-helmet'
import { isSameOrigin } from './origin.js'
import { errorBody } from './reply.js'

const READING = new Set(['GET', 'HEAD', 'OPTIONS'])
const HALF_A_YEAR_SECONDS = 15_552_000
const SAFE_HOST = /^[A-Za-z0-9.:[\]-]+$/

/**
 * Besides SameSite=Strict: a request that changes something carries a header that a form cannot send and that makes a
 * script of another site ask first, which we never allow.
 */
export const refuseForgedRequests: Middleware = async (ctx, next) => {
  const meant = ctx.get('x-requested-with') === 'tsunagu' && isSameOrigin(ctx.req.headers)
  if (READING.has(ctx.method) || meant) return next()
  ctx.status = 403
  ctx.body = errorBody('forbidden')
}

/** `strictTransport` only with a real certificate: on a self-signed one it takes away the browser's "continue anyway". */
export function securityHeaders(strictTransport: boolean): Middleware {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'self'"],
        'script-src': ["'self'"],
        'script-src-attr': ["'none'"],
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'media-src': ["'self'", 'blob:'],
        // Safari before 15.4 does not count wss: of the same host as 'self'.
        'connect-src': ["'self'", (req) => `wss://${safeHost(req.headers.host)}`],
        'object-src': ["'none'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: strictTransport ? { maxAge: HALF_A_YEAR_SECONDS } : false,
    referrerPolicy: { policy: 'same-origin' },
  })
}

/** The Host header comes from outside and goes into a header: nothing but a host may pass. */
const safeHost = (host: string | undefined): string => (host && SAFE_HOST.test(host) ? host : 'localhost')

/** The microphone is the phone's; nothing else is used. */
export const permissions: Middleware = (ctx, next) => {
  ctx.set('Permissions-Policy', 'microphone=(self), camera=(), geolocation=(), payment=(), usb=()')
  return next()
}
