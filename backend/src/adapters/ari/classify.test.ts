import { describe, expect, test } from 'vitest'
import { AriDown, AriTimeout, classify } from './classify.js'

/** What Asterisk 22.10.1 said, word for word, as `ari-client` hands it on (test/telephony/refusals.test.ts asks it again). */
const SEEN: [doing: string, body: string, code: string][] = [
  ['answer, ring, music or hang-up of a channel that is gone', '{"message":"Channel not found"}', 'gone'],
  ['join with a channel that is gone', '{"message":"Channel not found"}', 'gone'],
  ['join into a bridge that is gone', '{"message":"Bridge not found"}', 'gone'],
  ['join of a channel that is not ours yet', '{"message":"Channel not in Stasis application"}', 'conflict'],
  ['leave of a channel that is not in it', '{"message":"Channel not in this bridge"}', 'conflict'],
  ['a leg to a phone that is not registered', '{"error":"Allocation failed"}', 'unavailable'],
]

test.each(SEEN)('%s', (_doing, body, code) => {
  expect(classify(new Error(body))).toMatchObject({ ok: false, code })
})

describe('what is not from Asterisk', () => {
  test('silence is a timeout', () => {
    expect(classify(new AriTimeout('no answer within 3000 ms'))).toMatchObject({ code: 'timeout' })
  })

  test('no connection: Asterisk is down', () => {
    expect(classify(new AriDown('no connection to Asterisk'))).toMatchObject({ code: 'down' })
  })

  test.each([new Error('socket hang up'), 'a string', undefined, null, new Error('{"message":{"x":1}}')])(
    '%s is a fault, and does not throw',
    (error) => {
      expect(classify(error)).toMatchObject({ ok: false, code: 'fault' })
    },
  )
})

test('the words of Asterisk are kept for the log', () => {
  expect(classify(new Error('{"message":"Bridge not found"}')).detail).toBe('Bridge not found')
  expect(classify(new Error('{"error":"Allocation failed"}')).detail).toBe('Allocation failed')
})
