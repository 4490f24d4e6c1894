import type { CallId, LegId, PageId, QueueId, UserId } from '@tsunagu/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWithOperator, type Call, type CallEffect, type CallEvent, type CallLimits } from './call.js'
import { enter, nextDeadline, step } from './step.js'

const limits: CallLimits = {
  ringbackMs: 3_000,
  legMs: 5_000,
  refusalMs: 1_000,
  rejoinMs: 30_000,
  parkMs: 180_000,
}
const operators = ['6320', '6321'] as UserId[]
const pages = ['page-a', 'page-b'] as PageId[]

/** What sounds, as Asterisk would hold it if it did just what it is told. */
interface World {
  callerAlive: boolean
  callerPicked: boolean
  callerHears: 'nothing' | 'ringing' | 'music' | 'talk'
  legs: Set<string>
  /** Operators who believe that they have the call. */
  holding: Set<UserId>
}

/** One thing that happens; which leg it is about is chosen from those that ever were, so late news is common. */
const happening = fc.record({
  kind: fc.constantFrom(
    'offer',
    'leg-up',
    'leg-gone',
    'phone-ready',
    'phone-gone',
    'answer',
    'bridged',
    'bridge-failed',
    'hang-up',
    'operator-out',
    'hold',
    'resume',
    'park',
    'take',
    'no-ring-back',
    'caller-gone',
    'deadline',
  ),
  operator: fc.constantFrom(...operators),
  page: fc.constantFrom(...pages),
  leg: fc.integer({ min: 1, max: 6 }),
  wait: fc.integer({ min: 0, max: 25_000 }),
})
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

function toEvent(h: Happening, at: number, call: Call): CallEvent | undefined {
  const leg = `c1:leg:${String(Math.min(h.leg, Math.max(call.legs, 1)))}` as LegId
  switch (h.kind) {
    case 'offer':
      return { type: 'offer', at, operatorId: h.operator, page: h.page, ringMs: 20_000 }
    case 'leg-up':
    case 'leg-gone':
    case 'bridged':
    case 'bridge-failed':
      return { type: h.kind, at, leg }
    case 'phone-ready':
      return { type: h.kind, at, operatorId: h.operator, page: h.page }
    case 'park':
      return { type: 'park', at, operatorId: h.operator, slot: 1 }
    case 'take':
      return { type: 'take', at, operatorId: h.operator, page: h.page }
    case 'phone-gone':
    case 'answer':
    case 'hang-up':
    case 'hold':
    case 'resume':
    case 'operator-out':
      return { type: h.kind, at, operatorId: h.operator }
    case 'caller-gone':
    case 'no-ring-back':
    case 'deadline':
      return { type: h.kind, at }
  }
}

function carryOut(world: World, effect: CallEffect): void {
  switch (effect.do) {
    case 'ring-caller':
      if (!world.callerPicked) world.callerHears = 'ringing'
      break
    case 'answer-caller':
      world.callerPicked = true
      break
    case 'start-music':
      expect(world.callerPicked, 'music is heard only after the trunk was answered').toBe(true)
      world.callerHears = 'music'
      break
    case 'stop-music':
    case 'leave':
      world.callerHears = 'nothing'
      break
    case 'call-phone':
      world.legs.add(effect.leg)
      break
    case 'join':
      expect(world.legs.has(effect.leg), 'only a living leg is bridged').toBe(true)
      world.callerHears = 'talk'
      break
    case 'hang-up':
      world.legs.delete(effect.channel)
      if (effect.channel === 'c1') world.callerAlive = false
      break
    case 'tell-operator':
      if (!['call-answered', 'call-held', 'call-resumed'].includes(effect.news.type)) {
        world.holding.delete(effect.operatorId)
      }
      break
    case 'make-bridge':
    case 'destroy-bridge':
    case 'ring-back':
    case 'dispatch':
      break
  }
}

function checkInvariants(call: Call, world: World): void {
  const withOperator = isWithOperator(call) ? call.operatorId : undefined
  expect([...world.holding], 'exactly its operator holds a call').toEqual(withOperator ? [withOperator] : [])
  const leg = 'leg' in call ? call.leg?.id : undefined
  expect([...world.legs], 'no leg without its call').toEqual(leg ? [leg] : [])
  expect(world.callerAlive, 'nobody is cut, nobody is left behind').toBe(call.status !== 'ended')
  if (call.status === 'held' || call.status === 'parked') expect(world.callerHears).toBe('music')
  if (call.status === 'waiting') expect(['ringing', 'music']).toContain(world.callerHears)
  if (call.status === 'talking') expect(world.callerHears).toBe('talk')
  if (call.status === 'stranded' && !call.leg?.up) expect(world.callerHears).toBe('music')
  const waits = ['offered', 'stranded', 'parked'].includes(call.status)
  if (waits) expect(nextDeadline(call, limits), 'no caller waits without an end').toBeDefined()
  expect(call.enteredAt, 'the first entry counts').toBe(0)
}

test('whatever happens in whatever order, nobody is lost and nothing is left behind', () => {
  const history = fc.array(happening, { maxLength: 40 })
  fc.assert(
    fc.property(history, (happenings) => {
      const world: World = {
        callerAlive: true,
        callerPicked: false,
        callerHears: 'nothing',
        legs: new Set(),
        holding: new Set(),
      }
      const first = enter({
        id: 'c1' as CallId,
        queueId: 'main' as QueueId,
        dialled: '0350600025',
        callerNumber: '',
        picked: false,
        at: 0,
        entry: 1,
      })
      first.effects.forEach((effect) => carryOut(world, effect))
      let call: Call = first.next
      let at = 0
      for (const h of happenings) {
        at += h.wait
        const event = toEvent(h, at, call)
        if (!event) continue
        if (event.type === 'caller-gone') world.callerAlive = false
        // A leg that Asterisk says is gone is gone, whether the call wants to hear it or not.
        if (event.type === 'leg-gone') world.legs.delete(event.leg)
        // A bridge reports only what was asked of it.
        if (event.type === 'bridged' && world.callerHears !== 'talk') continue
        const result = step(call, event, limits)
        if ('refused' in result) {
          if (event.type === 'caller-gone') expect(call.status).toBe('ended')
          continue
        }
        if (event.type === 'offer' || event.type === 'take') world.holding.add(event.operatorId)
        call = result.next
        result.effects.forEach((effect) => carryOut(world, effect))
        checkInvariants(call, world)
        if (call.status === 'ended') break
      }
    }),
    { numRuns: 2_000, seed: 20_261_122 },
  )
})
