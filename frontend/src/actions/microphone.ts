import { watch } from 'vue'
import {
  closeMicrophone,
  microphoneMayBeAsked,
  onFirstGesture,
  openMicrophone,
  watchDevices,
} from '../adapters/microphone'
import { isTrouble } from '../model/microphone-state'
import { microphoneLive } from '../model/phone-state'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'

/** The microphone, opened once and kept warm, so that no call waits for a question of the browser. */
export class WarmMicrophone {
  readonly #desk = useDeskStore()
  readonly #operator = useOperatorStore()
  readonly #onReplaced: (track: MediaStreamTrack) => void
  readonly #stops: (() => void)[]
  #open: MediaStream | undefined
  #opening: Promise<MediaStream | undefined> | undefined
  #wanted = false
  #forgetGesture = (): void => undefined

  /** `onReplaced` is told when another microphone took over, perhaps in the middle of a call. */
  constructor(onReplaced: (track: MediaStreamTrack) => void) {
    this.#onReplaced = onReplaced
    this.#stops = [
      watch(
        () => microphoneLive(this.#operator.view),
        () => this.#setLive(),
      ),
      watchDevices(() => {
        const { microphone } = this.#desk
        // A refusal is the person's own word: plugging something in does not ask again.
        if (this.#wanted && isTrouble(microphone) && microphone !== 'refused') void this.#replace()
      }),
    ]
  }

  /** The open stream; opens it when it is not. */
  stream(): Promise<MediaStream | undefined> {
    if (this.#open) return Promise.resolve(this.#open)
    this.#opening ??= this.#acquire().finally(() => (this.#opening = undefined))
    return this.#opening
  }

  /** From now on it is wanted: opens it at once or, where the browser would ask, at the first click. */
  async warmUp(): Promise<void> {
    this.#wanted = true
    if (await microphoneMayBeAsked()) await this.stream()
    else this.#forgetGesture = onFirstGesture(() => void this.stream())
  }

  coolDown(): void {
    this.#wanted = false
    this.#forgetGesture()
    if (this.#open) closeMicrophone(this.#open)
    this.#open = undefined
    this.#desk.microphone = 'unknown'
  }

  close(): void {
    for (const stop of this.#stops) stop()
    this.coolDown()
  }

  async #acquire(): Promise<MediaStream | undefined> {
    this.#desk.microphone = 'asking'
    const answer = await openMicrophone()
    if ('trouble' in answer) {
      this.#desk.microphone = answer.trouble
      return undefined
    }
    const { stream } = answer
    if (!this.#wanted) {
      // The phone went to another tab while the browser was asking.
      closeMicrophone(stream)
      this.#desk.microphone = 'unknown'
      return undefined
    }
    this.#open = stream
    this.#desk.microphone = 'ready'
    this.#setLive()
    stream.getAudioTracks()[0]?.addEventListener('ended', () => this.#lost(stream))
    return stream
  }

  /** Unplugged, or taken away by the person: tells so, and goes over to what else there is. */
  #lost(stream: MediaStream): void {
    if (this.#open !== stream) return
    this.#open = undefined
    this.#desk.microphone = 'missing'
    void this.#replace()
  }

  async #replace(): Promise<void> {
    const track = (await this.stream())?.getAudioTracks()[0]
    if (track) this.#onReplaced(track)
  }

  #setLive(): void {
    const live = microphoneLive(this.#operator.view)
    for (const track of this.#open?.getAudioTracks() ?? []) track.enabled = live
  }
}
