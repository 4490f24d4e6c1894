const RING_SECONDS = 1
const CYCLE_SECONDS = 3
const EDGE_SECONDS = 0.02

/**
 * One turn of the ringing sound: a second of the trill that a Japanese business phone makes, two of silence. Played
 * in a loop from a buffer it needs no timer, which a browser would slow down in a hidden tab.
 */
export function ringSamples(sampleRate: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(sampleRate * CYCLE_SECONDS)
  const sounding = sampleRate * RING_SECONDS
  for (let i = 0; i < sounding; i += 1) samples[i] = trillAt(i / sampleRate)
  return samples
}

function trillAt(t: number): number {
  const wave = (hz: number): number => Math.sin(2 * Math.PI * hz * t)
  // 16 beats a second is what makes it a "purururu" and not a beep.
  const beat = 0.5 + 0.5 * wave(16)
  const edge = Math.min(1, t / EDGE_SECONDS, (RING_SECONDS - t) / EDGE_SECONDS)
  return (0.5 * wave(620) + 0.3 * wave(780) + 0.1 * wave(1240)) * beat * Math.max(0, edge)
}
