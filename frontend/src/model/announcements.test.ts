import { callId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { announcementsFor } from './announcements'
import { callWith, targetWith, viewWith } from './test-view'

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

const dialling = viewWith({
  call: callWith({ phase: 'dialling', direction: 'out' }),
  status: { kind: 'dialling', since: 2 },
})

test('an outgoing call is told from dialling to the answer', () => {
  expect(whats(idle, dialling)).toEqual(['dialling'])
  expect(whats(dialling, talking)).toEqual(['answered'])
})

test('an outgoing call that fails is told with its cause', () => {
  const busy = viewWith({ status: { kind: 'ready', since: 3, reason: 'busy' } })
  expect(whats(dialling, busy)).toEqual(['call-over', 'reason'])
})

const onHold = viewWith({ call: callWith({ phase: 'held' }), status: { kind: 'held', since: 4 } })
const calling = viewWith({
  call: callWith({ phase: 'consulting', target: targetWith() }),
  status: { kind: 'dialling', since: 5 },
})
const asking = viewWith({
  call: callWith({ phase: 'consulting', target: targetWith({ phase: 'talking' }) }),
  status: { kind: 'held', since: 6 },
})

test('a transfer is told from the target’s ringing to the end', () => {
  expect(whats(onHold, calling)).toEqual(['target'])
  expect(whats(calling, asking)).toEqual(['target'])
  expect(whats(asking, { ...asking, seq: 9 })).toEqual([])
  expect(whats(asking, viewWith({ status: { kind: 'wrap-up', since: 7 } }))).toEqual([
    'transferred',
    'status',
  ])
})

test('a target that is gone: by whose hand', () => {
  expect(whats(asking, onHold)).toEqual(['target-over'])
  const left = viewWith({ ...onHold, status: { ...onHold.status, reason: 'target-left' } })
  expect(whats(asking, left)).toEqual(['target-over', 'reason'])
  // The status may have been 保留中 all the time.
  expect(whats({ ...asking, status: onHold.status }, left)).toEqual(['target-over', 'reason'])
})

test('a caller who is gone while his transfer is arranged', () => {
  const goesOn = viewWith({ ...talking, status: { kind: 'talking', since: 8, reason: 'caller-left' } })
  expect(whats(asking, goesOn)).toEqual(['reason'])
  const freed = viewWith({ status: { kind: 'wrap-up', since: 8, reason: 'caller-left' } })
  expect(whats(calling, freed)).toEqual(['call-over', 'reason'])
})

test('the other party of an internal call holds and comes back', () => {
  const inside = viewWith({ call: callWith({ phase: 'talking', internal: true }) })
  const held = viewWith({ call: callWith({ phase: 'talking', internal: true, heldByOther: true }) })
  expect(whats(inside, held)).toEqual(['held-by-other'])
  expect(whats(held, inside)).toEqual(['other-back'])
})

test('「保留」 while a target is called returns to the caller', () => {
  expect(whats(calling, talking)).toEqual(['resumed'])
})

test('a colleague who asked about a caller hands him over', () => {
  const asked = viewWith({
    call: callWith({
      phase: 'talking',
      internal: true,
      number: '6320',
      onBehalfOf: { number: '09011111111' },
    }),
  })
  expect(whats(asked, viewWith({ call: callWith({ phase: 'talking' }) }))).toEqual(['handed'])
})

test('a supervisor who comes into the call is said once, and not again when he only changes how', () => {
  const talking = viewWith({ call: callWith({ phase: 'talking' }), status: { kind: 'talking', since: 3 } })
  const heard = { ...talking, heardBy: [{ name: '山本 直子', mode: 'listen' as const }] }
  expect(announcementsFor(talking, heard)).toEqual([
    { urgency: 'polite', what: 'heard', names: ['山本 直子'] },
  ])
  const barged = { ...talking, heardBy: [{ name: '山本 直子', mode: 'barge' as const }] }
  expect(announcementsFor(heard, barged)).toEqual([])
  expect(announcementsFor(heard, talking)).toEqual([])
})
