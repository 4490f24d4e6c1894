import { expect, test } from 'vitest'
import { maskNumber } from './mask-number.js'
import { numberKey } from './number-key.js'

test('a phone number shows its first three and last two characters', () => {
  expect(maskNumber('09011111122')).toBe('090******22')
  expect(maskNumber('+819011111122')).toBe('+81********22')
})

test('a short number hides at least one character', () => {
  expect(maskNumber('123456')).toBe('123*56')
})

test('extensions and service numbers stay readable', () => {
  expect(maskNumber('6320')).toBe('6320')
  expect(maskNumber('110')).toBe('110')
  expect(maskNumber('')).toBe('')
})

test.each(['09011111111', '090-1111-1111', '+81 90-1111-1111', '+819011111111'])(
  '%s has one key',
  (number) => {
    expect(numberKey(number)).toBe('09011111111')
  },
)

test('a number of another country keeps its code', () => {
  expect(numberKey('+1 212 555 0100')).toBe('+12125550100')
})
