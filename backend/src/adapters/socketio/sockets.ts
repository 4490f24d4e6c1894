import type { Server as HttpsServer } from 'node:https'
import { Gauge, type Registry } from 'prom-client'
import { Server } from 'socket.io'
import { isSameOrigin } from '../http/origin.js'
import { admitPages } from './admission.js'
import { servePage, type LinkDeps } from './page-link.js'
import { Turns } from './turns.js'
import type { Sockets } from './types.js'

/** A link that answers no ping for interval + timeout is silent, in ms. */
export interface PingTimes {
  pingInterval: number
  pingTimeout: number
}

export const PING_TIMES: PingTimes = { pingInterval: 10_000, pingTimeout: 10_000 }

/** The largest message a page sends has some hundred bytes. */
const LARGEST_MESSAGE_BYTES = 16 * 1024

/** A connection that names no session within this time is closed. */
const ADMISSION_MS = 5_000

interface SocketsDeps extends Omit<LinkDeps, 'turns'> {
  metrics: Registry
  pings?: PingTimes
}

/** Socket.IO on the given server, for the pages of a session only. */
export function createSockets(server: HttpsServer, deps: SocketsDeps): Sockets {
  const sockets: Sockets = new Server(server, {
    ...(deps.pings ?? PING_TIMES),
    path: '/socket.io',
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: LARGEST_MESSAGE_BYTES,
    connectTimeout: ADMISSION_MS,
    perMessageDeflate: false,
    // It would close every upgrade it does not know after a second, those to /sip among them.
    destroyUpgrade: false,
    allowRequest: (req, decide) => {
      const own = isSameOrigin(req.headers)
      decide(own ? null : 'another origin', own)
    },
  })
  sockets.use(admitPages(deps.sessions, deps.log))
  const turns = new Turns()
  sockets.on('connection', (socket) => servePage(socket, { ...deps, turns }))
  new Gauge({
    name: 'tsunagu_pages',
    help: 'Pages connected through Socket.IO.',
    registers: [deps.metrics],
    collect() {
      this.set(sockets.of('/').sockets.size)
    },
  })
  return sockets
}
