import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { startTicker } from './ticker'

const told: string[] = []
let worker: { onmessage?: (event: { data: number }) => void; terminate(): void }

beforeEach(() => {
  told.length = 0
  vi.useFakeTimers({ now: 100_000 })
  const asWorker = function (this: typeof worker): void {
    worker = this
    worker.terminate = () => void told.push('stopped')
  }
  vi.stubGlobal('Worker', asWorker)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const start = () => startTicker({ tick: (now) => told.push(`tick ${now}`), woke: () => told.push('woke') })

test('ticks that come on time are passed on, the first however late its worker started', () => {
  const ticker = start()
  worker.onmessage?.({ data: 110_000 })
  worker.onmessage?.({ data: 111_000 })
  ticker.stop()
  expect(told).toEqual(['tick 110000', 'tick 111000', 'stopped'])
})

test('a gap in the worker’s own time is a sleep', () => {
  start()
  worker.onmessage?.({ data: 100_000 })
  worker.onmessage?.({ data: 105_001 })
  worker.onmessage?.({ data: 106_000 })
  expect(told).toEqual(['tick 100000', 'tick 105001', 'woke', 'tick 106000'])
})

test('a page held up by a dialog has not slept: the ticks were made meanwhile', () => {
  start()
  worker.onmessage?.({ data: 100_000 })
  vi.setSystemTime(160_000)
  worker.onmessage?.({ data: 101_000 })
  worker.onmessage?.({ data: 102_000 })
  expect(told).not.toContain('woke')
})
