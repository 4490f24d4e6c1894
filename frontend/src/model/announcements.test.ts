import { callId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { announcementsFor } from './announcements'
import { callWith, viewWith } from './test-view'

const whats = (...views: Parameters<typeof announcementsFor>): string[] =>
  announcementsFor(...views).map(({ what }) => what)

const idle = viewWith({ status: { kind: 'ready', since: 1 } })
const ringing = viewWith({ call: callWith(), status: { kind: 'ringing', since: 2 } })
const talking = viewWith({ call: callWith({ phase: 'talking' }), status: { kind: 'talking', since: 3 } })

test('a call is told once from ringing to its end', () => {
  expect(whats(idle, ringing)).toEqual(['incoming'])
  expect(whats(ringing, { ...ringing, seq: 9 })).toEqual([])
  expect(whats(ringing, talking)).toEqual(['talking'])
  expect(whats(talking, viewWith({ status: { kind: 'wrap-up', since: 4 } }))).toEqual(['call-over', 'status'])
})

test('a page that comes back finds the ringing call, and nothing else is news to it', () => {
  expect(whats(undefined, ringing)).toEqual(['incoming'])
  expect(whats(undefined, talking)).toEqual([])
})

test('a status the server chose is told by its reason', () => {
  const missed = viewWith({ status: { kind: 'preparing', since: 5, reason: 'no-answer' } })
  expect(whats(ringing, missed)).toEqual(['call-over', 'reason'])
})

test('the next status and a phone that comes back are told', () => {
  const chosen = { ...talking, next: { kind: 'lunch' } as const }
  expect(whats(talking, chosen)).toEqual(['next'])
  expect(whats(chosen, { ...chosen, next: { kind: 'lunch' } })).toEqual([])
  expect(whats(talking, { ...talking, call: callWith({ phase: 'rejoining' }) })).toEqual(['rejoining'])
})

test('parked is not over, unless it was another call that went', () => {
  const parking = { call: callWith().id, slot: 3 } as const
  const wrapUp = viewWith({ status: { kind: 'wrap-up', since: 4 } })
  expect(announcementsFor(talking, wrapUp, parking)[0]).toEqual({
    urgency: 'polite',
    what: 'parked',
    slot: 3,
  })
  expect(whats(talking, wrapUp, parking)).toEqual(['parked', 'status'])
  expect(whats(talking, wrapUp, { ...parking, call: callId('c2') })).toEqual(['call-over', 'status'])
  expect(whats(talking, { ...talking, seq: 9 }, parking)).toEqual([])
})

test('a call that comes back was not answered just now', () => {
  const held = viewWith({ call: callWith({ phase: 'held' }), status: { kind: 'held', since: 4 } })
  const rejoining = { ...talking, call: callWith({ phase: 'rejoining' }) }
  expect(whats(talking, held)).toEqual(['held'])
  expect(whats(held, talking)).toEqual(['resumed'])
  expect(whats(rejoining, talking)).toEqual(['rejoined'])
  expect(whats(idle, talking)).toEqual(['talking'])
})

test('アラート: only that it is gone is told here, once', () => {
  const on = { ...idle, alert: { since: 5 } }
  expect(whats(idle, on)).toEqual([])
  expect(whats(on, { ...on, alert: { since: 5, acknowledgedBy: '山本 直子' } })).toEqual([])
  expect(whats(on, idle)).toEqual(['alert-off'])
  expect(whats(idle, { ...idle, seq: 9 })).toEqual([])
})
