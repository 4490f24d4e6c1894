import { expect, test } from 'vitest'
import { hoursMinutesSeconds, minutesSeconds } from './clock-format'
import { betterOffset, secondsSince, secondsUntil } from './server-clock'

test('the status clock shows hours, minutes and seconds', () => {
  expect(hoursMinutesSeconds(12)).toBe('00:00:12')
  expect(hoursMinutesSeconds(134)).toBe('00:02:14')
  expect(hoursMinutesSeconds(36_061)).toBe('10:01:01')
})

test('the call clock shows hours only when there are any', () => {
  expect(minutesSeconds(0)).toBe('00:00')
  expect(minutesSeconds(3_599)).toBe('59:59')
  expect(minutesSeconds(3_600)).toBe('01:00:00')
})

test('a reading that travelled faster improves the offset, a slower one does not', () => {
  expect(betterOffset(undefined, 1_000, 900)).toBe(100)
  expect(betterOffset(100, 2_000, 1_880)).toBe(120)
  expect(betterOffset(120, 3_000, 2_950)).toBe(120)
})

test('a clock that ticks on the full second skips none, wherever in a second it began', () => {
  const since = 10_999
  const shown = [11_030, 12_030, 13_030].map((now) => secondsSince(since, now))
  expect(shown).toEqual([1, 2, 3])
})

test('a clock never shows less than nothing', () => {
  expect(secondsSince(20_000, 10_000)).toBe(0)
  expect(secondsUntil(10_000, 20_000)).toBe(0)
  expect(secondsUntil(20_000, 10_000)).toBe(10)
})
