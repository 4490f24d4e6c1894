import { createServer, type Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Registry } from 'prom-client'
import type { HistorySources } from '../../app/history/read-history.js'
import type { NoticeBoard } from '../../app/notices/notice-board.js'
import type { MonitorDesk } from '../../app/monitor/monitor-desk.js'
import type { OperatorDesk } from '../../app/operators/operator-desk.js'
import type { Log } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import type { MonitorSettings } from '../../app/settings/monitor-settings.js'
import type { Config } from '../../config.js'
import { StartError } from '../../start-error.js'
import { SipLinks } from '../sip/sip-links.js'
import { sipUpgrade } from '../sip/sip-upgrade.js'
import type { BrowserPublisher } from '../socketio/publisher.js'
import { createSockets, type PingTimes } from '../socketio/sockets.js'
import { createApp } from './app.js'
import type { Health } from './health.js'
import type { PastAnswers } from './past-routes.js'
import { loadTls } from './tls.js'
import { ROOT } from './version.js'

export interface EdgeDeps {
  config: Pick<Config, 'port' | 'host' | 'publicHost' | 'runtimeDir' | 'tls' | 'ari'>
  log: Log
  sessions: Sessions
  desk: OperatorDesk
  monitor: MonitorDesk
  records: HistorySources & NoticeBoard
  settings: MonitorSettings
  past: PastAnswers
  /** Made before the use cases that speak through it; connected to the browsers here. */
  publisher: BrowserPublisher
  health: Health
  metrics: Registry
  /** Other than the built frontend and the usual intervals, for tests. */
  frontendDir?: string
  pings?: PingTimes
}

/** Everything browsers reach, on one port: the page, the API, Socket.IO and /sip. */
export interface Edge {
  /** @throws {StartError} when the port cannot be had. */
  listen(): Promise<void>
  /** The port listened on; differs from the configured one only when that is 0. */
  port(): number
  /** Pages are not told that their session ended: it has not. */
  close(): Promise<void>
}

/** A slow client (or a slow loris) does not hold a connection for longer. */
const REQUEST_TIMEOUT_MS = 30_000

/** @throws {StartError} when the certificate cannot be read. */
export async function createEdge(deps: EdgeDeps): Promise<Edge> {
  const { config, log, sessions, publisher, metrics } = deps
  const tls = await loadTls(config)
  const app = createApp({
    ...deps,
    frontendDir: deps.frontendDir ?? fileURLToPath(new URL('frontend/dist', ROOT)),
    strictTransport: !tls.selfSigned && config.publicHost !== 'localhost',
  })
  const server = createServer(
    { cert: tls.cert, key: tls.key, requestTimeout: REQUEST_TIMEOUT_MS },
    app.callback(),
  )
  // After Koa's: Socket.IO puts itself before the handlers that are there.
  const sockets = createSockets(server, deps)
  const sipLinks = new SipLinks()
  publisher.connect(sockets, sipLinks)
  server.on(
    'upgrade',
    sipUpgrade({ sessions, log, links: sipLinks, asterisk: new URL(config.ari.url), metrics }),
  )
  return {
    listen: () => listen(server, config),
    port: () => (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.once('close', resolve))
      const wasListening = server.listening
      sipLinks.closeAll()
      await sockets.close()
      server.closeAllConnections()
      if (wasListening) await closed
    },
  }
}

function listen(server: HttpsServer, { port, host }: EdgeDeps['config']): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => {
      const why =
        error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be had (${error.message})`
      reject(new StartError(`PORT: ${port} on ${host} ${why}.`, { cause: error }))
    }
    server.once('error', refuse)
    server.listen(port, host, () => {
      server.off('error', refuse)
      resolve()
    })
  })
}
