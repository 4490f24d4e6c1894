import type { LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { ARRIVAL, LIMITS } from '../../../test/support/call-samples.js'
import type { Call } from './call.js'
import type { CallEffect, CallEvent } from './messages.js'
import { placeInLine } from '../queue/next-match.js'
import { enter, step } from './step.js'

const hanako = '6320' as UserId
const naoko = 'sv1' as UserId
const taro = '6321' as UserId
const leg1 = 'c1:leg:1' as LegId
const leg2 = 'c1:leg:2' as LegId
const offer: CallEvent = {
  type: 'offer',
  at: 2_000,
  operatorId: hanako,
  page: 'hers' as PageId,
  ringMs: 20_000,
}
const talk: CallEvent[] = [
  offer,
  { type: 'leg-up', at: 2_100, leg: leg1 },
  { type: 'answer', at: 3_000, operatorId: hanako },
  { type: 'bridged', at: 3_010, leg: leg1 },
]
const hold: CallEvent = { type: 'hold', at: 4_000, operatorId: hanako }
const phoneGone: CallEvent = { type: 'leg-gone', at: 4_000, leg: leg1 }
const take: CallEvent = { type: 'take', at: 9_000, operatorId: naoko, page: 'his' as PageId }
const takeOver: CallEvent = { ...take, type: 'take-over', from: hanako }

function play(...events: CallEvent[]): { call: Call; asked: string[]; refused?: string } {
  let call: Call = enter(ARRIVAL).next
  let effects: CallEffect[] = []
  for (const event of events) {
    const result = step(call, event, LIMITS)
    if ('refused' in result) return { call, asked: [], refused: result.refused }
    call = result.next
    effects = result.effects
  }
  return { call, asked: effects.map(words) }
}

function words(effect: CallEffect): string {
  if (effect.do === 'tell-operator') return `tell ${effect.operatorId} ${effect.news.type}`
  if (effect.do === 'call-phone') return `call ${effect.operatorId} as ${effect.leg}`
  return 'channel' in effect ? `${effect.do} ${effect.channel}` : effect.do
}

test('a waiting caller is taken: he goes on hearing what he heard, until the leg is up', () => {
  const { call, asked } = play(take)
  expect(call).toMatchObject({
    status: 'offered',
    operatorId: naoko,
    answered: true,
    taken: true,
    waitedMs: 8_000,
  })
  expect(asked).toEqual([`call sv1 as ${leg1}`, 'ring-caller c1'])
  const music: CallEvent = { type: 'deadline', at: 4_000 }
  expect(play(music, take).asked).toEqual([`call sv1 as ${leg1}`])
})

test('one who rings at an operator is taken away from there; one whom that operator has answered is his', () => {
  expect(play(offer, take)).toMatchObject({
    call: { status: 'offered', operatorId: naoko, leg: { id: leg2 } },
    asked: [`hang-up ${leg1}`, 'tell 6320 call-withdrawn', `call sv1 as ${leg2}`],
  })
  expect(play(offer, { type: 'answer', at: 3_000, operatorId: hanako }, take).refused).toBe('stale')
})

test.each([
  [
    'talks',
    [],
    ['leave c1', 'start-music c1', `hang-up ${leg1}`, 'tell 6320 call-ended', `call sv1 as ${leg2}`],
  ],
  ['is on hold', [hold], [`hang-up ${leg1}`, 'tell 6320 call-ended', `call sv1 as ${leg2}`]],
  ['is stranded', [phoneGone], ['tell 6320 call-ended', `call sv1 as ${leg2}`]],
])('a caller who %s is taken over: music, and the operator is done', (_, before, asked) => {
  const taken = play(...talk, ...before, takeOver)
  expect(taken.call).toMatchObject({ status: 'offered', operatorId: naoko, taken: true, priority: true })
  expect(taken.asked).toEqual(asked)
})

test.each([
  ['waits', []],
  ['rings', [offer]],
  ['is parked', [...talk, { type: 'park', at: 4_000, operatorId: hanako, slot: 1 } as CallEvent]],
])('one who %s has nobody to be taken over from', (_, before) => {
  expect(play(...before, takeOver).refused).toBe('stale')
})

test('who took the call from another in the same moment keeps it', () => {
  expect(play(...talk, { ...takeOver, from: taro }).refused).toBe('stale')
})

test('the phone that took him does not come up: he goes to the head of his queue', () => {
  const { call } = play(...talk, takeOver, { type: 'deadline', at: 14_000 })
  expect(call).toMatchObject({ status: 'waiting', priority: true })
})

test('a caller is moved with his time and his place', () => {
  const { call, asked } = play({ type: 'move', at: 5_000, queueId: 'support' as QueueId })
  expect(call).toMatchObject({ status: 'waiting', queueId: 'support', enteredAt: 1_000, entry: 7 })
  expect(asked).toEqual(['dispatch'])
  expect(play(offer, { type: 'move', at: 5_000, queueId: 'support' as QueueId }).refused).toBe('stale')
})

test('the front was that of the queue he was in: not of the one he is moved into, nor where he is already', () => {
  const front: CallEvent = { type: 'front', at: 5_000 }
  const { call } = play(front, { type: 'move', at: 6_000, queueId: 'support' as QueueId })
  expect(call).toMatchObject({ status: 'waiting', queueId: 'support' })
  expect(call).not.toHaveProperty('front')
  expect(play(front, { type: 'move', at: 6_000, queueId: 'main' as QueueId }).refused).toBe('stale')
  const [, ...answered] = talk
  const number = '0350600026'
  const target = { kind: 'queue' as const, queueId: 'support' as QueueId, number }
  const handed = play(
    front,
    { ...offer, at: 6_000 } as CallEvent,
    ...answered,
    { type: 'hold', at: 7_000, operatorId: hanako },
    { type: 'consult', at: 8_000, operatorId: hanako, target },
    { type: 'transfer', at: 9_000, operatorId: hanako, ringMs: 20_000 },
  )
  expect(handed.call).toMatchObject({ status: 'waiting', queueId: 'support' })
  expect(handed.call).not.toHaveProperty('front')
})

test('whoever was sent to the front last is served first, and stays there when nobody takes him', () => {
  const placeOf = (...events: CallEvent[]): number => {
    const { call } = play(...events)
    if (call.status !== 'waiting') throw new Error(call.status)
    return placeInLine(call)
  }
  const front: CallEvent = { type: 'front', at: 5_000 }
  const later = placeOf({ type: 'front', at: 6_000 })
  expect(later).toBeLessThan(placeOf(front))
  expect(placeOf(front)).toBeLessThan(placeInLine({ entry: 1, priority: true }))
  const missed: CallEvent = { type: 'deadline', at: 26_000 }
  expect(placeOf(front, { ...offer, at: 6_000 } as CallEvent, missed)).toBe(placeOf(front))
})
