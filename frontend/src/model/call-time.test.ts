import { expect, test } from 'vitest'
import { callTime } from './call-time'

const at = Date.parse('2021-05-04T15:06:02Z')

test('a call’s time and date, as the manual writes them, by the site’s clock', () => {
  expect(callTime(at, 'ja', 'Asia/Tokyo')).toEqual({ time: '00:06:02', date: '2021年05月05日' })
  expect(callTime(at, 'en', 'Asia/Tokyo')).toEqual({ time: '00:06:02', date: '05 May 2021' })
  expect(callTime(at, 'ja', 'America/New_York')).toEqual({ time: '11:06:02', date: '2021年05月04日' })
})
