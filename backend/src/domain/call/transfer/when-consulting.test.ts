import type { UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { legOf, LIMITS, VISIT } from '../../../../test/support/call-samples.js'
import type { CallEvent } from '../messages.js'
import { step } from '../step.js'
import type { Consulting } from './consult.js'

const hanako = '6320' as UserId
const consulting: Consulting = {
  ...VISIT,
  fars: 1,
  status: 'consulting',
  since: 3_000,
  talkingSince: 2_000,
  operatorId: hanako,
  waitedMs: 0,
  leg: legOf(1),
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
  const result = step(consulting, dropTarget, LIMITS)
  expect('next' in result && result.next.status).toBe('held')
  expect('effects' in result && result.effects).toContainEqual({ do: 'hang-up', channel: 'c1:far:1' })
})

test('「切断」 that crosses the end of the target does not cut the caller', () => {
  const left = step(
    consulting,
    { type: 'party-gone', at: 5_000, channel: 'c1:far:1', why: 'unreachable' },
    LIMITS,
  )
  if (!('next' in left)) throw new Error(left.refused)
  expect(step(left.next, dropTarget, LIMITS)).toEqual({ refused: 'stale' })
})
