import type { BoardWaiting, CallId, QueueId } from '@tsunagu/contract'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { ClosedSpan } from '../../domain/records/span.js'
import {
  DEFAULT_THRESHOLDS,
  SETTLE_MS,
  type Crossing,
  type Watched,
} from '../../domain/thresholds/crossings.js'
import type { Log } from '../ports.js'
import { ThresholdWatch } from './threshold-watch.js'

const main = 'main' as QueueId
const figures = {
  ...{ offered: 0, answered: 0, abandoned: 0, shortAbandoned: 0, answerRate: null, abandonRate: null },
  ...{ serviceLevel: null, averageSpeedOfAnswer: null, averageTimeToAbandon: null, handlingTime: null },
}
const waitingSince = (...times: number[]): Watched => ({
  operators: [],
  queues: [
    {
      ...{ key: main, name: '代表', today: figures, staff: { ready: 0, inCall: 0, wrapUp: 0, away: 0 } },
      serviceLevel: { formula: 'late-abandons', withinMs: 20_000, target: 0.8 },
    },
  ],
  waiting: times.map((enteredAt): BoardWaiting => ({
    ...{ key: `c${String(enteredAt)}` as CallId, queueId: main, enteredAt, order: 0, priority: false },
  })),
})

function setUp(kept: Crossing[] = []) {
  const state = {
    open: kept,
    records: [] as ClosedSpan[],
    away: false,
    thresholds: DEFAULT_THRESHOLDS,
    due: 0,
  }
  const say = (): void => undefined
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const store = {
    load: () => Promise.resolve(state.open),
    async keep(open: Crossing[], over: ClosedSpan[]) {
      await Promise.resolve()
      if (state.away) throw new Error('away')
      state.open = open
      state.records.push(...over)
    },
  }
  const clock = { now: () => Date.now() }
  const due = (): void => void state.due++
  const thresholds = () => state.thresholds
  const watch = new ThresholdWatch({ clock, thresholds, store, log, due, recorded: say })
  return { state, watch }
}

beforeEach(() => void vi.useFakeTimers({ now: 0 }))
afterEach(() => void vi.useRealTimers())

test('asks to be looked at when time alone crosses a limit, and only then', async () => {
  const { state, watch } = setUp()
  expect(watch.rows(waitingSince(0))).toEqual([])
  await vi.advanceTimersByTimeAsync(59_999)
  expect(state.due).toBe(0)
  await vi.advanceTimersByTimeAsync(1)
  expect(state.due).toBe(1)
  expect(watch.rows(waitingSince(0))).toMatchObject([{ key: 'longest-wait main', since: 60_000 }])
  await vi.advanceTimersByTimeAsync(3_600_000)
  expect(state.due).toBe(1)
})

test('goes on over a restart with the beginning it had, and records what is over', async () => {
  const first = setUp()
  vi.setSystemTime(5_000)
  first.watch.rows(waitingSince(1, 2, 3))
  await first.watch.stop()
  const { state, watch } = setUp(first.state.open)
  await watch.begin()
  vi.setSystemTime(9_000)
  expect(watch.rows(waitingSince(1, 2, 3))).toMatchObject([{ key: 'waiting main', since: 5_000 }])
  watch.rows(waitingSince())
  await vi.advanceTimersByTimeAsync(SETTLE_MS)
  expect(watch.rows(waitingSince())).toEqual([])
  await watch.stop()
  expect(state.open).toEqual([])
  expect(state.records).toMatchObject([{ kind: 'crossing', since: 5_000, until: 9_000 }])
})

test('while Redis is away nothing is lost, and a row has nothing that is not of the contract', async () => {
  const { state, watch } = setUp()
  state.away = true
  watch.rows(waitingSince(1, 2, 3))
  vi.setSystemTime(1_000)
  expect(Object.keys(watch.rows(waitingSince())[0] ?? {}).sort()).toEqual([
    'key',
    'limit',
    'queueId',
    'since',
    'what',
  ])
  await vi.advanceTimersByTimeAsync(SETTLE_MS)
  watch.rows(waitingSince())
  await vi.advanceTimersByTimeAsync(0)
  expect(state.records).toEqual([])
  state.away = false
  watch.rows(waitingSince(Date.now() - 60_000))
  await watch.stop()
  expect(state.records).toMatchObject([{ what: 'waiting', since: 0, until: 1_000 }])
})

test('a limit that is changed holds at the next look', () => {
  const { state, watch } = setUp()
  expect(watch.rows(waitingSince(1))).toEqual([])
  state.thresholds = { ...DEFAULT_THRESHOLDS, all: { ...DEFAULT_THRESHOLDS.all, waiting: 1 } }
  expect(watch.rows(waitingSince(1))).toMatchObject([{ key: 'waiting main', limit: 1 }])
})
