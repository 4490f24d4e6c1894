// @ts-check
import { expect, test } from 'vitest'
import { onsetMs } from './onset.mjs'

const RATE = 8000
const TONE = 3000

/** @param {(second: number) => number} sound of full scale 1 @param {number} [seconds] */
function sounding(sound, seconds = 2) {
  const samples = Int16Array.from({ length: RATE * seconds }, (_, at) => Math.round(32767 * sound(at / RATE)))
  return { rate: RATE, samples }
}

/** @param {number} hz @param {number} amplitude */
const sine = (hz, amplitude) => (/** @type {number} */ second) =>
  amplitude * Math.sin(2 * Math.PI * hz * second)

/** Some chords, one of them with a note on the tone itself. @param {number} second */
const music = (second) => [220, 440, 660, 880, TONE].reduce((sum, hz) => sum + sine(hz, 0.08)(second), 0)

/** @param {number} from @param {(second: number) => number} before @returns {(second: number) => number} */
const toneFrom = (from, before) => (second) => (second < from ? before(second) : sine(TONE, 0.4)(second))

test.each([0.1, 0.5, 1.2345])('out of silence, at %d s', (from) => {
  const at = onsetMs(sounding(toneFrom(from, () => 0)), TONE)
  expect(Math.abs(Number(at) - from * 1000)).toBeLessThanOrEqual(3)
})

test('out of music', () => {
  const at = onsetMs(sounding(toneFrom(0.75, music)), TONE)
  expect(Math.abs(Number(at) - 750)).toBeLessThanOrEqual(3)
})

test('silence, music, other tones and a mere beep are no tone', () => {
  expect(
    onsetMs(
      sounding(() => 0),
      TONE,
    ),
  ).toBeUndefined()
  expect(onsetMs(sounding(music), TONE)).toBeUndefined()
  expect(onsetMs(sounding(sine(1000, 0.5)), TONE)).toBeUndefined()
  const beep = (/** @type {number} */ second) => (second > 1 && second < 1.015 ? sine(TONE, 0.4)(second) : 0)
  expect(onsetMs(sounding(beep), TONE)).toBeUndefined()
})

test('what comes before the asked-for moment does not count', () => {
  const twice = (/** @type {number} */ second) => (second < 0.3 || second >= 1 ? sine(TONE, 0.4)(second) : 0)
  const at = onsetMs(sounding(twice), TONE, 400)
  expect(Math.abs(Number(at) - 1000)).toBeLessThanOrEqual(3)
})

test('a moment before the beginning is the beginning', () => {
  expect(onsetMs(sounding(sine(TONE, 0.4)), TONE, -50)).toBe(0)
})
