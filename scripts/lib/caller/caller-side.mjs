// @ts-check
import { EventEmitter } from 'node:events'
import { Fault } from '../fault.mjs'

/** @typedef {import('./carrier-ari.mjs').AriEvent} AriEvent */
/** @typedef {import('./carrier-ari.mjs').CarrierAri} CarrierAri */

/**
 * How a call ended. `carrier`: the pretend carrier itself went away. `cause` is Q.850's (16 normal, 17 busy …), `sipCode` what the
 * other side answered, where it did.
 * @typedef {{ by: 'caller' | 'callee' | 'carrier', cause: number, causeText: string, sipCode?: number }} Ending
 *
 * @typedef {object} CallerOptions
 * @property {string} to
 * @property {string} [from]
 * @property {number} [tone]       Hz that the caller sings.
 * @property {boolean} [say]       A spoken greeting, and then the caller echoes what he hears.
 * @property {string} [recordTo]   File for what the caller hears: WAV, 8 kHz mono, readable while the call lasts.
 *
 * @typedef {'dialled' | 'ringing' | 'answered' | 'ended'} Moment
 */

/** What ARI calls them. @type {Record<string, 'dialled' | 'ringing' | 'answered'>} */
const MOMENTS = { '': 'dialled', RINGING: 'ringing', ANSWER: 'answered' }

/**
 * The outside party of one call. Emits `dialled` (INVITE sent), `ringing` (180), `answered` and `ended` (with an Ending); `at` has the
 * carrier's time of each in ms, so that INVITE to ring is `at.ringing - at.dialled`. `inHand`: answered, and ours to speak into, which
 * may be a moment later.
 * @extends {EventEmitter<{ dialled: [], ringing: [], answered: [], inHand: [], ended: [Ending], error: [unknown] }>}
 */
export class CallerSide extends EventEmitter {
  /** @type {Partial<Record<Moment, number>>} */
  at = {}
  /** @type {Ending | undefined} */
  ending
  #hungUp = false

  /** @param {CarrierAri} ari @param {string} id @param {CallerOptions} options */
  constructor(ari, id, options) {
    super()
    this.ari = ari
    this.id = id
    this.options = options
    ari.onEvent((event) => this.#take(event))
    ari.onClose(() => this.#end(Date.now(), { by: 'carrier', cause: 0, causeText: 'the carrier went away' }))
  }

  /** Resolves with the time of it, at once if it has been; rejects if the call ends first. @param {Moment} moment @param {{ timeoutMs?: number }} [options] @returns {Promise<number>} */
  waitFor(moment, { timeoutMs = 10_000 } = {}) {
    return new Promise((resolve, reject) => {
      const look = () => {
        const at = this.at[moment]
        if (at !== undefined) finish(() => resolve(at))
        else if (this.ending)
          finish(() =>
            reject(new Fault(`The call ended before it was ${moment}: ${JSON.stringify(this.ending)}`)),
          )
      }
      const finish = (/** @type {() => void} */ settle) => {
        clearTimeout(timer)
        this.off(moment, look).off('ended', look)
        settle()
      }
      const timer = setTimeout(
        () => finish(() => reject(new Fault(`The call was not ${moment} within ${timeoutMs} ms.`))),
        timeoutMs,
      )
      this.on(moment, look).on('ended', look)
      look()
    })
  }

  /** Resolves once the call is over. */
  async hangup() {
    if (this.ending) return
    this.#hungUp = true
    await this.ari.request('DELETE', `/channels/${this.id}`)
    await this.waitFor('ended')
  }

  /** @param {string} digits */
  async sendDtmf(digits) {
    await this.ari.request('POST', `/channels/${this.id}/dtmf`, { dtmf: digits, between: 100, duration: 100 })
  }

  /** @param {AriEvent} event */
  #take(event) {
    if (event.type === 'Dial' && event.peer?.id === this.id) this.#progress(event.dialstatus ?? '', event)
    if (event.channel?.id !== this.id) return
    if (event.type === 'StasisStart') {
      this.#progress('ANSWER', event)
      this.emit('inHand')
    }
    if (event.type === 'ChannelDestroyed') this.#end(Date.parse(event.timestamp), this.#endingOf(event))
  }

  /** @param {AriEvent} event @returns {Ending} */
  #endingOf({ cause = 0, cause_txt: causeText = '', tech_cause: sipCode }) {
    return { by: this.#hungUp ? 'caller' : 'callee', cause, causeText, ...(sipCode ? { sipCode } : {}) }
  }

  /** @param {string} status @param {AriEvent} event */
  #progress(status, { timestamp }) {
    const moment = MOMENTS[status]
    if (!moment || this.at[moment] !== undefined) return
    this.at[moment] = Date.parse(timestamp)
    this.emit(moment)
  }

  /** @param {number} at @param {Ending} ending */
  #end(at, ending) {
    if (this.ending) return
    this.ending = ending
    this.at.ended = at
    this.emit('ended', ending)
  }
}
