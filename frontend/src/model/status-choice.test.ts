import { expect, test } from 'vitest'
import { isNext, isOn, pressOf } from './status-choice'
import { statusLook } from './status-look'
import { viewWith } from './test-view'

const training = { kind: 'other-work', work: '研修' } as const

test('a status is on when it is the status; other work only under its own label', () => {
  const view = viewWith({ status: { kind: 'other-work', work: '研修', since: 1 } })
  expect(isOn(view, training)).toBe(true)
  expect(isOn(view, { kind: 'other-work', work: 'その他' })).toBe(false)
  expect(isOn(view, { kind: 'lunch' })).toBe(false)
  expect(isOn(undefined, { kind: 'lunch' })).toBe(false)
})

test('pressing the next status once more takes it back', () => {
  const view = viewWith({ status: { kind: 'talking', since: 1 }, next: training })
  expect(isNext(view, training)).toBe(true)
  expect(pressOf(view, training)).toBe('cancel-next')
  expect(pressOf(view, { kind: 'other-work', work: 'その他' })).toBe('choose')
  expect(pressOf(view, { kind: 'lunch' })).toBe('choose')
})

test('a status without a call is simply chosen', () => {
  expect(pressOf(viewWith(), { kind: 'ready' })).toBe('choose')
  expect(pressOf(undefined, { kind: 'ready' })).toBe('choose')
})

test('what must not be confused differs in shape, not in colour alone', () => {
  const shapes = (['ready', 'ringing', 'talking', 'held', 'wrap-up', 'short-break'] as const).map(
    (kind) => statusLook(kind).shape,
  )
  expect(new Set(shapes).size).toBe(shapes.length)
})
