// @ts-check
import { once } from 'node:events'
import WebSocket from 'ws'
import { Fault } from '../fault.mjs'

/**
 * Where the pretend carrier is driven; `npm start` writes it to RUNTIME_DIR/run/carrier.json.
 * @typedef {{ host: string, httpPort: number, password: string }} CarrierAddress
 *
 * The fields of ARI's events that a caller reads.
 * @typedef {object} AriEvent
 * @property {string} type
 * @property {string} timestamp
 * @property {{ id: string, state?: string }} [channel]
 * @property {string[]} [args]
 * @property {{ id: string }} [peer]
 * @property {string} [dialstatus]
 * @property {number} [cause]
 * @property {string} [cause_txt]
 * @property {number} [tech_cause]
 * @property {{ name: string }} [recording]
 */

const USER = 'carrier'

/** One caller's own way into the carrier: an application of its own, its events, its commands. */
export class CarrierAri {
  /** @param {CarrierAddress} address @param {string} app */
  constructor(address, app) {
    this.app = app
    this.base = `http://${address.host}:${address.httpPort}/ari`
    this.authorization = `Basic ${Buffer.from(`${USER}:${address.password}`).toString('base64')}`
    this.socket = new WebSocket(`${this.base.replace('http', 'ws')}/events?app=${app}`, {
      headers: { authorization: this.authorization },
    })
  }

  /** Resolves once events flow. */
  async connect() {
    try {
      await once(this.socket, 'open')
    } catch (error) {
      throw new Fault(
        `The pretend carrier does not answer at ${this.base}.`,
        'Is the stack running (npm start, with CARRIER unset or "demo")?',
        error,
      )
    }
    // Its close follows, which is what counts.
    this.socket.on('error', () => this.socket.terminate())
  }

  /** @param {(event: AriEvent) => void} listener */
  onEvent(listener) {
    this.socket.on('message', (frame) => listener(JSON.parse(String(frame))))
  }

  /** The next event of that kind; for ever pending if it never comes. @param {(event: AriEvent) => boolean} wanted @returns {Promise<AriEvent>} */
  next(wanted) {
    return new Promise((resolve) => {
      const look = (/** @type {unknown} */ frame) => {
        const event = JSON.parse(String(frame))
        if (!wanted(event)) return
        this.socket.off('message', look)
        resolve(event)
      }
      this.socket.on('message', look)
    })
  }

  /** @param {() => void} listener */
  onClose(listener) {
    this.socket.on('close', listener)
  }

  /**
   * @param {'GET' | 'POST' | 'DELETE'} method @param {string} path @param {Record<string, unknown>} [body]
   * @returns {Promise<any>} undefined where the thing is gone (404), which a caller who hung up may well find
   */
  async request(method, path, body) {
    const answer = await fetch(this.base + path, {
      method,
      headers: { authorization: this.authorization, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(5000),
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const text = await answer.text()
    if (answer.status === 404) return undefined
    if (!answer.ok) throw new Fault(`The pretend carrier refuses ${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }

  close() {
    this.socket.close()
  }
}
