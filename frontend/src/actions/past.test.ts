import { userId, type BehindPage, type PastBoard } from '@tsunagu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { operatorRow } from '../model/test-board'
import { usePastBoardStore } from '../stores/board'
import { useDayStore } from '../stores/day'
import { fetchBehind, fetchBehindAgain, fetchDay, fetchMoment, leaveDay, leavePast } from './past'

/** What the server was asked and has not answered. */
let open: { path: string; answer: (response: Response) => void }[] = []

beforeEach(() => {
  setActivePinia(createPinia())
  open = []
  vi.stubGlobal('fetch', (path: string) => new Promise((answer) => open.push({ path, answer })))
})
afterEach(() => vi.unstubAllGlobals())

const answerAll = (body: object): void => {
  for (const { answer } of open.splice(0)) answer(Response.json(body))
}

const boardAt = (time: number): PastBoard => ({
  time,
  now: 90_000,
  timeZone: 'Asia/Tokyo',
  day: { date: '2026-04-01', from: 0, until: 86_400_000 },
  earliest: 0,
  tables: { operators: [operatorRow('1')], queues: [], waiting: [], parked: [], crossings: [] },
})
const page = (total: number): BehindPage => ({ total, rows: [] }) as unknown as BehindPage

test('of the moments asked for, only the last one is shown', async () => {
  const store = usePastBoardStore()
  const both = [fetchMoment(1_000), fetchMoment(2_000)]
  const [first, second] = open.splice(0)
  second?.answer(Response.json(boardAt(2_000)))
  first?.answer(Response.json(boardAt(1_000)))
  await Promise.all(both)
  expect([store.time, store.busy, [...store.operators.keys()]]).toEqual([2_000, false, [userId('1')]])
})

test('nothing is left of a look back, nor does a late answer bring it back', async () => {
  const store = usePastBoardStore()
  const early = fetchMoment(1_000)
  answerAll(boardAt(1_000))
  await early
  const late = fetchMoment(2_000)
  leavePast()
  answerAll(boardAt(2_000))
  await late
  expect([store.past, store.time, store.known, store.busy, store.failed]).toEqual([
    undefined,
    0,
    false,
    false,
    false,
  ])
})

test('a refused look back does not fail the next one before it is asked', async () => {
  const store = usePastBoardStore()
  const refused = fetchMoment(1_000)
  for (const { answer } of open.splice(0)) answer(Response.json({}, { status: 400 }))
  await refused
  expect(store.failed).toBe(true)
  leavePast()
  expect(store.failed).toBe(false)
})

test('a day that nobody looks at any more is not filled', async () => {
  const store = useDayStore()
  const late = [fetchDay({}), fetchBehind({ figure: 'offered' })]
  leaveDay()
  answerAll({ date: '2026-04-01' })
  await Promise.all(late)
  expect([store.view, store.alerts, store.behind, store.figure, store.busy]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    false,
  ])
})

test('the calls that are asked for again stay until the new ones come', async () => {
  const store = useDayStore()
  const first = fetchBehind({ figure: 'offered' })
  answerAll(page(1))
  await first
  const again = fetchBehindAgain({ figure: 'offered' })
  expect(store.behind?.total).toBe(1)
  answerAll(page(2))
  await again
  expect(store.behind?.total).toBe(2)
})
