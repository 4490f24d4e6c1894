// @ts-check
import { randomUUID } from 'node:crypto'
import { Agent, request } from 'node:https'
import WebSocket from 'ws'
import { Fault } from '../../fault.mjs'

/** The certificate is made for browsers; from here to the same machine it proves nothing. */
const agent = new Agent({ keepAlive: true, maxSockets: 8, rejectUnauthorized: false })

/**
 * Logs in as a browser does. @param {string} url @param {import('./seed.mjs').Person} person
 * @returns {Promise<string>} the cookie
 */
export function logIn(url, { id, password }) {
  const headers = { 'content-type': 'application/json', 'x-requested-with': 'tsunagu', origin: url }
  return new Promise((resolve, reject) => {
    const call = request(`${url}/api/login`, { method: 'POST', agent, headers }, (answer) => {
      let body = ''
      answer.setEncoding('utf8').on('data', (/** @type {string} */ part) => (body += part))
      answer.on('end', () => {
        const cookie = answer.headers['set-cookie']?.[0]?.split(';')[0]
        if (answer.statusCode === 200 && cookie) resolve(cookie)
        else reject(new Fault(`The login of ${id} is refused: ${answer.statusCode} ${body}`))
      })
    })
    call.on('error', reject)
    call.end(JSON.stringify({ userId: id, password }))
  })
}

/**
 * A page's link: Socket.IO's own text frames, without its client, so that the bytes are counted as they come and 1,200 of them cost
 * the machine little. It answers pings, as every client does.
 */
export class Page {
  /** Of all frames, as text; without TLS. */
  bytes = 0
  /** @type {(event: string, body: any, bytes: number) => void} */
  onEvent = () => undefined
  /** @type {Map<number, (ack: { ok: boolean, code?: string }) => void>} */
  #asked = new Map()
  #n = 0

  /** @param {string} url @param {string} cookie */
  constructor(url, cookie) {
    this.socket = new WebSocket(`${url.replace('https', 'wss')}/socket.io/?EIO=4&transport=websocket`, {
      headers: { cookie, origin: url },
      rejectUnauthorized: false,
    })
    this.opened = new Promise((resolve, reject) => {
      this.socket.on('error', reject)
      this.socket.on('message', (data) => this.#hear(String(data), resolve, reject))
    })
  }

  /** @param {string} event @param {object} body @returns {Promise<{ ok: boolean, code?: string }>} */
  ask(event, body) {
    const n = this.#n++
    this.socket.send(`42${n}${JSON.stringify([event, body])}`)
    return new Promise((resolve) => this.#asked.set(n, resolve))
  }

  close() {
    this.socket.terminate()
  }

  /** @param {string} text @param {(at: number) => void} opened @param {(why: Error) => void} refused */
  #hear(text, opened, refused) {
    this.bytes += Buffer.byteLength(text)
    if (text.startsWith('0')) return this.socket.send(`40${JSON.stringify({ page: randomUUID() })}`)
    if (text === '2') return this.socket.send('3')
    if (text.startsWith('40')) return opened(performance.now())
    if (text.startsWith('44')) return refused(new Fault(`A page is refused: ${text.slice(2)}`))
    if (text.startsWith('42')) {
      const [event, body] = JSON.parse(text.slice(2))
      return this.onEvent(event, body, text.length)
    }
    const [, n, ack] = /^43(\d+)(.*)$/s.exec(text) ?? []
    if (n === undefined || ack === undefined) return
    this.#asked.get(Number(n))?.(JSON.parse(ack)[0])
    this.#asked.delete(Number(n))
  }
}
