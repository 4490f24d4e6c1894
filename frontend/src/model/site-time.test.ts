import { expect, test } from 'vitest'
import { clockMs, daysBack, siteClock, siteDate, siteDay } from './site-time'

const AT = Date.parse('2026-11-22T15:04:05Z')

test.each([
  ['Asia/Tokyo', '2026-11-23', '00:04:05'],
  ['UTC', '2026-11-22', '15:04:05'],
])('a moment as the clock of %s shows it', (zone, date, clock) => {
  expect([siteDate(AT, zone), siteClock(AT, zone, true)]).toEqual([date, clock])
  expect(siteClock(AT, zone)).toBe(clock.slice(0, 5))
})

test('the days that can be looked back on, over the end of a month', () => {
  expect(daysBack('2026-12-01', 3)).toEqual(['2026-12-01', '2026-11-30', '2026-11-29'])
  expect(siteDay('2026-11-22', 'ja')).toBe('11/22(日)')
})

test.each([
  ['00:00', 0],
  ['09:30', 34_200_000],
  ['09:30:15', 34_215_000],
  ['9:30', undefined],
  ['', undefined],
])('the time %j', (words, ms) => expect(clockMs(words)).toBe(ms))
