import type { Page } from '@playwright/test'
import { loudness, toneLevels } from '../../scripts/lib/goertzel.mjs'

/** Tones far enough apart, and from the music's, to be told from each other after opus and µ-law. */
export const TONES = { caller: 1000, '6320': 440, '6321': 620, '6322': 780, sv1: 1330 } as const

/** Above this a tone is there, below SILENCE it is not; in dBFS. */
const THERE = -35
const ABSENT = -50

/** Gives the page a microphone that sings `hz`: a true track through the true WebRTC path. */
export function singing(hz: number): { script: (hz: number) => void; argument: number } {
  return {
    argument: hz,
    script: (frequency) => {
      navigator.mediaDevices.getUserMedia = () => {
        const context = new AudioContext()
        const oscillator = new OscillatorNode(context, { frequency })
        const volume = new GainNode(context, { gain: 0.5 })
        const out = context.createMediaStreamDestination()
        oscillator.connect(volume).connect(out)
        oscillator.start()
        return Promise.resolve(out.stream)
      }
    },
  }
}

/** Why the caller does not hear `hz` in the last second of what he recorded, or ''. */
export function whyNotHeard(recording: string, hz: number): string {
  const level = lastSecond(recording, hz)
  return level > THERE ? '' : `${String(hz)} Hz is at ${level.toFixed(0)} dBFS`
}

export function whyNotSilent(recording: string, hz: number): string {
  const level = lastSecond(recording, hz)
  return level < ABSENT ? '' : `${String(hz)} Hz is still at ${level.toFixed(0)} dBFS`
}

/** Why it is not music that the caller hears: loud, and none of the voices. */
export function whyNotMusic(recording: string, voices: number[]): string {
  const all = loudness(recording, { fromMs: -1_000 })
  if (all < -45) return `it is quiet: ${all.toFixed(0)} dBFS`
  const voice = voices.find((hz) => lastSecond(recording, hz) > THERE)
  return voice === undefined ? '' : `${String(voice)} Hz is heard`
}

function lastSecond(recording: string, hz: number): number {
  try {
    return toneLevels(recording, [hz], { fromMs: -1_000 })[hz] ?? -120
  } catch {
    // The recording has not begun, or has not a second yet: nothing was heard so far.
    return -120
  }
}

/** The strongest tone that the page's loudspeaker gets, Hz; 0 for silence. Measured over a fifth of a second. */
export function heardByPage(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const audio = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]')
    const stream = audio?.srcObject
    if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return 0
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    const source = context.createMediaStreamSource(stream)
    source.connect(analyser)
    const bins = new Float32Array(analyser.frequencyBinCount)
    await new Promise((resolve) => setTimeout(resolve, 250))
    analyser.getFloatFrequencyData(bins)
    const peak = bins.reduce((best, level, i) => (level > (bins[best] ?? -Infinity) ? i : best), 0)
    const hz = (peak * context.sampleRate) / analyser.fftSize
    const level = bins[peak] ?? -Infinity
    await context.close()
    return level > -60 ? hz : 0
  })
}

/** Below this a voice is not at the loudspeaker, dBFS of one frequency. */
const AT_PAGE = -50

/** Whose tones the page's loudspeaker gets now, in the order of TONES. Measured over a fifth of a second. */
export async function voicesAtPage(page: Page): Promise<string[]> {
  const levels = await page.evaluate(async (tones) => {
    const audio = document.querySelector<HTMLAudioElement>('[data-testid="remote-audio"]')
    const stream = audio?.srcObject
    if (!(stream instanceof MediaStream) || stream.getAudioTracks().length === 0) return []
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    context.createMediaStreamSource(stream).connect(analyser)
    const bins = new Float32Array(analyser.frequencyBinCount)
    await new Promise((resolve) => setTimeout(resolve, 250))
    analyser.getFloatFrequencyData(bins)
    const { sampleRate } = context
    await context.close()
    return tones.map((hz) => {
      const bin = Math.round((hz * analyser.fftSize) / sampleRate)
      return Math.max(...bins.slice(bin - 1, bin + 2))
    })
  }, Object.values(TONES))
  return Object.keys(TONES).filter((_, i) => (levels[i] ?? -Infinity) > AT_PAGE)
}
