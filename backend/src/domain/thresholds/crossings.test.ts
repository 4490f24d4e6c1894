import {
  STATUS_THRESHOLDS,
  type BoardFigures,
  type BoardOperator,
  type BoardQueue,
  type BoardWaiting,
  type CallId,
  type QueueId,
  type StatusKind,
  type Thresholds,
  type UserId,
} from '@tsunagu/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { crossingsOf, DEFAULT_THRESHOLDS, SETTLE_MS, type Crossing, type Watched } from './crossings.js'

const main = 'main' as QueueId
const support = 'support' as QueueId
const SECOND = 1_000

const figures = (answered: number, serviceLevel: number | null): BoardFigures => ({
  ...{ offered: answered, answered, abandoned: 0, shortAbandoned: 0, answerRate: null, abandonRate: null },
  ...{ serviceLevel, averageSpeedOfAnswer: null, averageTimeToAbandon: null, handlingTime: null },
})

const queue = (key: QueueId, today = figures(0, null)): BoardQueue => ({
  ...{ key, name: key, today, staff: { ready: 0, inCall: 0, wrapUp: 0, away: 0 } },
  serviceLevel: { formula: 'late-abandons', withinMs: 20_000, target: 0.8 },
})

const caller = (enteredAt: number, queueId = main): BoardWaiting => ({
  ...{ key: `c${String(enteredAt)}` as CallId, queueId, enteredAt, order: enteredAt, priority: false },
})

function operator(kind: StatusKind, since: number, talkingSince?: number): BoardOperator {
  const call = { id: 'c' as CallId, phase: 'talking', direction: 'in', internal: false, waitedMs: 0 } as const
  return {
    ...{ key: '6320' as UserId, name: '佐藤 花子', extension: '6320', queues: [main] },
    ...{ status: { kind, since }, phone: 'there', listeners: [], today: { answered: 0 } },
    ...(talkingSince === undefined ? {} : { call: { ...call, since: talkingSince } }),
  }
}

const board = (some: Partial<Watched>): Watched => ({
  operators: [],
  queues: [queue(main)],
  waiting: [],
  ...some,
})

const withLimits =
  (thresholds: Thresholds) =>
  (some: Partial<Watched>, at: number, before: Crossing[] = []) =>
    crossingsOf(thresholds, { board: board(some), at }, before)
const look = withLimits(DEFAULT_THRESHOLDS)

const named = ({ crossings }: { crossings: Crossing[] }): string[] => crossings.map(({ key }) => key)

describe('what is crossed', () => {
  const cases: [string, Partial<Watched>, string[]][] = [
    ['nobody waits', {}, []],
    ['two wait', { waiting: [caller(96_000), caller(97_000)] }, []],
    ['three wait', { waiting: [caller(95_000), caller(96_000), caller(97_000)] }, ['waiting main']],
    ['three wait in another queue', { waiting: [1, 2, 3].map((n) => caller(95_000 + n, support)) }, []],
    ['one waits for a minute', { waiting: [caller(40_000)] }, ['longest-wait main']],
    ['one waits for a moment less', { waiting: [caller(40_001)] }, []],
    ['a low service level', { queues: [queue(main, figures(5, 0.79))] }, ['service-level main']],
    ['one as it should be', { queues: [queue(main, figures(5, 0.8))] }, []],
    ['a low one of few calls', { queues: [queue(main, figures(4, 0))] }, []],
    ['a long talk', { operators: [operator('talking', -600_000, -600_000)] }, ['talking 6320 -600000']],
    [
      'one with a hold in between',
      { operators: [operator('talking', 99_000, -600_000)] },
      ['talking 6320 -600000'],
    ],
    [
      'a long talk that is on hold for long',
      { operators: [operator('held', 40_000, -600_000)] },
      ['talking 6320 -600000', 'held 6320 40000'],
    ],
    ['a talk between extensions', { operators: [operator('internal', -900_000, -900_000)] }, []],
    [
      'a short break of a quarter of an hour',
      { operators: [operator('short-break', -800_000)] },
      ['short-break 6320 -800000'],
    ],
    ['a lunch of as long', { operators: [operator('lunch', -800_000)] }, []],
    ['other work has no limit at first', { operators: [operator('other-work', -9_000_000)] }, []],
    ['nor has 受付可', { operators: [operator('ready', -9_000_000)] }, []],
  ]
  test.each(cases)('%s', (_, some, keys) => {
    expect(named(look(some, 100 * SECOND))).toEqual(keys)
  })

  test('a row tells what, whose, since when and how much', () => {
    const { crossings } = look({ waiting: [caller(0)], operators: [operator('held', 0, 0)] }, 70_000)
    expect(crossings).toEqual([
      { key: 'longest-wait main', what: 'longest-wait', queueId: main, since: 60_000, limit: 60_000 },
      {
        ...{ key: 'held 6320 0', what: 'held', since: 60_000, limit: 60_000 },
        operator: { id: '6320', name: '佐藤 花子' },
      },
    ])
  })

  test("a queue's own limits stand before those of all, as a whole", () => {
    const limits = { waiting: 1, 'longest-wait': null, 'service-level': null }
    const own = { ...DEFAULT_THRESHOLDS, queues: [{ queueId: support, limits }] }
    const some = { queues: [queue(main), queue(support)], waiting: [caller(0, support), caller(0)] }
    expect(named(withLimits(own)(some, 100_000))).toEqual(['longest-wait main', 'waiting support'])
  })

  test('the site as a whole is no queue', () => {
    expect(named(look({ queues: [queue('all' as QueueId, figures(9, 0))] }, 0))).toEqual([])
  })
})

