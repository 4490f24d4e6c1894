import type { CallId, QueueId, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { nextMatch, placeInLine, type Heads } from './next-match.js'

const heads = (queue: string, caller?: [string, number], operator?: [string, number]): Heads => ({
  queueId: queue as QueueId,
  ...(caller ? { waiting: { callId: caller[0] as CallId, score: caller[1] } } : {}),
  ...(operator ? { ready: { operatorId: operator[0] as UserId, since: operator[1] } } : {}),
})

test('nobody waits, or nobody is free: nothing', () => {
  expect(nextMatch([])).toBeUndefined()
  expect(nextMatch([heads('main', ['c1', 1]), heads('support', undefined, ['6320', 5])])).toBeUndefined()
})

test('an operator of two queues gets the caller who has waited longer', () => {
  const main = heads('main', ['late', 9], ['6320', 5])
  const support = heads('support', ['early', 3], ['6320', 5])
  expect(nextMatch([main, support])).toEqual({ callId: 'early', operatorId: '6320', queueId: 'support' })
})

test('a caller without a free operator holds nobody else up', () => {
  const main = heads('main', ['early', 1])
  const support = heads('support', ['late', 2], ['6321', 5])
  expect(nextMatch([main, support])?.callId).toBe('late')
})

test('a call that came back from a lost operator is before all others, among themselves by entry', () => {
  const places = [
    placeInLine({ entry: 1, priority: false }),
    placeInLine({ entry: 9, priority: true }),
    placeInLine({ entry: 5, priority: true }),
  ]
  expect([...places].sort((a, b) => a - b)).toEqual([places[2], places[1], places[0]])
})
