import { callId, userId } from '@tsunagu/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { redisAlarms } from '../../src/adapters/redis/alarms.js'
import { LiveStore } from '../../src/adapters/redis/live-store.js'
import type { Alarms } from '../../src/app/ports.js'
import { LIMITS } from '../support/call-samples.js'
import { MAIN, SUPPORT } from '../support/directory.js'
import { nextAlarm } from '../support/next-alarm.js'
import { endedCall, freeOperator, offeredCall, waitingCall } from '../support/people.js'
import { openRedis } from '../support/stage.js'

let mine: ReturnType<typeof openRedis>
let other: ReturnType<typeof openRedis>
let live: LiveStore
/** The store of a second process. */
let theirs: LiveStore
let alarms: Alarms
const dueNext = () => nextAlarm(mine.redis, mine.keys)

beforeEach(() => {
  mine = openRedis()
  other = openRedis(mine.prefix)
  live = new LiveStore(mine.redis, mine.keys, LIMITS)
  theirs = new LiveStore(other.redis, other.keys, LIMITS)
  alarms = redisAlarms(mine.redis, mine.keys)
})
afterEach(async () => {
  const left = await mine.redis.keys(`${mine.prefix}*`)
  if (left.length > 0) await mine.redis.del(...left)
  await Promise.all([mine.redis.quit(), other.redis.quit()])
})

const waitingLine = (queue = MAIN) => mine.redis.zrange(mine.keys.waiting(queue), 0, '-1')
const readyLine = (queue = MAIN) => mine.redis.zrange(mine.keys.ready(queue), 0, '-1')

describe('a call', () => {
  const call = waitingCall('c1')

  test('is read as it was written', async () => {
    expect(await live.calls.save(call, 0)).toBe(true)
    expect(await theirs.calls.load(call.id)).toEqual({ value: call, version: 1 })
    expect(await theirs.calls.list()).toEqual([call])
  })

  test('of two who write it, exactly one wins', async () => {
    await live.calls.save(call, 0)
    for (let version = 1; version <= 20; version++) {
      const mineNow = { ...call, callerNumber: `mine ${String(version)}` }
      const theirsNow = { ...call, callerNumber: `theirs ${String(version)}` }
      const saved = await Promise.all([
        live.calls.save(mineNow, version),
        theirs.calls.save(theirsNow, version),
      ])
      expect(saved.filter(Boolean)).toHaveLength(1)
      const winner = saved[0] ? mineNow : theirsNow
      expect(await live.calls.load(call.id)).toEqual({ value: winner, version: version + 1 })
    }
  })

  test('of two who make it, exactly one wins', async () => {
    const saved = await Promise.all([live.calls.save(call, 0), theirs.calls.save(call, 0)])
    expect(saved.filter(Boolean)).toHaveLength(1)
  })

  test('a write that came too late changes nothing at all', async () => {
    await live.calls.save(call, 0)
    const offered = offeredCall(call, '6320')
    await live.calls.save(offered, 1)
    expect(await theirs.calls.save({ ...call, picked: true }, 1)).toBe(false)
    expect(await waitingLine()).toEqual([])
    expect(await dueNext()).toBe(offered.leg?.dueAt)
    expect((await live.calls.load(call.id))?.value.status).toBe('offered')
  })

  test('stands in the line of its queue exactly while it waits', async () => {
    await live.calls.save(call, 0)
    expect(await waitingLine()).toEqual(['c1'])
    expect(await waitingLine(SUPPORT)).toEqual([])
    await live.calls.save(offeredCall(call, '6320'), 1)
    expect(await waitingLine()).toEqual([])
    await live.calls.save({ ...call, picked: true }, 2)
    expect(await waitingLine()).toEqual(['c1'])
  })

  test('stands in line by entry, and before all others with priority', async () => {
    await live.calls.save(waitingCall('second', { entry: 2 }), 0)
    await live.calls.save(waitingCall('first', { entry: 1 }), 0)
    await live.calls.save(waitingCall('back', { entry: 3, priority: true }), 0)
    expect(await waitingLine()).toEqual(['back', 'first', 'second'])
    expect((await live.heads([MAIN, SUPPORT])).map(({ waiting }) => waiting?.callId)).toEqual([
      'back',
      undefined,
    ])
  })

  test('has one alarm, which follows its status', async () => {
    await live.calls.save(call, 0)
    expect(await dueNext()).toBe(call.since + LIMITS.ringbackMs)
    await live.calls.save({ ...call, picked: true }, 1)
    expect(await dueNext()).toBeUndefined()
  })

  test('that has ended leaves no key', async () => {
    await live.calls.save(call, 0)
    await live.calls.save(offeredCall(call, '6320'), 1)
    await live.calls.save(endedCall(call), 2)
    expect((await live.calls.load(call.id))?.value.status).toBe('ended')
    await live.calls.remove(call.id)
    expect(await live.calls.load(call.id)).toBeUndefined()
    expect(await live.calls.list()).toEqual([])
    expect(await mine.redis.keys(`${mine.prefix}*`)).toEqual([])
  })

  test('that ended while it waited leaves no key either, and a late writer cannot bring it back', async () => {
    await live.calls.save(call, 0)
    await live.calls.save(endedCall(call), 1)
    expect((await live.heads([MAIN]))[0]?.waiting).toBeUndefined()
    await live.calls.remove(call.id)
    expect(await theirs.calls.save({ ...call, picked: true }, 1)).toBe(false)
    expect(await mine.redis.keys(`${mine.prefix}*`)).toEqual([])
  })

  test('gets a number that only grows, whoever asks', async () => {
    const asked = Array.from({ length: 40 }, (_, i) => (i % 2 ? live : theirs).calls.nextEntry())
    expect(new Set(await Promise.all(asked)).size).toBe(40)
  })
})

