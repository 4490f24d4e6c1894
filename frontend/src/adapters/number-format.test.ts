import { afterEach, expect, test } from 'vitest'
import { formatNumber, formatNumbersBy } from '../model/phone-number'
import { formatJapanese } from './number-format'

afterEach(() => formatNumbersBy(() => undefined))

test.each([
  ['0463123456', '0463-12-3456'],
  ['0462123456', '046-212-3456'],
  ['0997123456', '0997-12-3456'],
  ['0155231234', '0155-23-1234'],
  ['09011111111', '090-1111-1111'],
  ['0350600025', '03-5060-0025'],
  ['0120123456', '0120-123-456'],
  ['0570012345', '0570-012-345'],
  ['08001234567', '0800-123-4567'],
  ['+81463123456', '0463-12-3456'],
])('%s is written as %s, by the table of area codes', (number, shown) => {
  expect(formatJapanese(number)).toBe(shown)
})

test.each([
  '6321',
  '110',
  '184090111',
  '18409011111111',
  '+12125550100',
  '*21#',
  '0501234567',
  '0901000001',
  '',
])('of %s the library is not certain', (number) => {
  expect(formatJapanese(number)).toBeUndefined()
})

test('no number ever loses a digit by it', () => {
  // Among them are 010…, which the library takes for a call abroad.
  for (let i = 0; i < 20_000; i += 1) {
    const number = `0${String((i * 7_919_993) % 10 ** 9).padStart(9, '0')}${i % 2 ? '5' : ''}`
    expect((formatJapanese(number) ?? number).replaceAll('-', '')).toBe(number)
  }
})

test('numbers are written roughly until the table is there, and by it from then on', () => {
  expect(formatNumber('0463123456')).toBe('046-312-3456')
  formatNumbersBy(formatJapanese)
  expect(formatNumber('0463123456')).toBe('0463-12-3456')
  expect(formatNumber('6321')).toBe('6321')
})
