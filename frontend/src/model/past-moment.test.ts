import { expect, test } from 'vitest'
import { momentOf } from './past-moment'

test.each([
  ['a moment that was', 500_000, 500_000],
  ['none', Number.NaN, 940_000],
  ['no number of this world', -5, 940_000],
  ['one that is still to come', 2_000_000, 1_000_000],
])('%s', (_what, wanted, expected) => {
  expect(momentOf(wanted, 1_000_000)).toBe(expected)
})
