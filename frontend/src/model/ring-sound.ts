/** Calls from outside ring as one long sound, those of colleagues as two short ones (s). */
export type RingKind = 'outside' | 'internal'

const SOUNDING: Record<RingKind, readonly (readonly [from: number, to: number])[]> = {
  outside: [[0, 1]],
  internal: [
    [0, 0.35],
    [0.55, 0.9],
  ],
}
const CYCLE_SECONDS = 3
const EDGE_SECONDS = 0.02

/**
 * One turn of the ringing sound: the trill that a Japanese business phone makes, and silence up to three seconds. Played
 * in a loop from a buffer it needs no timer, which a browser would slow down in a hidden tab.
 */
export function ringSamples(sampleRate: number, kind: RingKind): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(sampleRate * CYCLE_SECONDS)
  for (const [from, to] of SOUNDING[kind]) {
    for (let i = Math.round(from * sampleRate); i < to * sampleRate; i += 1) {
      const t = i / sampleRate
      samples[i] = trillAt(t) * Math.max(0, Math.min(1, (t - from) / EDGE_SECONDS, (to - t) / EDGE_SECONDS))
    }
  }
  return samples
}

function trillAt(t: number): number {
  const wave = (hz: number): number => Math.sin(2 * Math.PI * hz * t)
  // 16 beats a second is what makes it a "purururu" and not a beep.
  const beat = 0.5 + 0.5 * wave(16)
  return (0.5 * wave(620) + 0.3 * wave(780) + 0.1 * wave(1240)) * beat
}
