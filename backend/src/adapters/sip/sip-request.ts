import type { IncomingMessage } from 'node:http'
import { isSameOrigin } from '../http/origin.js'

/** RFC 6455, 4.1: 16 bytes in Base64. */
const KEY = /^[A-Za-z0-9+/]{22}==$/
const WEBSOCKET_VERSION = '13'
const PROTOCOL = 'sip'

/** Why an upgrade is no SIP link of ours, as an HTTP status; `undefined`: it may be one. */
export function sipRefusal({ method, headers }: IncomingMessage): number | undefined {
  if (!isSameOrigin(headers)) return 403
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') return 400
  if (headers['sec-websocket-version'] !== WEBSOCKET_VERSION) return 426
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
  return KEY.test(headers['sec-websocket-key'] ?? '') && protocols.includes(PROTOCOL) ? undefined : 400
}

/**
 * The head Asterisk gets: no cookie (it is none of its business), no extension (frames pass through as they are), no
 * header of the browser but the key.
 */
export function upstreamHead({ headers }: IncomingMessage, asterisk: URL): string {
  return [
    'GET /ws HTTP/1.1',
    `Host: ${asterisk.host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${headers['sec-websocket-key']}`,
    `Sec-WebSocket-Version: ${WEBSOCKET_VERSION}`,
    `Sec-WebSocket-Protocol: ${PROTOCOL}`,
    '\r\n',
  ].join('\r\n')
}
