import { userId, type StatusKind } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import type { Operator } from '../operator/operator.js'
import { decide } from './decide.js'

const NOW = 100_000
const operator = (id: string, kind: StatusKind, changes: object = {}): Operator =>
  ({
    id,
    status: { kind, since: 0 },
    idleSince: 0,
    page: 'p',
    registered: true,
    ...changes,
  }) as unknown as Operator

test.each<[string, StatusKind, object, string]>([
  ['free for less long', 'ready', { idleSince: 60_000 }, 'less-idle'],
  ['free for longer, as of now', 'ready', { idleSince: 10_000 }, 'just-free'],
  ['without a page', 'ready', { page: undefined }, 'disconnected'],
  ['not registered', 'ready', { registered: false }, 'disconnected'],
  ['on an internal call', 'ready', { callId: 'c2' }, 'in-call'],
  ['at whom another call rings', 'ringing', {}, 'ringing'],
  ['in a talk', 'talking', {}, 'in-call'],
  ['with a call on hold', 'held', {}, 'in-call'],
  ['who dials', 'dialling', {}, 'in-call'],
  ['on an internal call by status', 'internal', {}, 'in-call'],
  ['in wrap-up', 'wrap-up', {}, 'wrap-up'],
  ['on a short break', 'short-break', {}, 'break'],
  ['at lunch', 'lunch', {}, 'break'],
  ['at other work', 'other-work', {}, 'other-work'],
  ['preparing', 'preparing', {}, 'preparing'],
])('one %s was passed over', (...[, kind, changes, why]) => {
  const chosen = operator('6320', 'ringing', { idleSince: 20_000 })
  const decision = decide([chosen, operator('6321', kind, changes)], {
    at: NOW,
    chosen: userId('6320'),
    chosenIdleSince: 20_000,
  })
  expect(decision.passed).toEqual([{ why, operators: ['6321'] }])
  expect(decision.idleMs['6320']).toBe(80_000)
})

test('of a large queue the nearest are named, the rest is counted by reason', () => {
  const free = Array.from({ length: 30 }, (_, i) =>
    operator(`f${String(i)}`, 'ready', { idleSince: 50_000 + i }),
  )
  const busy = Array.from({ length: 100 }, (_, i) => operator(`b${String(i)}`, 'talking'))
  const { passed, idleMs } = decide([...busy, ...free], { at: NOW, chosen: userId('x'), chosenIdleSince: 1 })
  expect(passed.map(({ why, operators, more }) => [why, operators.length, more])).toEqual([
    ['less-idle', 30, undefined],
    ['in-call', 20, 80],
  ])
  expect(Object.keys(idleMs)).toHaveLength(11)
})

test('when nobody was free it is said of each why', () => {
  const decision = decide([operator('6320', 'lunch'), operator('6321', 'lunch')], { at: NOW })
  expect(decision).toEqual({ idleMs: {}, passed: [{ why: 'break', operators: ['6320', '6321'] }] })
})
