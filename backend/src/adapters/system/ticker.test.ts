import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTicker } from './ticker.js'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const nobody = (error: unknown): void => {
  throw error
}

test('works at every turn, and no more after it was stopped', async () => {
  let turns = 0
  const ticker = startTicker(100, async () => void turns++, nobody)
  await vi.advanceTimersByTimeAsync(350)
  expect(turns).toBe(3)
  await ticker.stop()
  await vi.advanceTimersByTimeAsync(1_000)
  expect(turns).toBe(3)
  expect(vi.getTimerCount()).toBe(0)
})

test('never twice at once: a slow turn lets the next ones pass', async () => {
  let [begun, ended] = [0, 0]
  const work = async (): Promise<void> => {
    begun++
    await new Promise((resolve) => setTimeout(resolve, 250))
    ended++
  }
  const ticker = startTicker(100, work, nobody)
  await vi.advanceTimersByTimeAsync(300)
  expect([begun, ended]).toEqual([1, 0])
  await vi.advanceTimersByTimeAsync(200)
  expect([begun, ended]).toEqual([2, 1])
  const stopped = ticker.stop()
  await vi.advanceTimersByTimeAsync(250)
  await stopped
  expect([begun, ended]).toEqual([2, 2])
})

test('what it throws is told, and the next turn comes all the same', async () => {
  const told: unknown[] = []
  let turns = 0
  const work = (): Promise<void> => (turns++ ? Promise.resolve() : Promise.reject(new Error('broken')))
  const ticker = startTicker(100, work, (error) => told.push(error))
  await vi.advanceTimersByTimeAsync(200)
  expect(told).toEqual([new Error('broken')])
  expect(turns).toBe(2)
  await ticker.stop()
})

test('stop waits for the turn under way', async () => {
  let finish: () => void = () => undefined
  const ticker = startTicker(100, () => new Promise<void>((resolve) => (finish = resolve)), nobody)
  await vi.advanceTimersByTimeAsync(100)
  let stopped = false
  const stop = ticker.stop().then(() => (stopped = true))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(stopped).toBe(false)
  finish()
  await stop
})
