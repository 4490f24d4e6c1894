import type { Page } from '@playwright/test'
import { TONES } from './sound.js'

/** The microphones and loudspeakers that Chromium pretends to have. */
export const DEVICES = {
  input: 'Fake Audio Input 1',
  otherInput: 'Fake Audio Input 2',
  output: 'Fake Audio Output 1',
  otherOutput: 'Fake Audio Output 2',
} as const

/** What each microphone sings; '' is the system's. */
export const MICROPHONES: Record<string, number> = {
  '': TONES['6320'],
  [DEVICES.input]: TONES['6321'],
  // Broken: it is plugged in and gives silence.
  [DEVICES.otherInput]: 0,
}

interface Seat {
  pull(labels: string[]): void
  plugIn(labels: string[]): void
  /** Under new names, as after the browser has cleared its own. */
  rename(): void
  sounding(): Promise<string[]>
}

/**
 * Gives the page devices that can be pulled out, microphones that each sing their own tone, and ears at every output.
 * Chromium's pretended devices can neither be pulled out nor listened to.
 */
export function seat(tones: Record<string, number>): void {
  const { mediaDevices } = navigator
  const list = mediaDevices.enumerateDevices.bind(mediaDevices)
  const pulled = new Set<string>()
  const playing = new Map<string, MediaStreamTrack[]>()
  let suffix = sessionStorage.getItem('seat-suffix') ?? ''
  const named = ({ deviceId, kind, label }: MediaDeviceInfo) => {
    const id = deviceId === 'default' || kind !== 'audioinput' ? deviceId : `${deviceId}${suffix}`
    return { deviceId: id, kind, label, groupId: '' } as MediaDeviceInfo
  }
  mediaDevices.enumerateDevices = async () =>
    (await list()).filter(({ label }) => !pulled.has(label)).map(named)
  mediaDevices.getUserMedia = async (constraints) => {
    const audio = constraints?.audio as { deviceId?: { exact: string } } | true
    const wanted = audio === true ? undefined : audio.deviceId?.exact
    const device = (await mediaDevices.enumerateDevices()).find(({ deviceId }) => deviceId === wanted)
    if (wanted !== undefined && !device) throw new DOMException('gone', 'OverconstrainedError')
    // Without its own microphone the system takes the next best.
    const next = (await list()).find((one) => one.kind === 'audioinput' && one.deviceId !== 'default')
    const label = device?.label ?? (pulled.has('') ? (next?.label ?? '') : '')
    const context = new AudioContext()
    const out = context.createMediaStreamDestination()
    const volume = new GainNode(context, { gain: 0.5 })
    const oscillator = new OscillatorNode(context, { frequency: tones[label] ?? 0 })
    oscillator.connect(volume).connect(out)
    oscillator.start()
    playing.set(label, [...(playing.get(label) ?? []), ...out.stream.getTracks()])
    return out.stream
  }

  const ears: { context: AudioContext; ear: AnalyserNode }[] = []

  const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode
  AudioNode.prototype.connect = function (this: AudioNode, to: AudioNode) {
    if (to === this.context.destination) {
      const ear = new AnalyserNode(this.context, { fftSize: 2048 })
      connect.call(this, ear)
      ears.push({ context: this.context as AudioContext, ear })
    }
    return connect.call(this, to)
  } as typeof AudioNode.prototype.connect
  const loud = (ear: AnalyserNode): boolean => {
    const samples = new Float32Array(ear.fftSize)
    ear.getFloatTimeDomainData(samples)
    return samples.some((sample) => Math.abs(sample) > 0.01)
  }
  const changed = (): void => void mediaDevices.dispatchEvent(new Event('devicechange'))
  const mine: Seat = {
    pull(labels) {
      for (const label of labels) {
        pulled.add(label)
        for (const track of playing.get(label) ?? []) {
          if (track.readyState === 'ended') continue
          track.stop()
          track.dispatchEvent(new Event('ended'))
        }
      }
      changed()
    },
    plugIn(labels) {
      for (const label of labels) pulled.delete(label)
      changed()
    },
    rename() {
      suffix = '-renamed'
      sessionStorage.setItem('seat-suffix', suffix)
    },
    async sounding() {
      const all = await list()
      const sinks = ears.flatMap(({ context, ear }) =>
        loud(ear) ? [(context as AudioContext & { sinkId: string }).sinkId] : [],
      )
      const labelOf = (sink: string): string => all.find(({ deviceId }) => deviceId === sink)?.label ?? ''
      return [...new Set(sinks.map(labelOf))]
    },
  }
  Object.assign(globalThis, { seat: mine })
}

interface WithSeat {
  seat: Seat
}

export const pull = (page: Page, ...labels: string[]) =>
  page.evaluate((gone) => (globalThis as unknown as WithSeat).seat.pull(gone), labels)

export const plugIn = (page: Page, ...labels: string[]) =>
  page.evaluate((back) => (globalThis as unknown as WithSeat).seat.plugIn(back), labels)

export const renameDevices = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as WithSeat).seat.rename())

/** The outputs on which the page's own sounds are heard at this moment; '' is the system's. */
export const sounding = (page: Page) =>
  page.evaluate(() => (globalThis as unknown as WithSeat).seat.sounding())
