import { expect, test } from 'vitest'
import { callTime } from './call-time'

const at = new Date(2021, 4, 5, 0, 6, 2).getTime()

test('a call’s time and date, as the manual writes them', () => {
  expect(callTime(at, 'ja')).toEqual({ time: '00:06:02', date: '2021年05月05日' })
  expect(callTime(at, 'en')).toEqual({ time: '00:06:02', date: '05 May 2021' })
})
