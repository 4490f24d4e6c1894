import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'

/**
 * As much of ARI as the connection itself needs, for faults that a real Asterisk does not make on demand. It describes one
 * operation a resource, as Asterisk's Swagger does, and its event socket says what the test wants.
 */
export class FakeAri {
  /** The event sockets that are open now. */
  readonly sockets = new Set<WebSocket>()
  /** Every request but the descriptions, as `PUT /applications/x`. */
  readonly asked: string[] = []
  /** The next openings of the event socket that break before they are through. */
  refuseSockets = 0
  /** What a request gets instead of an answer. */
  misbehave: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined
  opened = 0
  private readonly links = new Set<Duplex>()
  private readonly server = createServer((request, response) => this.answer(request, response))
  private readonly events = new WebSocketServer({ noServer: true })

  async start(): Promise<{ url: string; user: string; password: string }> {
    this.server.on('connection', (link) => {
      this.links.add(link)
      link.on('close', () => this.links.delete(link))
    })
    this.server.on('upgrade', (request, link, head) => {
      if (this.refuseSockets > 0) {
        this.refuseSockets--
        link.destroy()
        return
      }
      this.events.handleUpgrade(request, link, head, (socket) => this.take(socket))
    })
    this.server.listen(0, '127.0.0.1')
    await once(this.server, 'listening')
    return {
      url: `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`,
      user: 'tsunagu',
      password: 'secret',
    }
  }

  say(text: string | object): void {
    for (const socket of this.sockets) socket.send(typeof text === 'string' ? text : JSON.stringify(text))
  }

  cut(): void {
    for (const link of this.links) link.destroy()
  }

  async stop(): Promise<void> {
    this.cut()
    this.server.close()
    await once(this.server, 'close')
  }

  private take(socket: WebSocket): void {
    this.opened++
    this.sockets.add(socket)
    socket.on('close', () => this.sockets.delete(socket))
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').replace('/ari', '').replace(/\?.*/, '')
    if (this.misbehave?.(request, response)) return
    if (path.startsWith('/api-docs'))
      return reply(response, 200, description(path, request.headers.host ?? ''))
    if (path !== '/asterisk/info') this.asked.push(`${request.method ?? ''} ${path}`)
    reply(response, 200, {})
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const OPERATIONS: Record<string, { path: string; method: string; nickname: string; body?: string }[]> = {
  applications: [
    {
      path: '/applications/{applicationName}/eventFilter',
      method: 'PUT',
      nickname: 'filter',
      body: 'filter',
    },
    { path: '/applications/{applicationName}/subscription', method: 'POST', nickname: 'subscribe' },
  ],
  channels: [{ path: '/channels/{channelId}/ring', method: 'POST', nickname: 'ring' }],
  events: [],
}

/** Swagger 1.1, as Asterisk speaks it. */
function description(path: string, host: string): object {
  const basePath = `http://${host}/ari`
  const name = /\/api-docs\/(\w+)\.json/.exec(path)?.[1] ?? 'resources'
  const resources = Object.keys(OPERATIONS).map((resource) => ({
    path: `/api-docs/${resource}.{format}`,
    description: resource,
  }))
  if (name === 'resources') return { swaggerVersion: '1.1', apiVersion: '10.0.0', basePath, apis: resources }
  const apis = (OPERATIONS[name] ?? []).map(({ path: at, method, nickname, body }) => ({
    path: at,
    description: nickname,
    operations: [
      {
        httpMethod: method,
        nickname,
        responseClass: 'void',
        summary: '',
        parameters: [
          ...[...at.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => ({
            name: parameter,
            paramType: 'path',
            required: true,
            allowMultiple: false,
            dataType: 'string',
          })),
          ...(body
            ? [{ name: body, paramType: 'body', required: false, allowMultiple: false, dataType: 'object' }]
            : []),
        ],
      },
    ],
  }))
  return {
    swaggerVersion: '1.1',
    apiVersion: '10.0.0',
    basePath,
    resourcePath: path.replace('json', '{format}'),
    apis,
    models: {},
  }
}
