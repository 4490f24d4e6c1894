import type { Middleware } from 'koa'
import { Histogram, type Registry } from 'prom-client'

/** Duration of requests by method, route and status. The route is its pattern, never the address that was asked for. */
export function measureRequests(registry: Registry): Middleware {
  const durations = new Histogram({
    name: 'tsunagu_http_request_duration_seconds',
    help: 'Duration of HTTP requests.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  })
  return async (ctx, next) => {
    const end = durations.startTimer()
    try {
      await next()
    } finally {
      const { route } = ctx.state as { route?: string }
      end({ method: knownMethod(ctx.method), route: route ?? 'other', status: ctx.status })
    }
  }
}

/** Methods come from outside: without a closed list each invented one would become a time series. */
const knownMethod = (method: string): string =>
  ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'].includes(method) ? method : 'other'
