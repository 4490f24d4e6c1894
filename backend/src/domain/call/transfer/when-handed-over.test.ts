import { expect, test } from 'vitest'
import { VISIT } from '../../../../test/support/call-samples.js'
import { nextDeadline } from '../deadline.js'
import { LONGEST_OUTSIDE_MS, type HandedOver } from './consult.js'
import { whenHandedOver } from './when-handed-over.js'

const ringing: HandedOver = {
  ...VISIT,
  fars: 1,
  status: 'handed-over',
  other: 'c1:far:1',
  answered: false,
  expiresAt: 60_000,
}

const after = (call: HandedOver, event: Parameters<typeof whenHandedOver>[1]) => {
  const step = whenHandedOver(call, event)
  return 'refused' in step ? step.refused : step.next
}

test('a talk that we pay for at both ends does not go on for ever', () => {
  const talking = after(ringing, { type: 'party-up', at: 10_000, channel: 'c1:far:1' }) as HandedOver
  const end = 10_000 + LONGEST_OUTSIDE_MS
  const limits = { ringbackMs: 0, legMs: 0, refusalMs: 0, rejoinMs: 0, parkMs: 0, dialMs: 0 }
  expect(nextDeadline(talking, limits)).toBe(end)
  expect(after(talking, { type: 'deadline', at: end - 1 })).toBe('stale')
  expect(after(talking, { type: 'deadline', at: end })).toMatchObject({ status: 'ended' })
})

test('nobody answers there: the caller comes back, before all others', () => {
  expect(after(ringing, { type: 'deadline', at: 60_000 })).toMatchObject({
    status: 'waiting',
    priority: true,
  })
})
