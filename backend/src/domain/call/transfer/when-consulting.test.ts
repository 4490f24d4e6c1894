import type { CallId, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import type { CallLimits } from '../call.js'
import type { CallEvent } from '../messages.js'
import { step } from '../step.js'
import type { Consulting } from './consult.js'

const limits: CallLimits = {
  ringbackMs: 3_000,
  legMs: 5_000,
  refusalMs: 1_000,
  rejoinMs: 30_000,
  parkMs: 180_000,
  dialMs: 60_000,
}
const hanako = '6320' as UserId
const consulting: Consulting = {
  id: 'c1' as CallId,
  queueId: 'main' as QueueId,
  direction: 'in',
  far: 'c1',
  fars: 1,
  dialled: '0350600025',
  callerNumber: '09011111111',
  enteredAt: 1_000,
  entry: 1,
  priority: false,
  picked: true,
  legs: 1,
  status: 'consulting',
  since: 3_000,
  talkingSince: 2_000,
  operatorId: hanako,
  waitedMs: 0,
  leg: { id: 'c1:leg:1' as LegId, up: true, page: 'page-one' as PageId, dueAt: 7_000 },
  target: {
    kind: 'outside',
    number: '0312345678',
    channel: 'c1:far:1',
    ready: true,
    since: 3_000,
    expiresAt: 63_000,
    answeredAt: 4_000,
  },
}
const dropTarget: CallEvent = { type: 'drop-target', at: 5_001, operatorId: hanako }

test('「切断」 ends the call to the target; the caller stays on hold', () => {
  const result = step(consulting, dropTarget, limits)
  expect('next' in result && result.next.status).toBe('held')
  expect('effects' in result && result.effects).toContainEqual({ do: 'hang-up', channel: 'c1:far:1' })
})

test('「切断」 that crosses the end of the target does not cut the caller', () => {
  const left = step(
    consulting,
    { type: 'party-gone', at: 5_000, channel: 'c1:far:1', why: 'unreachable' },
    limits,
  )
  if (!('next' in left)) throw new Error(left.refused)
  expect(step(left.next, dropTarget, limits)).toEqual({ refused: 'stale' })
})
