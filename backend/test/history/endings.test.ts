import { afterEach, beforeEach, expect, test } from 'vitest'
import { legId, pageId, type UserId } from '@tsunagu/contract'
import { Stage } from '../support/stage.js'

/** Every way a call can end for an operator, through the whole control plane: what his history says of it. */
let stage: Stage
let hanako: UserId

beforeEach(async () => {
  stage = new Stage({ ringMs: 20_000 })
  hanako = await stage.operator('6320')
  stage.now += 5_000
})
afterEach(() => stage.close())

const START = 1_005_000
const PAGE = pageId('page-of-the-test')
const leg = (n = 1) => legId(`c1:leg:${String(n)}`)
const hear = async (event: Parameters<Stage['core']['engine']['accept']>[0]): Promise<void> => {
  stage.core.engine.accept(event)
  await stage.quiet()
}
const rings = async (): Promise<void> => {
  await stage.caller('c1')
  await hear({ type: 'leg-up', at: stage.now, leg: leg() })
}
/** Answered three seconds after it began to ring. */
const talks = async (): Promise<void> => {
  await rings()
  stage.now += 3_000
  await stage.core.desk.answer(hanako, PAGE)
  await stage.quiet()
}
const callerLeaves = () => hear({ type: 'channel-gone', at: stage.now, channel: 'c1', why: 'unreachable' })
const legDies = (n = 1) => hear({ type: 'channel-gone', at: stage.now, channel: leg(n), why: 'unreachable' })

const entry = { owner: '6320', callId: 'c1', internal: false, number: '09011111111', reached: '0350600025' }

interface Story {
  how: string
  tell: () => Promise<unknown>
  kind: string
  talkMs: number | null
}

const STORIES: Story[] = [
  {
    how: 'the caller hangs up after 10 s',
    tell: async () => {
      await talks()
      stage.now += 10_000
      await callerLeaves()
    },
    kind: 'in',
    talkMs: 10_000,
  },
  {
    how: 'the operator hangs up after 7 s',
    tell: async () => {
      await talks()
      stage.now += 7_000
      await stage.core.desk.hangUp(hanako, PAGE)
    },
    kind: 'in',
    talkMs: 7_000,
  },
  {
    how: 'his browser dies, comes back, and the talk goes on',
    tell: async () => {
      await talks()
      stage.now += 4_000
      await legDies()
      stage.now += 2_000
      await stage.core.desk.claimPhone(hanako, pageId('page-after-reload'))
      await stage.quiet()
      await hear({ type: 'leg-up', at: stage.now, leg: leg(2) })
      stage.now += 4_000
      await callerLeaves()
    },
    kind: 'in',
    talkMs: 10_000,
  },
  {
    how: 'his browser dies and does not come back',
    tell: async () => {
      await talks()
      stage.now += 5_000
      await legDies()
      await stage.until(stage.now + 30_000)
    },
    kind: 'in',
    talkMs: 35_000,
  },
  {
    how: 'the caller leaves while his browser is away',
    tell: async () => {
      await talks()
      stage.now += 5_000
      await legDies()
      stage.now += 1_000
      await callerLeaves()
    },
    kind: 'in',
    talkMs: 6_000,
  },
  {
    how: 'his login is ended in the talk',
    tell: async () => {
      await talks()
      stage.now += 5_000
      await stage.core.desk.dropOut(hanako, 'forced')
    },
    kind: 'in',
    talkMs: 5_000,
  },
  {
    how: 'the caller gives up while it rings',
    tell: async () => {
      await rings()
      stage.now += 6_000
      await callerLeaves()
    },
    kind: 'missed',
    talkMs: null,
  },
  {
    how: 'he does not answer in the ring time',
    tell: async () => {
      await rings()
      await stage.until(stage.now + 20_000)
    },
    kind: 'missed',
    talkMs: null,
  },
  {
    how: 'he rejects it',
    tell: async () => {
      await rings()
      stage.now += 1_000
      await stage.core.desk.hangUp(hanako, PAGE)
    },
    kind: 'rejected',
    talkMs: null,
  },
  {
    how: 'his phone never takes its leg',
    tell: async () => {
      await stage.caller('c1')
      await stage.until(stage.now + 6_000)
    },
    kind: 'missed',
    talkMs: null,
  },
  {
    how: 'his phone is lost while it rings, and does not come back',
    tell: async () => {
      await rings()
      await legDies()
      await stage.until(stage.now + 6_000)
    },
    kind: 'missed',
    talkMs: null,
  },
  {
    how: 'his login is ended while it rings',
    tell: async () => {
      await rings()
      await stage.core.desk.dropOut(hanako, 'link-lost')
    },
    kind: 'missed',
    talkMs: null,
  },
  {
    how: 'the call is held in between',
    tell: async () => {
      await talks()
      stage.now += 2_000
      await stage.core.desk.hold(hanako, PAGE)
      stage.now += 3_000
      await stage.core.desk.resume(hanako, PAGE)
      stage.now += 4_000
      await callerLeaves()
    },
    kind: 'in',
    talkMs: 9_000,
  },
  {
    how: 'the caller leaves while he is held',
    tell: async () => {
      await talks()
      stage.now += 2_000
      await stage.core.desk.hold(hanako, PAGE)
      stage.now += 3_000
      await callerLeaves()
    },
    kind: 'in',
    talkMs: 5_000,
  },
  {
    how: 'the call is parked',
    tell: async () => {
      await talks()
      stage.now += 6_000
      await stage.core.desk.park(hanako, PAGE, 1)
      await stage.quiet()
      stage.now += 1_000
      await callerLeaves()
    },
    kind: 'in',
    talkMs: 6_000,
  },
  {
    how: 'the control plane dies in the talk, and the caller has left when it is back',
    tell: async () => {
      await talks()
      stage.now += 8_000
      const after = new Stage({ prefix: stage.prefix, now: stage.now })
      await after.core.recovery.run()
      await after.quiet()
      stage.history.push(...after.history)
      await after.redis.quit()
    },
    kind: 'in',
    talkMs: 8_000,
  },
]