describe('over time', () => {
  test('the next that time alone crosses is the first of all', () => {
    const some = { waiting: [caller(0), caller(5_000)], operators: [operator('held', 2_000, 2_000)] }
    expect(look(some, 10_000).next).toBe(60_000)
    expect(look(some, 60_000).next).toBe(62_000)
    expect(look({}, 10_000).next).toBeUndefined()
  })

  test('a line that is short again for a moment is the same crossing; then it is over, and was when it became short', () => {
    const three = { waiting: [caller(1), caller(2), caller(3)] }
    const began = look(three, 10 * SECOND)
    const short = look({}, 20 * SECOND, began.crossings)
    expect(named(short)).toEqual(['waiting main'])
    expect(short.next).toBe(20 * SECOND + SETTLE_MS)
    const again = look(three, 21 * SECOND, short.crossings)
    expect(again.crossings).toEqual(began.crossings)
    const shortAgain = look({}, 30 * SECOND, again.crossings)
    const over = look({}, 30 * SECOND + SETTLE_MS, shortAgain.crossings)
    expect(over.crossings).toEqual([])
    expect(over.over).toEqual([
      {
        ...{
          key: 'waiting main 10000 crossing',
          kind: 'crossing',
          what: 'waiting',
          since: 10_000,
          until: 30_000,
        },
        detail: { limit: 3, queueId: 'main' },
      },
    ])
  })

  test('a service level goes and comes back only with a margin', () => {
    const at = (level: number | null, before: Crossing[]) =>
      look({ queues: [queue(main, figures(9, level))] }, 0, before)
    const low = at(0.79, [])
    expect(named(at(0.81, low.crossings))).toEqual(['service-level main'])
    expect(named(at(0.825, low.crossings))).toEqual([])
    expect(named(at(0.81, []))).toEqual([])
    expect(named(at(null, low.crossings)), 'a new day').toEqual([])
  })

  test('a level of everything can be reached again', () => {
    const all = { ...DEFAULT_THRESHOLDS, all: { ...DEFAULT_THRESHOLDS.all, 'service-level': 1 } }
    const low = withLimits(all)({ queues: [queue(main, figures(9, 0.9))] }, 0)
    expect(named(low)).toEqual(['service-level main'])
    expect(named(withLimits(all)({ queues: [queue(main, figures(9, 1))] }, 1, low.crossings))).toEqual([])
  })

  test('a status is over at once with the status, and with its limit', () => {
    const away = { operators: [operator('lunch', 0)] }
    const { crossings } = look(away, 3_600_000)
    const back = look({ operators: [operator('ready', 3_700_000)] }, 3_700_000, crossings)
    expect(back.crossings).toEqual([])
    expect(back.over).toMatchObject([{ operator: '6320', what: 'lunch', since: 3_600_000, until: 3_700_000 }])
    const statuses = { ...DEFAULT_THRESHOLDS.statuses, lunch: null }
    expect(withLimits({ ...DEFAULT_THRESHOLDS, statuses })(away, 3_600_001, crossings).over).toHaveLength(1)
  })
})

