import { STATUS_CODES, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { Gauge, type Registry } from 'prom-client'
import type { Log } from '../../app/ports.js'
import type { Sessions } from '../../app/sessions/sessions.js'
import { hashToken } from '../../app/sessions/token.js'
import { tokenIn } from '../http/cookie.js'
import { pipeTogether } from './pipe.js'
import type { SipLinks } from './sip-links.js'
import { sipRefusal, upstreamHead } from './sip-request.js'

export interface SipDeps {
  sessions: Sessions
  log: Log
  links: SipLinks
  /** ARI_URL: Asterisk's own WebSocket is on the same server. */
  asterisk: URL
  metrics: Registry
}

const CONNECT_LIMIT_MS = 5_000
const SOCKET_IO = '/socket.io/'

/** Handles every upgrade but Socket.IO's own: /sip of a session's phone is passed on, the rest refused. */
export function sipUpgrade(deps: SipDeps) {
  new Gauge({
    name: 'tsunagu_sip_links',
    help: 'SIP connections of browsers.',
    registers: [deps.metrics],
    collect() {
      this.set(deps.links.size)
    },
  })
  return (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const path = (request.url ?? '').split('?', 1)[0]
    if (request.url?.startsWith(SOCKET_IO)) return
    const browser = stream as Socket
    // A browser that vanishes is no fault; without a listener it would end the process.
    browser.on('error', (err) => deps.log.debug({ err }, 'SIP link of a browser broke'))
    const refusal = path === '/sip' ? sipRefusal(request) : 404
    if (refusal !== undefined) return refuse(browser, refusal)
    open(deps, request, { browser, head }).catch((err: unknown) => {
      deps.log.error({ err }, 'SIP link failed')
      refuse(browser, 500)
    })
  }
}

interface Incoming {
  browser: Socket
  head: Buffer
}

async function open(deps: SipDeps, request: IncomingMessage, { browser, head }: Incoming): Promise<void> {
  const token = tokenIn(request.headers.cookie)
  if (token === undefined) return refuse(browser, 401)
  // Before the session is looked up: one that ends at this moment then closes the link as well.
  const forget = deps.links.add(hashToken(token), () => browser.destroySoon())
  browser.once('close', forget)

  const who = await deps.sessions.authenticate(token)
  if (!who.ok) return refuse(browser, 401)
  if (who.user.extension === undefined) return refuse(browser, 403)
  if (browser.destroyed || browser.writableEnded) return

  const asterisk = dial(deps.asterisk)
  browser.once('close', () => asterisk.destroy())
  asterisk.on('error', (err) => {
    deps.log.warn({ err, userId: who.user.id }, 'SIP link to Asterisk failed')
    if (browser.bytesWritten === sentBefore) refuse(browser, 502)
  })
  const sentBefore = browser.bytesWritten
  asterisk.once(deps.asterisk.protocol === 'https:' ? 'secureConnect' : 'connect', () => {
    asterisk.setTimeout(0)
    asterisk.write(upstreamHead(request, deps.asterisk))
    asterisk.write(head)
    pipeTogether(browser, asterisk)
  })
}

function dial({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '')
  const socket =
    protocol === 'https:'
      ? connectTls({ host, port: Number(port || 443), servername: host })
      : connect({ host, port: Number(port || 80) })
  socket.setTimeout(CONNECT_LIMIT_MS, () =>
    socket.destroy(new Error('Asterisk did not take the connection in time')),
  )
  return socket
}

/** Plain HTTP, since no WebSocket has come to be. */
function refuse(browser: Socket, status: number): void {
  if (browser.destroyed || browser.writableEnded) return
  browser.write(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
  )
  browser.destroySoon()
}