test.each(STORIES)('$how: $kind', async ({ tell, kind, talkMs }) => {
  await tell()
  await stage.quiet()
  expect(stage.history).toEqual([{ ...entry, kind, talkMs, startedAt: START }])
})

test('rejected by one and answered by the next: each has his own line', async () => {
  const taro = await stage.operator('6321')
  await rings()
  stage.now += 2_000
  await stage.core.desk.hangUp(hanako, PAGE)
  await stage.quiet()
  await hear({ type: 'leg-up', at: stage.now, leg: leg(2) })
  await stage.core.desk.answer(taro, PAGE)
  stage.now += 1_000
  await stage.quiet()
  await callerLeaves()
  expect(stage.history).toEqual([
    { ...entry, kind: 'rejected', talkMs: null, startedAt: START },
    { ...entry, owner: '6321', kind: 'in', talkMs: 1_000, startedAt: START + 2_000 },
  ])
})

test('parked by one and taken by another: both have spoken to him', async () => {
  const taro = await stage.operator('6321')
  await talks()
  stage.now += 6_000
  await stage.core.desk.park(hanako, PAGE, 1)
  stage.now += 10_000
  await stage.core.desk.take(taro, PAGE, 1)
  await stage.quiet()
  await hear({ type: 'leg-up', at: stage.now, leg: leg(2) })
  stage.now += 2_000
  await callerLeaves()
  expect(stage.history).toEqual([
    { ...entry, kind: 'in', talkMs: 6_000, startedAt: START },
    { ...entry, owner: '6321', kind: 'in', talkMs: 2_000, startedAt: START + 19_000 },
  ])
})

test('parked, nobody takes it, it rings back and he does not answer: 着信, then 不在', async () => {
  await talks()
  stage.now += 6_000
  await stage.core.desk.park(hanako, PAGE, 1)
  await stage.quiet()
  const parkedAt = stage.now
  await stage.until(parkedAt + stage.limits.parkMs)
  await stage.quiet()
  await hear({ type: 'leg-up', at: stage.now, leg: leg(2) })
  await stage.until(stage.now + 20_000)
  await stage.quiet()
  expect(stage.history).toEqual([
    { ...entry, kind: 'in', talkMs: 6_000, startedAt: START },
    { ...entry, kind: 'missed', talkMs: null, startedAt: parkedAt + stage.limits.parkMs },
  ])
})

test('a caller who never rang at anybody is in nobody’s history', async () => {
  await stage.core.desk.choose(hanako, { kind: 'lunch' })
  await stage.caller('c1')
  await callerLeaves()
  expect(stage.history).toEqual([])
})
