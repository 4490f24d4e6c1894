// @ts-check
import { expect, test } from 'vitest'
import { percentile, summarize } from './statistics.mjs'

const oneToThirty = Array.from({ length: 30 }, (_, at) => 30 - at)

test('percentiles are values that were measured, whatever their order', () => {
  expect(percentile(oneToThirty, 50)).toBe(15)
  expect(percentile(oneToThirty, 95)).toBe(29)
  expect(percentile(oneToThirty, 100)).toBe(30)
  expect(percentile(oneToThirty, 0)).toBe(1)
})

test('a single value is all of them', () => {
  expect(summarize([7])).toEqual({ n: 1, p50: 7, p95: 7, max: 7 })
})

test('nothing measured is no number, least of all 0', () => {
  expect(summarize([])).toEqual({ n: 0, p50: NaN, p95: NaN, max: NaN })
})

test('the values are left as they were', () => {
  const values = [3, 1, 2]
  summarize(values)
  expect(values).toEqual([3, 1, 2])
})
