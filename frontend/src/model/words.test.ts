import { expect, test } from 'vitest'
import type { Text } from '../i18n'
import { callWith, targetWith } from './test-view'
import { callContext, choiceWord, headWords, numberWord, partyWord, statusWord } from './words'

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

test('an outgoing call has no queue and nobody waited', () => {
  const { queue: _queue, ...call } = callWith({ direction: 'out', phase: 'dialling', waitedMs: 0 })
  expect(callContext(call, text)).toBe('')
  expect(callContext({ ...call, name: '株式会社テスト' }, text)).toBe('株式会社テスト')
})

const { queue: _queue, ...direct } = callWith({ number: '6321', name: '鈴木 太郎', internal: true })

test('an internal call says so, for whom it asks, and that the other one holds it', () => {
  expect(callContext(direct, text)).toBe('phone.internal')
  expect(callContext({ ...direct, heldByOther: true }, text)).toBe('phone.internal ・ phone.heldByOther')
  expect(callContext({ ...direct, onBehalfOf: { number: '09011111111' } }, text)).toBe(
    'phone.internal ・ phone.onBehalfOf 090-1111-1111',
  )
  expect(callContext({ ...direct, onBehalfOf: {} }, text)).toContain('phone.withheld')
})

test('the head shows a colleague by number and name', () => {
  expect(headWords(direct, text)).toMatchObject({ number: '6321', name: '鈴木 太郎', withheld: false })
  expect(headWords(callWith({ name: '株式会社テスト' }), text).name).toBeUndefined()
})

test('while a target is called it stands in the head, and who waits in the line below', () => {
  const held = callWith({ phase: 'consulting', name: '株式会社テスト', target: targetWith() })
  expect(headWords(held, text)).toEqual({
    number: '6321',
    withheld: false,
    name: '鈴木 太郎',
    since: 20_000,
    context: 'phone.waitsOnHold 090-1111-1111 株式会社テスト',
  })
  const queue = targetWith({ kind: 'queue', phase: 'ready', number: '0350600026', name: 'サポート' })
  expect(headWords({ ...held, target: queue }, text)).toMatchObject({
    number: '03-5060-0026',
    context: 'phone.waitsForQueue 090-1111-1111 株式会社テスト',
  })
})

test('a phone that comes back says what the other party hears', () => {
  expect(headWords(callWith({ phase: 'rejoining' }), text).context).toBe('phone.rejoining')
  expect(partyWord({}, text)).toBe('phone.withheld')
})
