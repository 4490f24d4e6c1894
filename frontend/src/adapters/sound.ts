import { tonesOf, type PadKey } from '../model/dtmf'
import { ringSamples, type RingKind } from '../model/ring-sound'

const RING_VOLUME = 0.35
const KEY_VOLUME = 0.05
const KEY_SECONDS = 0.09

/** Where a sound goes: to the operator's ear, or to the whole desk. */
export type SoundOutput = 'speaker' | 'ringer'

/** Newer than the types; without it every sound goes where the system wants. */
type Routable = AudioContext & { setSinkId?: (id: string) => Promise<void> }

const contexts = new Map<SoundOutput, AudioContext>()

/** Browsers allow few contexts and unlock them one by one, so each output has one for the whole visit. */
function context(output: SoundOutput): AudioContext {
  const existing = contexts.get(output)
  if (existing) return existing
  const made = new AudioContext()
  contexts.set(output, made)
  return made
}

/** Lets the sounds of this output be heard on a device (`''`: the system's). False when they cannot be. */
export async function routeSounds(output: SoundOutput, deviceId: string): Promise<boolean> {
  const audio: Routable = context(output)
  if (!audio.setSinkId) return deviceId === ''
  try {
    await audio.setSinkId(deviceId)
    return true
  } catch {
    // Pulled out a moment ago, which the list of devices is about to tell.
    return false
  }
}

/** Whether a sound made now would be heard. */
export const soundAllowed = (): boolean =>
  context('ringer').state === 'running' && context('speaker').state === 'running'

/** Asks the browser for leave to make sounds; it agrees after a click or key on the page. */
export async function unlockSound(): Promise<boolean> {
  // Without a click `resume` stays pending instead of failing.
  const refused = new Promise((resolve) => setTimeout(resolve, 500))
  await Promise.race([Promise.all([context('ringer').resume(), context('speaker').resume()]), refused])
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
  const audio = context('ringer')
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
  const audio = context('speaker')
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
  playNotes('ringer', ALERT_NOTES)
}

const CROSSING_NOTES = [523, 440]

/** Two low notes: a limit is crossed. */
export function playCrossing(): void {
  playNotes('ringer', CROSSING_NOTES)
}

const TEST_NOTES = [523, 659, 784, 1047]

/** A few notes to try an output with. */
export function playTest(output: SoundOutput): void {
  playNotes(output, TEST_NOTES)
}

function playNotes(output: SoundOutput, notes: number[]): void {
  const audio = context(output)
  const volume = new GainNode(audio, { gain: RING_VOLUME })
  volume.connect(audio.destination)
  notes.forEach((frequency, i) => {
    const note = new OscillatorNode(audio, { frequency, type: 'triangle' })
    note.connect(volume)
    note.start(audio.currentTime + i * NOTE_SECONDS)
    note.stop(audio.currentTime + (i + 0.8) * NOTE_SECONDS)
  })
  void audio.resume()
}
