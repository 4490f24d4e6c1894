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
export interface WarmMicrophone {
  /** The open stream; opens it when it is not. */
  stream: () => Promise<MediaStream | undefined>
  /** From now on it is wanted: opens it at once or, where the browser would ask, at the first click. */
  warmUp: () => Promise<void>
  coolDown: () => void
  close: () => void
}

export function keepMicrophone(onReplaced: (track: MediaStreamTrack) => void): WarmMicrophone {
  const desk = useDeskStore()
  const operator = useOperatorStore()
  let open: MediaStream | undefined
  let opening: Promise<MediaStream | undefined> | undefined
  let wanted = false
  let forgetGesture = (): void => undefined

  async function acquire(): Promise<MediaStream | undefined> {
    desk.microphone = 'asking'
    const answer = await openMicrophone()
    if ('trouble' in answer) {
      desk.microphone = answer.trouble
      return undefined
    }
    if (!wanted) {
      closeMicrophone(answer.stream)
      return undefined
    }
    open = answer.stream
    desk.microphone = 'ready'
    guard(answer.stream)
    return open
  }

  /** Unplugged, or taken away by the person: tells so, and goes over to what else there is. */
  function guard(stream: MediaStream): void {
    setLive(microphoneLive(operator.view))
    const [track] = stream.getAudioTracks()
    track?.addEventListener('ended', () => {
      if (open !== stream) return
      open = undefined
      desk.microphone = 'missing'
      void replace()
    })
  }

  async function replace(): Promise<void> {
    const track = (await stream())?.getAudioTracks()[0]
    if (track) onReplaced(track)
  }

  function stream(): Promise<MediaStream | undefined> {
    if (open) return Promise.resolve(open)
    opening ??= acquire().finally(() => (opening = undefined))
    return opening
  }

  async function warmUp(): Promise<void> {
    wanted = true
    if (await microphoneMayBeAsked()) await stream()
    else forgetGesture = onFirstGesture(() => void stream())
  }

  function coolDown(): void {
    wanted = false
    forgetGesture()
    if (open) closeMicrophone(open)
    open = undefined
    desk.microphone = 'unknown'
  }

  function setLive(live: boolean): void {
    for (const track of open?.getAudioTracks() ?? []) track.enabled = live
  }

  const stopLive = watch(() => microphoneLive(operator.view), setLive)
  // A refusal is the person's own word: plugging something in does not ask again.
  const stopDevices = watchDevices(() => {
    if (wanted && isTrouble(desk.microphone) && desk.microphone !== 'refused') void replace()
  })
  const close = (): void => {
    stopLive()
    stopDevices()
    coolDown()
  }
  return { stream, warmUp, coolDown, close }
}
