import { expect, test } from 'vitest'
import { rove } from './roving'

const pad = { count: 12, columns: 3 }
const row = { count: 6, columns: 6 }
const table: [string, number, typeof pad, number | undefined][] = [
  ['ArrowRight', 0, pad, 1],
  ['ArrowRight', 2, pad, 3],
  ['ArrowRight', 11, pad, undefined],
  ['ArrowLeft', 0, pad, undefined],
  ['ArrowLeft', 5, row, 4],
  ['ArrowDown', 1, pad, 4],
  ['ArrowDown', 10, pad, undefined],
  ['ArrowUp', 10, pad, 7],
  ['ArrowUp', 1, pad, undefined],
  ['ArrowDown', 1, row, undefined],
  ['Home', 7, pad, 0],
  ['End', 2, row, 5],
  ['5', 2, pad, undefined],
  ['toString', 2, pad, undefined],
]
for (const [key, at, shape, expected] of table) {
  test(`${key} at ${String(at)} of ${String(shape.count)}`, () => expect(rove(key, at, shape)).toBe(expected))
}
