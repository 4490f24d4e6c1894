import type { BoardOperator, CallId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { chosenWhen, type LogOutWhen } from './log-out-question'
import { operatorRow } from './test-board'

const inCall = (id: string): BoardOperator =>
  operatorRow('1', { call: { id: id as CallId, phase: 'talking', internal: false, since: 1 } })
const free = operatorRow('1')

test.each<[string, LogOutWhen, BoardOperator | undefined, BoardOperator, LogOutWhen]>([
  ['asked about somebody free', 'after-call', undefined, free, 'now'],
  ['asked about somebody in a call', 'after-call', undefined, inCall('a'), 'now'],
  ['asked about somebody else', 'after-call', operatorRow('2'), inCall('a'), 'now'],
  ['a call begins', 'now', free, inCall('a'), 'after-call'],
  ['it goes on', 'after-call', inCall('a'), inCall('a'), 'after-call'],
  ['it goes on, and may be cut', 'now', inCall('a'), inCall('a'), 'now'],
  ['another follows it', 'now', inCall('a'), inCall('b'), 'after-call'],
  ['it is over', 'after-call', inCall('a'), free, 'now'],
])('%s', (_what, chosen, before, now, expected) => {
  expect(chosenWhen(chosen, before, now)).toBe(expected)
})
