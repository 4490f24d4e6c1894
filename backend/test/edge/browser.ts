import { request, type RequestOptions } from 'node:https'
import type { IncomingHttpHeaders } from 'node:http'
import type { ClientToServerEvents, ServerToClientEvents } from '@tsunagu/contract'
import { io, type Socket } from 'socket.io-client'
import WebSocket from 'ws'

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** The JSON, where it is JSON. */
  body: unknown
}

export type PageSocket = Socket<ServerToClientEvents, ClientToServerEvents>

const MEANT = { 'X-Requested-With': 'tsunagu' }

/** A browser as far as the server can tell: keeps its cookie, sends its origin. */
export class Browser {
  cookie: string | undefined
  private readonly open: { close(): void }[] = []

  constructor(public port: number) {}

  get origin(): string {
    return `https://localhost:${this.port}`
  }

  get cookieHeader(): Record<string, string> {
    return this.cookie === undefined ? {} : { Cookie: this.cookie }
  }

  logIn(id: string, password = `demo-${id}`): Promise<Answer> {
    return this.post('/api/login', { userId: id, password })
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send({ method: 'GET', path, headers: { ...this.cookieHeader, ...headers } })
  }

  post(path: string, body?: unknown, headers: Record<string, string> = MEANT): Promise<Answer> {
    const json = { 'Content-Type': 'application/json', Origin: this.origin }
    const text = typeof body === 'string' ? body : JSON.stringify(body ?? {})
    return this.send({ method: 'POST', path, headers: { ...this.cookieHeader, ...json, ...headers } }, text)
  }

  put(path: string, body: unknown): Promise<Answer> {
    const headers = {
      ...this.cookieHeader,
      ...MEANT,
      'Content-Type': 'application/json',
      Origin: this.origin,
    }
    return this.send({ method: 'PUT', path, headers }, JSON.stringify(body))
  }

  delete(path: string): Promise<Answer> {
    const headers = { ...this.cookieHeader, ...MEANT, Origin: this.origin }
    return this.send({ method: 'DELETE', path, headers })
  }

  /** Sends a file as it is. */
  upload(path: string, bytes: Uint8Array): Promise<Answer> {
    const headers = { ...this.cookieHeader, ...MEANT, 'Content-Type': 'text/csv', Origin: this.origin }
    return this.send({ method: 'POST', path, headers }, bytes)
  }

  send(options: RequestOptions, body?: string | Uint8Array): Promise<Answer> {
    const whole = { host: 'localhost', port: this.port, rejectUnauthorized: false, agent: false, ...options }
    return new Promise((resolve, reject) => {
      const asked = request(whole, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('error', reject).on('end', () => {
          this.keepCookie(answer.headers['set-cookie'])
          const json = answer.headers['content-type']?.includes('json')
          const { statusCode: status = 0, headers } = answer
          resolve({ status, headers, text, body: json ? JSON.parse(text) : undefined })
        })
      })
      asked.on('error', reject).end(body)
    })
  }

  /** A page that connects to Socket.IO; never comes back by itself. */
  page(name = 'page-0001', more: { auth?: object; headers?: Record<string, string> } = {}): PageSocket {
    const socket: PageSocket = io(this.origin, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      rejectUnauthorized: false,
      auth: more.auth ?? { page: name },
      extraHeaders: { ...this.cookieHeader, Origin: this.origin, ...more.headers },
    })
    this.open.push(socket)
    return socket
  }

  async connected(name?: string): Promise<PageSocket> {
    const socket = this.page(name)
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve)
      socket.once('connect_error', reject)
    })
    return socket
  }

  sip(headers: Record<string, string> = {}, path = '/sip', protocols: string[] = ['sip']): WebSocket {
    const ws = new WebSocket(`wss://localhost:${this.port}${path}`, protocols, {
      rejectUnauthorized: false,
      headers: { ...this.cookieHeader, Origin: this.origin, ...headers },
    })
    this.open.push({ close: () => ws.terminate() })
    return ws
  }

  close(): void {
    for (const socket of this.open) socket.close()
  }

  private keepCookie(lines: string[] | undefined): void {
    for (const line of lines ?? []) {
      const [pair = ''] = line.split(';', 1)
      this.cookie = pair.endsWith('=') ? undefined : pair
    }
  }
}

/** Waits for a reason, not for a time: resolves when `check` says nothing is missing, else fails with what it said. */
export async function until(check: () => string | Promise<string>, limitMs = 5_000): Promise<void> {
  const end = Date.now() + limitMs
  for (;;) {
    const missing = await check()
    if (missing === '') return
    if (Date.now() > end) throw new Error(`still waiting: ${missing}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
