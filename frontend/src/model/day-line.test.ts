import { expect, test } from 'vitest'
import { polyline } from './day-line'

const box = { width: 120, height: 20 }

test.each([
  ['nothing yet', [], []],
  ['one point is no line', [3], []],
  ['from nothing to the highest', [0, 2, 4], ['0,20 60,10 120,0']],
  ['nothing all day is a line at the bottom', [0, 0], ['0,20 120,20']],
  ['a gap where there was nothing to divide by', [1, 1, null, 0.5, 1], ['0,0 30,0', '90,10 120,0']],
  ['a point between two gaps is none', [1, null, 1, null], []],
])('%s', (_, values, lines) => {
  expect(polyline(values, box)).toEqual(lines)
})
