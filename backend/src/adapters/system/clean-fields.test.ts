import { expect, test } from 'vitest'
import { cleanFields } from './clean-fields.js'

test('secrets are replaced at any depth', () => {
  const fields = {
    password: 'a',
    phoneSecret: 'b',
    nested: { tokenHash: 'c', cookie: 'd' },
    list: [{ token: 'e' }],
  }
  expect(cleanFields(fields)).toEqual({
    password: '[redacted]',
    phoneSecret: '[redacted]',
    nested: { tokenHash: '[redacted]', cookie: '[redacted]' },
    list: [{ token: '[redacted]' }],
  })
})

test('a whole session is replaced', () => {
  expect(cleanFields({ session: { phoneSecret: 'x' } })).toEqual({ session: '[redacted]' })
})

test('phone numbers are masked, IDs are not', () => {
  expect(cleanFields({ callerNumber: '09011111111', callId: '1700000000.12', userId: '6320' })).toEqual({
    callerNumber: '090******11',
    callId: '1700000000.12',
    userId: '6320',
  })
})

test('an error loses what libraries hang on it and keeps its cause', () => {
  const error = new Error('failed', { cause: new Error('deeper') })
  Object.assign(error, { code: 'ECONNREFUSED', command: { name: 'set', args: ['secret'] } })
  const { err } = cleanFields({ err: error })
  expect(err).toMatchObject({
    type: 'Error',
    message: 'failed',
    code: 'ECONNREFUSED',
    cause: { message: 'deeper' },
  })
  expect(JSON.stringify(err)).not.toContain('secret')
})

test('a cycle ends', () => {
  const ring: Record<string, unknown> = {}
  ring['again'] = ring
  expect(JSON.stringify(cleanFields(ring))).toContain('[deep]')
})
