import { tonesOf, type PadKey } from '../model/dtmf'
import { ringSamples, type RingKind } from '../model/ring-sound'

const RING_VOLUME = 0.35
const KEY_VOLUME = 0.05
const KEY_SECONDS = 0.09

let shared: AudioContext | undefined

/** Browsers allow few contexts and unlock them one by one, so the page has one. */
function context(): AudioContext {
  shared ??= new AudioContext()
  return shared
}

/** Whether a sound made now would be heard. */
export const soundAllowed = (): boolean => context().state === 'running'

/** Asks the browser for leave to make sounds; it agrees after a click or key on the page. */
export async function unlockSound(): Promise<boolean> {
  // Without a click `resume` stays pending instead of failing.
  const refused = new Promise((resolve) => setTimeout(resolve, 500))
  await Promise.race([context().resume(), refused])
  return soundAllowed()
}

let ringing: AudioBufferSourceNode | undefined

function ringSound(audio: AudioContext, kind: RingKind): AudioBuffer {
  const samples = ringSamples(audio.sampleRate, kind)
  const buffer = audio.createBuffer(1, samples.length, audio.sampleRate)
  buffer.copyToChannel(samples, 0)
  return buffer
}

export function startRingtone(kind: RingKind): void {
  if (ringing) return
  const audio = context()
  const volume = new GainNode(audio, { gain: RING_VOLUME })
  ringing = new AudioBufferSourceNode(audio, { buffer: ringSound(audio, kind), loop: true })
  ringing.connect(volume).connect(audio.destination)
  ringing.start()
  void audio.resume()
}

export function stopRingtone(): void {
  ringing?.stop()
  ringing?.disconnect()
  ringing = undefined
}

/** The short sound of a pad key, for the operator's ear only. */
export function playKey(key: PadKey): void {
  const audio = context()
  if (audio.state !== 'running') return
  const volume = new GainNode(audio, { gain: KEY_VOLUME })
  volume.connect(audio.destination)
  for (const frequency of tonesOf(key)) {
    const tone = new OscillatorNode(audio, { frequency })
    tone.connect(volume)
    tone.start()
    tone.stop(audio.currentTime + KEY_SECONDS)
  }
}

const ALERT_NOTES = [880, 660, 880]
const NOTE_SECONDS = 0.18

/** Three notes for a supervisor: an operator asks for help. */
export function playAlert(): void {
  const audio = context()
  const volume = new GainNode(audio, { gain: RING_VOLUME })
  volume.connect(audio.destination)
  ALERT_NOTES.forEach((frequency, i) => {
    const note = new OscillatorNode(audio, { frequency, type: 'triangle' })
    note.connect(volume)
    note.start(audio.currentTime + i * NOTE_SECONDS)
    note.stop(audio.currentTime + (i + 0.8) * NOTE_SECONDS)
  })
  void audio.resume()
}
