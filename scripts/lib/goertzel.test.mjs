// @ts-check
import { expect, test } from 'vitest'
import { loudness, toneLevels } from './goertzel.mjs'

/** @param {(second: number) => number} sound @param {{ seconds?: number, unfinished?: boolean }} [options] */
function wav(sound, { seconds = 1, unfinished = false } = {}) {
  const count = 8000 * seconds
  const bytes = Buffer.alloc(44 + count * 2)
  bytes.write('RIFF')
  bytes.write('WAVEfmt ', 8)
  bytes.writeUInt32LE(16, 16)
  bytes.writeUInt16LE(1, 20)
  bytes.writeUInt16LE(1, 22)
  bytes.writeUInt32LE(8000, 24)
  bytes.writeUInt32LE(16000, 28)
  bytes.writeUInt16LE(2, 32)
  bytes.writeUInt16LE(16, 34)
  bytes.write('data', 36)
  bytes.writeUInt32LE(unfinished ? 0 : count * 2, 40)
  for (let index = 0; index < count; index++)
    bytes.writeInt16LE(Math.round(sound(index / 8000) * 32767), 44 + index * 2)
  return bytes
}

/** @param {number} freq @param {number} amplitude @returns {(second: number) => number} */
const sine = (freq, amplitude) => (second) => amplitude * Math.sin(2 * Math.PI * freq * second)

test('a tone is found at its level, and not at its neighbours', () => {
  const levels = toneLevels(wav(sine(1000, 0.1)), [440, 1000, 1100])
  expect(levels[1000]).toBeCloseTo(-20, 1)
  expect(levels[440]).toBeLessThan(-75)
  expect(levels[1100]).toBeLessThan(-75)
})

test('two tones at once are told apart', () => {
  const both = wav((second) => sine(440, 0.5)(second) + sine(1700, 0.05)(second))
  const levels = toneLevels(both, [440, 1700])
  expect(levels[440]).toBeCloseTo(-6, 1)
  expect(levels[1700]).toBeCloseTo(-26, 1)
})

test('only the span asked for is measured', () => {
  const lateTone = wav((second) => (second < 1 ? 0 : sine(440, 0.5)(second)), { seconds: 2 })
  expect(toneLevels(lateTone, [440], { toMs: 900 })[440]).toBeLessThan(-75)
  expect(toneLevels(lateTone, [440], { fromMs: 1100 })[440]).toBeCloseTo(-6, 1)
  expect(toneLevels(lateTone, [440], { fromMs: -500 })[440]).toBeCloseTo(-6, 1)
})

test('a recording still being written is read as far as it goes', () => {
  expect(loudness(wav(sine(700, 1), { unfinished: true }))).toBeCloseTo(0, 1)
})

test('a span without sound is said, not guessed', () => {
  expect(() =>
    toneLevels(
      wav(() => 0),
      [440],
      { fromMs: 5000 },
    ),
  ).toThrow('only 0 samples')
})
