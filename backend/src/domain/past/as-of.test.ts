import { callId, userId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import type { ClosedSpan } from '../records/span.js'
import { asOf } from './as-of.js'

const alert: ClosedSpan = {
  key: 'a',
  kind: 'alert',
  operator: userId('6320'),
  callId: callId('c1'),
  since: 100,
  until: 200,
  outcome: 'withdrawn',
  detail: { acknowledgedBy: '山本', acknowledgedAt: 150 },
}
const { until: _until, outcome: _outcome, detail, ...begun } = alert

test.each([
  ['before it', 99, []],
  ['as it begins', 100, [{ ...begun, detail: {} }]],
  ['once somebody has seen it', 150, [{ ...begun, detail }]],
  ['when it is over', 200, [alert]],
])('an alert %s', (_, time, seen) => expect(asOf([alert], time)).toEqual(seen))

test('who will take the call, nobody knows while it waits', () => {
  const visit: ClosedSpan = { ...alert, kind: 'visit', outcome: 'answered' }
  expect(asOf([visit], 120)[0]).not.toHaveProperty('operator')
  expect(asOf([visit], 200)[0]).toMatchObject({ operator: '6320', outcome: 'answered' })
})
