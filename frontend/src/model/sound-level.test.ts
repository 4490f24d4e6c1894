import { expect, test } from 'vitest'
import { levelOf } from './sound-level'

const sine = (volume: number): number[] => Array.from({ length: 1_000 }, (_, i) => volume * Math.sin(i / 3))

test.each([
  ['silence', [0, 0, 0], 0],
  ['a quiet room', sine(0.001), 0],
  ['half of what the ear spans', sine(0.0377), 0.5],
  ['full', sine(1), 1],
  ['more than full', sine(3), 1],
] as const)('%s', (_, samples, level) => {
  expect(levelOf(samples)).toBeCloseTo(level, 1)
})