describe('any history', () => {
  const limits: Thresholds = {
    all: { waiting: 2, 'longest-wait': 20_000, 'service-level': 0.5 },
    queues: [],
    statuses: {
      ...{ talking: 9_000, held: 4_000, 'wrap-up': 5_000 },
      ...{ 'short-break': 7_000, lunch: 8_000, 'other-work': 6_000 },
    },
  }
  const happening = fc.record({
    after: fc.integer({ min: 0, max: 9_000 }),
    what: fc.constantFrom('enter', 'leave', 'status', 'level'),
    status: fc.constantFrom<StatusKind>('ready', 'preparing', ...STATUS_THRESHOLDS),
    level: fc.double({ min: 0, max: 1, noNaN: true }),
  })

  /** Plays it, looking after each event and whenever `next` says so; `at` each look what was found. */
  function play(history: typeof happening extends fc.Arbitrary<infer One> ? One[] : never) {
    let now = 0
    let state = { waiting: [] as BoardWaiting[], operator: operator('ready', 0), level: 1 }
    let known: Crossing[] = []
    let wakeAt: number | undefined
    const looks: { at: number; state: typeof state; crossings: Crossing[]; over: number }[] = []
    const keys: string[] = []
    const lookNow = (): void => {
      const { waiting, level } = state
      const some = { waiting, operators: [state.operator], queues: [queue(main, figures(9, level))] }
      const { crossings, over, next } = withLimits(limits)(some, now, known)
      keys.push(...over.map(({ key }) => key))
      known = crossings
      wakeAt = next
      looks.push({ at: now, state, crossings, over: over.length })
    }
    for (const { after, what, status, level } of history) {
      const until = now + after
      while (wakeAt !== undefined && wakeAt <= until) {
        expect(wakeAt, 'the next look is never in the past').toBeGreaterThan(now)
        now = wakeAt
        lookNow()
      }
      now = until
      if (what === 'enter') state = { ...state, waiting: [...state.waiting, caller(now)] }
      if (what === 'leave') state = { ...state, waiting: state.waiting.slice(1) }
      if (what === 'status') state = { ...state, operator: operator(status, now, now) }
      if (what === 'level') state = { ...state, level }
      lookNow()
    }
    return { looks, keys }
  }

  test('what is crossed is there, what has not been for a while is not, and each is recorded once', () => {
    fc.assert(
      fc.property(fc.array(happening, { maxLength: 40 }), (history) => {
        const { looks, keys } = play(history)
        for (const { at, state, crossings } of looks) {
          const has = new Set(crossings.map(({ what }) => what))
          const { kind, since } = state.operator.status
          const limit = limits.statuses[kind as keyof Thresholds['statuses']] as number | undefined
          if (kind !== 'held') expect(has.has(kind), kind).toBe(limit !== undefined && at - since >= limit)
          const settling = (what: string) =>
            crossings.some((one) => one.what === what && one.belowSince !== undefined)
          const many = state.waiting.length >= 2
          expect(has.has('waiting'), 'waiting').toBe(many || settling('waiting'))
          const [first] = state.waiting
          const long = first !== undefined && at - first.enteredAt >= 20_000
          expect(has.has('longest-wait'), 'longest wait').toBe(long || settling('longest-wait'))
          if (state.level < 0.5) expect(has).toContain('service-level')
          if (state.level >= 0.52) expect(has).not.toContain('service-level')
          for (const { belowSince } of crossings)
            if (belowSince !== undefined) expect(at - belowSince).toBeLessThan(SETTLE_MS)
        }
        expect(new Set(keys).size).toBe(keys.length)
      }),
      { seed: 20261122, numRuns: 500 },
    )
  })
})
