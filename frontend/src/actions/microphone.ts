import { shallowRef, watch, type ShallowRef } from 'vue'
import {
  closeMicrophone,
  microphoneMayBeAsked,
  onFirstGesture,
  openMicrophone,
  type MicrophoneAnswer,
} from '../adapters/microphone'
import { isTrouble } from '../model/microphone-state'
import { microphoneLive } from '../model/phone-state'
import { useDeskStore } from '../stores/desk'
import { useNoticeStore } from '../stores/notices'
import { useOperatorStore } from '../stores/operator'

/** The microphone, opened once and kept warm, so that no call waits for a question of the browser. */
export class WarmMicrophone {
  readonly #desk = useDeskStore()
  readonly #operator = useOperatorStore()
  readonly #notices = useNoticeStore()
  readonly #onReplaced: (track: MediaStreamTrack) => void
  readonly #stop: () => void
  readonly #open: ShallowRef<MediaStream | undefined> = shallowRef()
  #opening: Promise<MediaStream | undefined> | undefined
  /** The device it is to be, as the browser names it; empty for the system's. */
  #device = ''
  #wanted = false
  #forgetGesture = (): void => undefined

  /** `onReplaced` is told when another microphone took over, perhaps in the middle of a call. */
  constructor(onReplaced: (track: MediaStreamTrack) => void) {
    this.#onReplaced = onReplaced
    this.#stop = watch(
      [() => microphoneLive(this.#operator.view), () => this.#desk.muted],
      () => this.#setLive(),
      // A word that is said after the press must not be heard.
      { flush: 'sync' },
    )
  }

  /** The stream that is open now, if any; reactive. */
  get current(): MediaStream | undefined {
    return this.#open.value
  }

  /** The open stream; opens it when it is not. */
  stream(): Promise<MediaStream | undefined> {
    if (this.#open.value) return Promise.resolve(this.#open.value)
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
    if (this.#open.value) closeMicrophone(this.#open.value)
    this.#open.value = undefined
    this.#desk.microphone = 'unknown'
  }

  close(): void {
    this.#stop()
    this.coolDown()
  }

  /** Something was plugged in or out. A refusal is the person's own word: it is not asked again. */
  plugged(): void {
    const { microphone } = this.#desk
    if (this.#wanted && isTrouble(microphone) && microphone !== 'refused') void this.#replace()
  }

  /**
   * Goes over to another device (`''`: the system's), in a call without a gap: the old one is let go when the new one
   * is there. False when the new one cannot be opened; then the old one stays.
   */
  async use(device: string): Promise<boolean> {
    await this.#opening
    if (this.#device === device) return true
    const old = this.#open.value
    if (!old) {
      this.#device = device
      return true
    }
    const answer = await openMicrophone(device)
    if ('trouble' in answer) return false
    this.#device = device
    if (this.#hold(answer.stream)) this.#tellReplaced(answer.stream)
    closeMicrophone(old)
    return true
  }

  async #acquire(): Promise<MediaStream | undefined> {
    this.#desk.microphone = 'asking'
    const answer = await this.#openAny()
    if ('trouble' in answer) {
      this.#desk.microphone = answer.trouble
      return undefined
    }
    return this.#hold(answer.stream) ? answer.stream : undefined
  }

  /** The device that was asked for, or the system's: another microphone is better than none. */
  async #openAny(): Promise<MicrophoneAnswer> {
    const answer = await openMicrophone(this.#device)
    if (this.#device === '' || !('trouble' in answer) || answer.trouble === 'refused') return answer
    this.#device = ''
    // That it was pulled out, the list of devices tells.
    if (answer.trouble !== 'missing') this.#notices.show({ key: 'devices.microphoneTaken' })
    return openMicrophone('')
  }

  /** False when nobody wants it any more: the phone went to another tab while the browser was asking. */
  #hold(stream: MediaStream): boolean {
    if (!this.#wanted) {
      closeMicrophone(stream)
      this.#desk.microphone = 'unknown'
      return false
    }
    this.#open.value = stream
    this.#desk.microphone = 'ready'
    this.#setLive()
    stream.getAudioTracks()[0]?.addEventListener('ended', () => void this.#lost(stream))
    return true
  }

  /** Unplugged, or taken away by the person: tells so, and goes over to what else there is. */
  async #lost(stream: MediaStream): Promise<void> {
    if (this.#open.value !== stream) return
    this.#open.value = undefined
    this.#desk.microphone = 'missing'
    const chosen = this.#device !== ''
    if ((await this.#replace()) && !chosen) this.#notices.show({ key: 'devices.microphoneSwapped' })
  }

  async #replace(): Promise<boolean> {
    const stream = await this.stream()
    if (stream) this.#tellReplaced(stream)
    return stream !== undefined
  }

  #tellReplaced(stream: MediaStream): void {
    const track = stream.getAudioTracks()[0]
    if (track) this.#onReplaced(track)
  }

  #setLive(): void {
    const live = microphoneLive(this.#operator.view) && !this.#desk.muted
    for (const track of this.#open.value?.getAudioTracks() ?? []) track.enabled = live
  }
}
