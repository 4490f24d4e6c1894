import { callId, type BoardOperator } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { chosenWhen, type LogOutWhen } from './log-out-question'
import { operatorRow } from './test-board'
import { callWith } from './test-view'

const inCall = (id: string): BoardOperator =>
  operatorRow('1', { call: { ...callWith({ id: callId(id), phase: 'talking' }), internal: false } })
const free = operatorRow('1')

interface Case {
  before: BoardOperator | undefined
  now: BoardOperator
  chosen: LogOutWhen
  then: LogOutWhen
}

test.each<[string, Case]>([
  ['asked about somebody free', { before: undefined, now: free, chosen: 'after-call', then: 'now' }],
  ['asked about a call', { before: undefined, now: inCall('a'), chosen: 'after-call', then: 'now' }],
  ['somebody else', { before: operatorRow('2'), now: inCall('a'), chosen: 'now', then: 'now' }],
  ['a call begins', { before: free, now: inCall('a'), chosen: 'now', then: 'after-call' }],
  ['it goes on', { before: inCall('a'), now: inCall('a'), chosen: 'after-call', then: 'after-call' }],
  ['it may be cut', { before: inCall('a'), now: inCall('a'), chosen: 'now', then: 'now' }],
  ['another follows it', { before: inCall('a'), now: inCall('b'), chosen: 'now', then: 'after-call' }],
  ['it is over', { before: inCall('a'), now: free, chosen: 'after-call', then: 'now' }],
])('%s', (_what, { before, now, chosen, then }) => {
  expect(chosenWhen(chosen, before, now)).toBe(then)
})
