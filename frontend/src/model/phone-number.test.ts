import { expect, test } from 'vitest'
import { editDialField, withoutLast } from './dial-field'
import { formatNumber, LONGEST_NUMBER, normaliseNumber } from './phone-number'

test.each([
  ['03-5060-0025', '0350600025'],
  ['０３ー５０６０ー００２５', '0350600025'],
  [' 090 1111 1111 ', '09011111111'],
  ['(03)5060-0025', '0350600025'],
  ['+81 90-1111-1111', '09011111111'],
  ['+81 (0)3 5060 0025', '0350600025'],
  ['tel:+81350600025', '0350600025'],
  ['090−1111‐1111', '09011111111'],
  ['*21#', '*21#'],
  ['+1 212 555 0100', '+12125550100'],
])('%s is dialled as %s', (typed, number) => {
  expect(normaliseNumber(typed)).toEqual({ number })
})

test('what cannot be a number is refused with a reason', () => {
  expect(normaliseNumber('でんわ')).toEqual({ refused: 'characters' })
  expect(normaliseNumber('03-ABCD')).toEqual({ refused: 'characters' })
  expect(normaliseNumber('1'.repeat(LONGEST_NUMBER + 1))).toEqual({ refused: 'too-long' })
})

test.each([
  ['09011111111', '090-1111-1111'],
  ['0350600025', '03-5060-0025'],
  ['0120123456', '0120-123-456'],
  ['08001234567', '0800-123-4567'],
  ['05012345678', '050-1234-5678'],
  ['0570012345', '0570-012-345'],
  ['0521234567', '052-123-4567'],
  ['+819011111111', '090-1111-1111'],
  ['6321', '6321'],
  ['110', '110'],
  ['+12125550100', '+12125550100'],
])('%s is read as %s', (number, shown) => {
  expect(formatNumber(number)).toBe(shown)
})

test('typing adds, and says what was added', () => {
  expect(editDialField('09', '090')).toEqual({ text: '090', added: '0' })
  expect(editDialField('', '090-1111')).toEqual({ text: '0901111', added: '0901111' })
})

test('a refused edit leaves the field as it was', () => {
  expect(editDialField('090', '090あ')).toEqual({ text: '090', refused: 'characters', added: '' })
})

test('deleting and changing in the middle add nothing', () => {
  expect(editDialField('090', '09').added).toBe('')
  expect(editDialField('090', '190').added).toBe('')
  expect(withoutLast('090')).toBe('09')
  expect(withoutLast('')).toBe('')
})
