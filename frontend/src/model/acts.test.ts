import { userId, type BoardOperator } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { actGate, ACTS, waitingGate } from './acts'
import type { PhoneSituation } from './buttons'
import { operatorRow } from './test-board'
import { callWith, viewWith } from './test-view'

const talking = operatorRow('6320', {
  status: { kind: 'talking', since: 1 },
  call: callWith({ phase: 'talking' }),
})
const free: PhoneSituation = { view: viewWith(), linkUp: true, tab: 'owner' }
const busy: PhoneSituation = { ...free, view: viewWith({ call: callWith({ phase: 'talking' }) }) }
const listening: PhoneSituation = {
  ...free,
  view: viewWith({
    listening: {
      operator: { id: userId('6320'), name: '佐藤 花子', extension: '6320' },
      mode: 'listen',
      since: 1,
      up: true,
    },
  }),
}

/** For every act in the menu's order: `.` possible, or why not. */
const gates = (row: BoardOperator, situation: PhoneSituation): string =>
  ACTS.map((act) => actGate(act, row, situation))
    .map((gate) => (gate.open ? '.' : gate.why))
    .join(' ')

test.each([
  { where: 'a talk', row: talking, situation: free, expected: '. . . . . no-wrap-up .' },
  {
    where: 'an internal call',
    row: operatorRow('1', { call: callWith({ phase: 'talking', internal: true }) }),
    situation: free,
    expected: '. . . internal . no-wrap-up .',
  },
  {
    where: 'a transfer that is arranged',
    row: operatorRow('1', { call: callWith({ phase: 'consulting' }) }),
    situation: free,
    expected: '. . . consulting . no-wrap-up .',
  },
  {
    where: 'ready',
    row: operatorRow('1'),
    situation: free,
    expected: 'no-call no-call no-call no-call . no-wrap-up .',
  },
  {
    where: 'it rings at him',
    row: operatorRow('1', { call: callWith() }),
    situation: free,
    expected: 'no-call no-call no-call no-call . no-wrap-up .',
  },
  {
    where: 'after a call',
    row: operatorRow('1', { status: { kind: 'wrap-up', since: 1 } }),
    situation: free,
    expected: 'no-call no-call no-call no-call . . .',
  },
  {
    where: 'the supervisor speaks himself',
    row: talking,
    situation: busy,
    expected: 'in-call in-call in-call in-call . no-wrap-up .',
  },
  {
    where: 'he listens to him already',
    row: talking,
    situation: listening,
    expected: 'this-mode . . . . no-wrap-up .',
  },
  {
    where: 'another tab has the phone',
    row: talking,
    situation: { ...free, tab: 'other' as const },
    expected: 'other-tab other-tab other-tab other-tab . no-wrap-up .',
  },
  {
    where: 'a login without a phone',
    row: talking,
    situation: { ...free, view: undefined },
    expected: 'no-phone no-phone no-phone no-phone . no-wrap-up .',
  },
  {
    where: 'no link',
    row: talking,
    situation: { ...free, linkUp: false },
    expected: 'no-link no-link no-link no-link no-link no-link no-link',
  },
])('$where', ({ row, situation, expected }) => {
  expect(gates(row, situation)).toBe(expected)
})

test('who waits can be moved by anybody, and taken by whoever has a free phone', () => {
  expect(waitingGate('move', busy)).toEqual({ open: true })
  expect(waitingGate('front', free)).toEqual({ open: true })
  expect(waitingGate('take', free)).toEqual({ open: true })
  expect(waitingGate('take', busy)).toEqual({ open: false, why: 'in-call' })
  expect(waitingGate('move', { ...free, linkUp: false })).toEqual({ open: false, why: 'no-link' })
})
