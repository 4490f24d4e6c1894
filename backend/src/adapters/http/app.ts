import Router from '@koa/router'
import Koa, { type Context, type Middleware } from 'koa'
import type { Registry } from 'prom-client'
import type { HistorySources } from '../../app/history/read-history.js'
import type { NoticeBoard } from '../../app/notices/notice-board.js'
import type { Log } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import type { MonitorSettings } from '../../app/settings/monitor-settings.js'
import { bookRoutes } from './book-routes.js'
import { parseBody } from './body.js'
import { catchFaults } from './faults.js'
import { permissions, refuseForgedRequests, securityHeaders } from './guards.js'
import type { Health } from './health.js'
import { historyRoute } from './history-routes.js'
import { measureRequests } from './http-metrics.js'
import { monitorSettingsRoutes } from './monitor-settings-routes.js'
import { noticeRoutes } from './notice-routes.js'
import { pastRoutes, type PastAnswers } from './past-routes.js'
import { phoneRoute } from './phone-route.js'
import type { Handle, Route } from './route.js'
import { sessionRoutes } from './session-routes.js'
import { staticFiles } from './static-files.js'
import { openapiRoute, systemRoutes } from './system-routes.js'
import { readVersion } from './version.js'

export interface AppDeps {
  log: Log
  sessions: Sessions
  records: HistorySources & NoticeBoard
  settings: MonitorSettings
  past: PastAnswers
  health: Health
  metrics: Registry
  /** The built browser side. */
  frontendDir: string
  /** Tell browsers to come by HTTPS only, from now on. */
  strictTransport: boolean
}

/** The web application: the API, the operations' addresses, and the page. */
export function createApp(deps: AppDeps): Koa {
  const { log, metrics } = deps
  const app = new Koa()
  // Faults outside the middleware, such as a file that breaks off while it is sent.
  app.on('error', (err: unknown) => log.error({ err }, 'answer failed'))
  app.use(measureRequests(metrics))
  app.use(catchFaults(log))
  app.use(securityHeaders(deps.strictTransport))
  app.use(permissions)
  app.use(refuseForgedRequests)
  app.use(routerOf(allRoutes(deps)))
  app.use(staticFiles(deps.frontendDir, log))
  return app
}

function allRoutes({ sessions, records, settings, past, log, health, metrics }: AppDeps): Route[] {
  const version = readVersion()
  const routes = [
    ...sessionRoutes(sessions, { log, timeZone: past.timeZone }),
    phoneRoute(sessions),
    ...bookRoutes(sessions, records.books),
    historyRoute(sessions, records),
    ...noticeRoutes(sessions, { notices: records.notices, log }),
    ...monitorSettingsRoutes(sessions, settings),
    ...pastRoutes(sessions, past),
    ...systemRoutes(version, health, metrics),
  ]
  return [...routes, openapiRoute(version, routes)]
}

function routerOf(routes: Route[]): ReturnType<Router['routes']> {
  const router = new Router({ sensitive: true })
  for (const { method, path, body, longestBody, handle } of routes) {
    const answer = answerWith(path, handle)
    if (body) router[method](path, parseBody(longestBody), answer)
    else router[method](path, answer)
  }
  return router.routes()
}

function answerWith(path: string, handle: Handle): Middleware {
  return async (ctx) => {
    ctx.state['route'] = path
    ctx.set('Cache-Control', 'no-store')
    const { status, body, headers } = await handle(ctx as Context)
    ctx.status = status
    if (headers) ctx.set(headers)
    ctx.body = body
  }
}
