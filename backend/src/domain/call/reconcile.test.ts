import type { UserId } from '@tsunagu/contract'
import { describe, expect, test } from 'vitest'
import { legOf, VISIT } from '../../../test/support/call-samples.js'
import type { Call, Connecting, Offered, Stranded, Talking, Waiting } from './call.js'
import { reconcile, type CallFacts } from './reconcile.js'

const at = 50_000
const leg = legOf(1)
const ringing = legOf(1, false)
const held = { operatorId: '6320' as UserId, waitedMs: 1_000 }
const waiting: Waiting = { ...VISIT, status: 'waiting' }
const offered: Offered = { ...VISIT, ...held, status: 'offered', leg, expiresAt: 22_000, answered: false }
const connecting: Connecting = { ...VISIT, ...held, status: 'connecting', leg }
const talking: Talking = { ...VISIT, ...held, status: 'talking', leg }
const stranded: Stranded = { ...VISIT, ...held, status: 'stranded', talkingSince: 2_000, until: 32_000 }

/** What Asterisk holds: `c1`, `c1 up`, `leg`, `leg up`, and who is in the bridge. */
function facts(channels: string[], bridged: string[] = []): CallFacts {
  const nameOf = (text: string): string => (text.startsWith('leg') ? leg.id : 'c1')
  return {
    channels: new Map(channels.map((text) => [nameOf(text), text.endsWith('up')])),
    bridged: bridged.map(nameOf),
  }
}

function told(call: Call, held: CallFacts): string[] {
  const { events, effects } = reconcile(call, held, at)
  expect(events.every((event) => event.at === at)).toBe(true)
  return [...events.map(({ type }) => type), ...effects.map((effect) => effect.do)]
}

const again = ['make-bridge', 'answer-caller', 'stop-music', 'join']
const TABLE: [status: string, call: Call, held: CallFacts, todo: string[]][] = [
  ['waiting, with music', waiting, facts(['c1 up']), ['start-music', 'dispatch']],
  ['waiting, ringing', { ...waiting, picked: false }, facts(['c1']), ['ring-caller', 'dispatch']],
  ['waiting, answered in vain', waiting, facts(['c1']), ['answer-caller', 'start-music', 'dispatch']],
  ['waiting, still in the bridge', waiting, facts(['c1 up'], ['c1']), ['leave', 'start-music', 'dispatch']],
  ['offered, the leg rings on', { ...offered, leg: ringing }, facts(['c1 up', 'leg']), []],
  ['offered, the leg came up', { ...offered, leg: ringing }, facts(['c1 up', 'leg up']), ['leg-up']],
  ['offered, the leg is up', offered, facts(['c1 up', 'leg up']), ['make-bridge']],
  ['offered, the leg is gone', offered, facts(['c1 up']), ['leg-gone']],
  ['connecting, both are there', connecting, facts(['c1 up', 'leg up']), again],
  ['connecting, bridged', connecting, facts(['c1 up', 'leg up'], ['c1', 'leg']), ['bridged']],
  ['connecting, the leg is gone', connecting, facts(['c1 up']), ['leg-gone']],
  ['talking', talking, facts(['c1 up', 'leg up'], ['c1', 'leg']), []],
  ['talking, one is out of the bridge', talking, facts(['c1 up', 'leg up'], ['leg']), again],
  ['talking, the leg is gone', talking, facts(['c1 up'], ['c1']), ['leg-gone']],
  ['stranded', stranded, facts(['c1 up']), ['start-music']],
  ['stranded, still in the bridge', stranded, facts(['c1 up'], ['c1']), ['leave', 'start-music']],
  ['stranded, the new leg came up', { ...stranded, leg: ringing }, facts(['c1 up', 'leg up']), ['leg-up']],
  ['stranded, bridged again', { ...stranded, leg }, facts(['c1 up', 'leg up'], ['c1', 'leg']), ['bridged']],
  ['stranded, the new leg is gone', { ...stranded, leg }, facts(['c1 up']), ['leg-gone']],
]

test.each(TABLE)('%s', (...[, call, held, todo]) => {
  expect(told(call, held)).toEqual(todo)
})

const offeredWithoutLeg = ((): Offered => {
  const { leg: _gone, ...rest } = offered
  return { ...rest, phoneDueAt: 60_000 }
})()

describe('a caller who is gone ends the call, whatever it was doing', () => {
  test.each([waiting, offered, offeredWithoutLeg, connecting, talking, stranded])('$status', (call) => {
    expect(told(call, facts([]))).toEqual(['caller-gone'])
    expect(told(call, facts(['leg up'], ['leg']))).toEqual(['caller-gone'])
  })
})

test('offered, between two legs: the page has its time', () => {
  expect(told(offeredWithoutLeg, facts(['c1 up']))).toEqual([])
})
