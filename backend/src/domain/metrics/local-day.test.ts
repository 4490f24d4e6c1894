import { expect, test } from 'vitest'
import { dayOfDate, halfHours, localDate, localDay } from './local-day.js'

const iso = (time: number): string => new Date(time).toISOString()

test.each([
  ['a day in Tokyo', 'Asia/Tokyo', '2026-11-22T20:00:00Z', '2026-11-22T15:00:00.000Z', 24],
  ['its first moment', 'Asia/Tokyo', '2026-11-22T15:00:00Z', '2026-11-22T15:00:00.000Z', 24],
  ['its last', 'Asia/Tokyo', '2026-11-22T14:59:59.999Z', '2026-11-21T15:00:00.000Z', 24],
  ['UTC', 'UTC', '2026-11-22T12:00:00Z', '2026-11-22T00:00:00.000Z', 24],
  ['the clock put forward', 'Europe/Berlin', '2026-03-29T12:00:00Z', '2026-03-28T23:00:00.000Z', 23],
  ['the clock put back', 'Europe/Berlin', '2026-10-25T00:30:00Z', '2026-10-24T22:00:00.000Z', 25],
  ['put forward at midnight', 'Africa/Cairo', '2026-04-24T12:00:00Z', '2026-04-23T22:00:00.000Z', 23],
])('%s', (...[, zone, at, from, hours]) => {
  const day = localDay(Date.parse(at), zone)
  expect([iso(day.from), (day.until - day.from) / 3_600_000]).toEqual([from, hours])
  const parts = halfHours(day)
  expect(parts).toHaveLength(hours * 2)
  expect([parts[0]?.from, parts.at(-1)?.until]).toEqual([day.from, day.until])
})

test.each(['Asia/Tokyo', 'UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin'])(
  'the day of a date in %s begins and ends with it',
  (zone) => {
    for (const date of ['2026-11-22', '2026-03-29', '2026-10-25', '2026-12-31']) {
      const { from, until } = dayOfDate(date, zone)
      expect([localDate(from, zone), localDate(until - 1, zone)]).toEqual([date, date])
      expect(localDate(until, zone)).not.toBe(date)
    }
  },
)
