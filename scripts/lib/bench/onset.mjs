// @ts-check
/** Long enough to know a tone by, short enough to place its beginning. */
const WINDOW_MS = 10
const STEP_MS = 1
/** A tone goes on; a note of the music that happens to be there is not as pure, nor for so long. */
const STAYS_MS = 30
/** Of the sound in a window, how much must be the tone; and how loud it must be, as a share of full scale. */
const PURITY = 0.8
const AMPLITUDE = 0.02

/**
 * When a tone begins, in ms from the start of the sound: the first window that is nearly all tone, if it stays so.
 * @param {{ rate: number, samples: Int16Array }} sound
 * @param {number} hz @param {number} [fromMs]
 * @returns {number | undefined} undefined: it never does
 */
export function onsetMs({ rate, samples }, hz, fromMs = 0) {
  const [size, step, stays] = [WINDOW_MS, STEP_MS, STAYS_MS].map((ms) => Math.round((ms * rate) / 1000))
  const first = Math.max(0, Math.round((fromMs * rate) / 1000))
  const isTone = (/** @type {number} */ at) => isPure(samples.subarray(at, at + Number(size)), hz / rate)
  for (let at = first; at + Number(size) + Number(stays) <= samples.length; at += Number(step)) {
    if (isTone(at) && isTone(at + Number(size)) && isTone(at + Number(stays))) return (at * 1000) / rate
  }
  return undefined
}

/** Goertzel's filter, against the power of everything. @param {Int16Array} samples @param {number} turns cycles per sample */
function isPure(samples, turns) {
  const coefficient = 2 * Math.cos(2 * Math.PI * turns)
  let [last, before, energy] = [0, 0, 0]
  for (const sample of samples) {
    const value = sample / 32768
    energy += value * value
    const next = value + coefficient * last - before
    before = last
    last = next
  }
  const power = last * last + before * before - coefficient * last * before
  const amplitude = (2 * Math.sqrt(Math.max(0, power))) / samples.length
  return amplitude >= AMPLITUDE && (2 * power) / samples.length >= PURITY * energy
}
