import { userId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { endOnAlarm, graceEnd } from './link.js'
import { planLogin } from './login.js'
import type { Session } from './session.js'

const held: Session = { tokenHash: 'h', userId: userId('6320'), createdAt: 0, phoneSecret: 's' }
const times = { now: 1_000, graceMs: 60_000 }

test('a browser without a session logs in afresh', () => {
  expect(planLogin(userId('6320'), undefined)).toBe('fresh')
})

test('the same user in the same browser resumes', () => {
  expect(planLogin(userId('6320'), held)).toBe('resume')
})

test('another user in the same browser replaces the first', () => {
  expect(planLogin(userId('6321'), held)).toBe('replace')
})

test('a link that goes silent starts the grace', () => {
  expect(graceEnd('silent', 0, times)).toBe(61_000)
})

test('a link that is closed starts no grace', () => {
  expect(graceEnd('closed', 0, times)).toBeUndefined()
})

test('a silent link starts no grace while another page of the session is connected', () => {
  expect(graceEnd('silent', 1, times)).toBeUndefined()
})

test('a grace that ran out ends the session as lost, a week unused as expired', () => {
  expect(endOnAlarm('grace', 0)).toBe('link-lost')
  expect(endOnAlarm('expiry', 0)).toBe('expired')
})

test('no alarm ends a session whose page is connected', () => {
  expect(endOnAlarm('grace', 1)).toBeUndefined()
  expect(endOnAlarm('expiry', 2)).toBeUndefined()
})
