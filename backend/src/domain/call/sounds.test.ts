import type { CallId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { retune, type Sound } from './sounds.js'

const call = { id: 'c1' as CallId, legs: 2 }
const sounds = (all: Record<string, Sound>) => new Map(Object.entries(all))
const words = (before: Record<string, Sound>, after: Record<string, Sound>): string[] =>
  retune(call, sounds(before), sounds(after)).map((effect) => {
    if (effect.do === 'put') return `put ${effect.channels.join(' ')}`
    return 'channel' in effect ? `${effect.do} ${effect.channel}` : effect.do
  })

test.each<[string, Record<string, Sound>, Record<string, Sound>, string[]]>([
  ['nothing changes', { a: 'talk', b: 'music' }, { a: 'talk', b: 'music' }, []],
  [
    'who heard music and a tone talk now',
    { a: 'music', b: 'ringing' },
    { a: 'talk', b: 'talk' },
    ['stop-music a', 'stop-ringing b', 'make-bridge', 'put a b'],
  ],
  [
    'one leaves to music, the other stays',
    { a: 'talk', b: 'talk' },
    { a: 'talk', b: 'music' },
    ['leave b', 'start-music b'],
  ],
  ['who is new begins in silence', {}, { a: 'silence', b: 'ringing' }, ['start-ringing b']],
  ['who is gone is not touched', { a: 'talk', b: 'talk' }, { a: 'music' }, ['leave a', 'start-music a']],
])('%s', (...[, before, after, effects]) => {
  expect(words(before, after)).toEqual(effects)
})
