import { expect, test } from 'vitest'
import type { Text } from '../i18n'
import { callWith } from './test-view'
import { callContext, choiceWord, numberWord, statusWord } from './words'

/** Shows the key and what was put into it, instead of any language. */
const text: Text = (key, params) => [key, ...Object.values(params ?? {})].join(' ')

test('other work goes by its own label', () => {
  expect(statusWord({ kind: 'other-work', work: '研修' }, text)).toBe('研修')
  expect(statusWord({ kind: 'lunch' }, text)).toBe('status.lunch')
  expect(choiceWord({ kind: 'other-work', work: '研修' }, text)).toBe('研修')
  expect(choiceWord({ kind: 'ready' }, text)).toBe('status.ready')
})

test('a caller is shown by number, or as withheld', () => {
  const { number: _number, ...withheld } = callWith()
  expect(numberWord(callWith(), text)).toBe('090-1111-1111')
  expect(numberWord(withheld, text)).toBe('phone.withheld')
})

test('the context names who, which queue and how long the caller waited', () => {
  expect(callContext(callWith({ name: '株式会社テスト' }), text)).toBe(
    '株式会社テスト ・ phone.via 代表 03-5060-0025 ・ phone.waited 00:18',
  )
})
