// @ts-check
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { hear } from '../caller/sound.mjs'
import { Fault } from '../fault.mjs'
import { readWav } from '../goertzel.mjs'
import { onsetMs } from './onset.mjs'
import { pause, within } from './within.mjs'

/** @typedef {import('../caller/caller-side.mjs').CallerSide} CallerSide */
/** @typedef {import('../caller/carrier-ari.mjs').AriEvent} AriEvent */

/** The operator's voice (page/ear.js). */
export const MICROPHONE_HZ = 3000
/** How long a voice must have gone on for its beginning to be found for certain. */
const ENOUGH_MS = 400
/** Off the clock by more than this, as on a machine out of breath, a recording's samples do not tell the time. */
const SLIP_MS = 60

/** What the caller hears, with the times of its beginning and its end, so that a sample has a time. */
export class CallerRecording {
  /** @param {CallerSide} caller @param {string} runtimeDir */
  constructor(caller, runtimeDir) {
    this.caller = caller
    this.file = join(runtimeDir, 'recordings', `${caller.id}.wav`)
    this.startedAt = 0
  }

  async start() {
    const { ari, id } = this.caller
    const started = this.#next('RecordingStarted')
    await hear(ari, id, this.file)
    this.startedAt = Date.parse((await started).timestamp)
    return this
  }

  /**
   * Ends it, after a while, and says how long after `from` the operator is first heard, in ms.
   * @param {number} from @returns {Promise<number | undefined>} undefined: the recording tells no time
   */
  async operatorHeardAfter(from) {
    await pause(ENOUGH_MS)
    const { ari, id } = this.caller
    const finished = this.#next('RecordingFinished')
    await ari.request('POST', `/recordings/live/${id}/stop`)
    const endedAt = Date.parse((await finished).timestamp)
    const sound = readWav(this.file)
    await rm(this.file, { force: true })
    if (Math.abs(endedAt - this.startedAt - sound.ms) > SLIP_MS) return undefined
    // A little before the click: if it were heard then, the measurement would be wrong and ought to show.
    const at = onsetMs(sound, MICROPHONE_HZ, from - this.startedAt - 50)
    if (at === undefined) throw new Fault('The caller did not hear the operator.')
    return this.startedAt + at - from
  }

  /** @param {string} type @returns {Promise<AriEvent>} */
  #next(type) {
    const { ari, id } = this.caller
    return within(
      ari.next((event) => event.type === type && event.recording?.name === id),
      `${type} of the caller's recording`,
    )
  }
}
