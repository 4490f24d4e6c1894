import type { BoardChange } from '@tsunagu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nextTick } from 'vue'
import { operatorRow, snapshotWith } from '../model/test-board'
import { useBoardStore } from '../stores/board'
import { useOperatorStore } from '../stores/operator'
import { feedBoard } from './board-feed'

beforeEach(() => {
  setActivePinia(createPinia())
  vi.useFakeTimers({ now: 20_000 })
  useOperatorStore().linkIs('up')
})
afterEach(() => vi.useRealTimers())

const change = (n: number, id: string, run = 'r1'): BoardChange => ({
  run,
  n,
  now: 10_000,
  set: { operators: [operatorRow(id)] },
  gone: {},
})

function feed() {
  const asked: number[] = []
  const told: number[] = []
  const { hears, close } = feedBoard({
    askForWhole: () => asked.push(Date.now()),
    onTables: (_before, after) => told.push(after.operators.size),
  })
  return { ...hears, close, asked, told }
}
const shown = (): string => [...useBoardStore().operators.keys()].join(' ')

test('the first of a crowd of changes is shown at once, the others together; each is told at once', () => {
  const { snapshot, change: hear, told } = feed()
  expect(useBoardStore().stale).toBe(true)
  hear(change(1, '9'))
  expect([told, useBoardStore().known]).toEqual([[], false])
  snapshot(snapshotWith({ operators: [operatorRow('1')] }))
  expect([shown(), useBoardStore().stale]).toEqual(['1', false])
  vi.advanceTimersByTime(1_000)
  hear(change(1, '2'))
  hear(change(2, '3'))
  hear(change(3, '4'))
  expect(shown()).toBe('1 2')
  expect(told).toEqual([1, 2, 3, 4])
  vi.advanceTimersByTime(100)
  expect(shown()).toBe('1 2 3 4')
})

test('a gap is asked about once until the whole board comes', () => {
  const { snapshot, change: hear, asked } = feed()
  snapshot(snapshotWith({ operators: [operatorRow('1')] }))
  hear(change(2, '3'))
  hear(change(3, '4'))
  hear(change(1, '1'))
  expect(asked).toHaveLength(1)
  snapshot(snapshotWith({ operators: ['1', '2', '3', '4'].map((id) => operatorRow(id)) }, { n: 3 }))
  hear(change(4, '5'))
  vi.advanceTimersByTime(100)
  expect(shown()).toBe('1 2 3 4 5')
  hear(change(1, '1', 'r2'))
  expect(asked).toHaveLength(2)
})

test('a board that does not come is asked for again, and meanwhile what stands there is old', () => {
  const { snapshot, change: hear, asked } = feed()
  snapshot(snapshotWith())
  hear(change(5, '1'))
  vi.advanceTimersByTime(1_900)
  expect([asked.length, useBoardStore().stale]).toEqual([1, false])
  vi.advanceTimersByTime(200)
  expect([asked.length, useBoardStore().stale]).toEqual([2, true])
  snapshot(snapshotWith({}, { n: 5 }))
  expect(useBoardStore().stale).toBe(false)
  vi.advanceTimersByTime(10_000)
  expect(asked).toHaveLength(2)
})

test('a lost link makes the board old until the next one brings it; nobody asks into the dark', async () => {
  const operator = useOperatorStore()
  const { snapshot, change: hear, asked, close } = feed()
  snapshot(snapshotWith({ operators: [operatorRow('1')] }))
  hear(change(7, '2'))
  operator.linkIs('broken')
  await nextTick()
  expect(useBoardStore().stale).toBe(false)
  operator.linkIs('lost')
  await nextTick()
  expect([useBoardStore().stale, shown()]).toEqual([true, '1'])
  vi.advanceTimersByTime(10_000)
  expect(asked).toHaveLength(1)
  operator.linkIs('up')
  expect(useBoardStore().stale).toBe(true)
  snapshot(snapshotWith({ operators: [operatorRow('2')] }, { run: 'r2' }))
  expect([useBoardStore().stale, shown()]).toEqual([false, '2'])
  expect(operator.offset).toBe(-20_000)
  close()
  expect([useBoardStore().known, shown()]).toEqual([false, ''])
})
