// @ts-check
import { once } from 'node:events'
import WebSocket from 'ws'
import { Fault } from '../fault.mjs'
import { within } from './within.mjs'

/** @typedef {{ type: string, timestamp: string, channel?: { id: string, name: string, state: string }, playback?: { id: string } }} PbxEvent */

/** An application of the bench's own on the PBX, beside the product's. */
export class BenchApp {
  /** @param {{ url: string, user: string, password: string }} ari @param {string} app */
  constructor({ url, user, password }, app) {
    this.app = app
    this.base = `${url}/ari`
    this.authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
    this.socket = new WebSocket(`${this.base.replace('http', 'ws')}/events?app=${app}`, {
      headers: { authorization: this.authorization },
    })
  }

  async connect() {
    await once(this.socket, 'open')
    return this
  }

  /** The next event of that kind. @param {string} what @param {(event: PbxEvent) => boolean} wanted @returns {Promise<PbxEvent>} */
  next(what, wanted) {
    /** @type {Promise<PbxEvent>} */
    const come = new Promise((resolve) => {
      const look = (/** @type {unknown} */ frame) => {
        const event = JSON.parse(String(frame))
        if (!wanted(event)) return
        this.socket.off('message', look)
        resolve(event)
      }
      this.socket.on('message', look)
    })
    return within(come, what)
  }

  /** @param {string} channel */
  entered(channel) {
    return this.next(
      `The entry of ${channel}`,
      ({ type, channel: who }) => type === 'StasisStart' && who?.id === channel,
    )
  }

  /**
   * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method @param {string} path @param {Record<string, unknown>} [body]
   * @returns {Promise<any>} undefined where the thing is gone (404)
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
    if (!answer.ok) throw new Fault(`Asterisk refuses ${method} ${path}: ${answer.status} ${text}`)
    return text ? JSON.parse(text) : undefined
  }

  close() {
    this.socket.close()
  }
}
