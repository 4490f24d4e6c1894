import { expect, test, vi } from 'vitest'
import type { ClosedSpan } from '../../domain/records/span.js'
import type { Log } from '../ports.js'
import { RecordWriter } from './record-writer.js'

const span = (n: number): ClosedSpan => ({ key: String(n), kind: 'talk', since: n, until: n })
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

/** An outbox in memory, and a database that can be taken away. */
function setUp(options: { retryMs?: number } = {}) {
  const waiting: ClosedSpan[] = []
  const stored = new Map<string, number>()
  const said: string[] = []
  const state = { away: false, diesAfterWriting: false }
  const say = (_fields: object, message: string): void => void said.push(message)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const outbox = {
    put: (one: ClosedSpan) => Promise.resolve(void waiting.push(one)),
    first: (most: number) =>
      Promise.resolve(waiting.slice(0, most).map((one) => ({ id: one.key, span: one }))),
    written: (posted: { id: string }[]) => {
      if (state.diesAfterWriting) return Promise.reject(new Error('dead'))
      for (const { id } of posted)
        waiting.splice(
          waiting.findIndex(({ key }) => key === id),
          1,
        )
      return Promise.resolve()
    },
    size: () => Promise.resolve(waiting.length),
  }
  const append = async (spans: ClosedSpan[]): Promise<void> => {
    await Promise.resolve()
    if (state.away) throw new Error('away')
    for (const { key, since } of spans) stored.set(key, since)
  }
  const writer = new RecordWriter({ outbox, store: { append }, log, retryMs: 5, ...options })
  const post = (...ns: number[]): void => {
    waiting.push(...ns.map(span))
    writer.wake()
  }
  return { writer, waiting, stored: () => [...stored.values()], said, state, post }
}

test('what is posted is written in its order, and leaves the outbox', async () => {
  const { post, stored, waiting } = setUp()
  post(...numbers(1, 500))
  await vi.waitFor(() => expect(stored()).toEqual(numbers(1, 500)))
  await vi.waitFor(() => expect(waiting).toEqual([]))
})

test('what is posted while it writes is written, too', async () => {
  const { post, stored } = setUp()
  for (const n of numbers(1, 50)) {
    post(n)
    await Promise.resolve()
  }
  await vi.waitFor(() => expect(stored()).toEqual(numbers(1, 50)))
})

test('an outage loses nothing and is told once', async () => {
  const { post, stored, said, state } = setUp()
  state.away = true
  post(1, 2, 3)
  await new Promise((resolve) => setTimeout(resolve, 40))
  post(4)
  expect(stored()).toEqual([])
  state.away = false
  await vi.waitFor(() => expect(stored()).toEqual([1, 2, 3, 4]))
  expect(said).toEqual(['the records wait for the database', 'the records are being written again'])
})

test('one that died between writing and taking out writes again, and nothing is there twice', async () => {
  const { post, stored, waiting, state } = setUp()
  state.diesAfterWriting = true
  post(1, 2)
  await vi.waitFor(() => expect(stored()).toEqual([1, 2]))
  state.diesAfterWriting = false
  await vi.waitFor(() => expect(waiting).toEqual([]))
  expect(stored()).toEqual([1, 2])
})

test('a stop writes what waits, and does not wait for ever', async () => {
  const there = setUp()
  there.post(1)
  await there.writer.stop()
  expect(there.stored()).toEqual([1])

  const away = setUp({ retryMs: 1 })
  away.state.away = true
  away.post(1)
  await away.writer.stop()
  expect(away.waiting).toHaveLength(1)
})