describe('an operator', () => {
  const hanako = freeOperator('6320')

  test('is read as he was written', async () => {
    await live.operators.save(hanako, 0)
    expect(await theirs.operators.load(hanako.id)).toEqual({ value: hanako, version: 1 })
    expect(await theirs.operators.list()).toEqual([hanako])
  })

  test('two dispatchers want him at once: one gets him', async () => {
    await live.operators.save(hanako, 0)
    for (let version = 1; version < 20; version += 2) {
      const take = (callName: string) => ({
        ...hanako,
        callId: callId(callName),
        status: { kind: 'ringing', since: 2_000 } as const,
      })
      const [a, b] = await Promise.all([
        live.operators.save(take('a'), version),
        theirs.operators.save(take('b'), version),
      ])
      expect([a, b].filter(Boolean)).toHaveLength(1)
      expect((await live.operators.load(hanako.id))?.value.callId).toBe(a ? 'a' : 'b')
      expect(await readyLine()).toEqual([])
      await live.operators.save(hanako, version + 1)
      expect(await readyLine()).toEqual(['6320'])
    }
  })

  test.each([
    ['has a call', { callId: callId('c1') }],
    ['is not 受付可', { status: { kind: 'lunch', since: 1 } as const }],
    ['has no registered phone', { registered: false }],
  ])('is in no ready line when he %s', async (_why, change) => {
    await live.operators.save({ ...hanako, queues: [MAIN, SUPPORT] }, 0)
    expect([await readyLine(MAIN), await readyLine(SUPPORT)]).toEqual([['6320'], ['6320']])
    await live.operators.save({ ...hanako, queues: [MAIN, SUPPORT], ...change }, 1)
    expect([await readyLine(MAIN), await readyLine(SUPPORT)]).toEqual([[], []])
  })

  test('without a page is in no ready line', async () => {
    const { page: _gone, ...without } = hanako
    await live.operators.save(hanako, 0)
    await live.operators.save(without, 1)
    expect(await readyLine()).toEqual([])
  })

  test('who has been idle the longest is first', async () => {
    await live.operators.save(freeOperator('6321', { idleSince: 3_000 }), 0)
    await live.operators.save(freeOperator('6322', { idleSince: 2_000 }), 0)
    expect((await live.heads([MAIN]))[0]?.ready).toEqual({ operatorId: '6322', since: 2_000 })
  })

  test('has an alarm for the end of his wrap-up, and none without a limit', async () => {
    const status = { kind: 'wrap-up', since: 2_000, endsAt: 9_000 } as const
    await live.operators.save({ ...hanako, status }, 0)
    expect(await dueNext()).toBe(9_000)
    await live.operators.save(hanako, 1)
    expect(await dueNext()).toBeUndefined()
  })

  test('who logged out leaves no key, not even with an alarm set', async () => {
    const status = { kind: 'wrap-up', since: 2_000, endsAt: 9_000 } as const
    await live.operators.save({ ...hanako, queues: [MAIN, SUPPORT] }, 0)
    await live.operators.save({ ...hanako, queues: [MAIN, SUPPORT], status }, 1)
    await live.operators.remove(hanako.id)
    expect(await mine.redis.keys(`${mine.prefix}*`)).toEqual([])
    expect(await live.operators.load(userId('6320'))).toBeUndefined()
  })
})

describe('alarms', () => {
  test('of two takers, each alarm goes to exactly one', async () => {
    const second = redisAlarms(other.redis, other.keys)
    const names = Array.from({ length: 250 }, (_, i) => `call:${String(i)}`)
    await Promise.all(names.map((name, i) => alarms.set(name, i)))
    const taken: string[] = []
    for (let round = 0; round < 3; round++) {
      const both = await Promise.all([alarms.takeDue(1_000), second.takeDue(1_000)])
      taken.push(...both.flat().map(({ key }) => key))
    }
    expect(taken).toHaveLength(250)
    expect(new Set(taken)).toEqual(new Set(names))
  })

  test('come again when their taker died, and not when they were handled or set anew', async () => {
    await alarms.set('lost', 10)
    await alarms.set('handled', 10)
    await alarms.set('anew', 10)
    const due = await alarms.takeDue(20)
    const [again] = due.map(({ againAt }) => againAt)
    await alarms.done(due.find(({ key }) => key === 'handled')!)
    await alarms.set('anew', 500_000)
    await alarms.done(due.find(({ key }) => key === 'anew')!)
    expect(await alarms.takeDue(again! - 1)).toEqual([])
    expect((await alarms.takeDue(again!)).map(({ key }) => key)).toEqual(['lost'])
    expect((await alarms.takeDue(500_000)).map(({ key }) => key).sort()).toEqual(['anew', 'lost'])
  })

  test('are taken when they are due and not before, the earliest first', async () => {
    await alarms.set('late', 30)
    await alarms.set('early', 10)
    await alarms.set('next', 20)
    expect(await alarms.takeDue(9)).toEqual([])
    const due = await alarms.takeDue(20)
    expect(due.map(({ key }) => key)).toEqual(['early', 'next'])
    expect(await dueNext()).toBe(30)
  })

  test('one a name: set again moves it, cleared it does not ring', async () => {
    await alarms.set('a', 10)
    await alarms.set('a', 50)
    expect(await alarms.takeDue(40)).toEqual([])
    await alarms.clear('a')
    expect(await alarms.takeDue(100)).toEqual([])
  })
})
