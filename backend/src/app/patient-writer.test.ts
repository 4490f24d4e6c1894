import { callId, userId } from '@tsunagu/contract'
import { expect, test, vi } from 'vitest'
import type { HistoryEntry } from '../domain/history/history-entry.js'
import { PatientWriter } from './patient-writer.js'
import type { Log } from './ports.js'

const entry = (id: number): HistoryEntry => ({
  owner: userId('6320'),
  callId: callId(`c${String(id)}`),
  kind: 'in',
  internal: false,
  number: '09011111111',
  reached: '0350600025',
  startedAt: id,
  talkMs: null,
})

/** A database that can be taken away. */
function setUp(options: { most?: number; retryMs?: number } = {}) {
  const stored: number[] = []
  const said: string[] = []
  const state = { away: false }
  const say = (_fields: object, message: string): void => void said.push(message)
  const log: Log = { debug: say, info: say, warn: say, error: say }
  const write = async (entries: HistoryEntry[]): Promise<void> => {
    await Promise.resolve()
    if (state.away) throw new Error('away')
    stored.push(...entries.map(({ startedAt }) => startedAt))
  }
  const recorder = new PatientWriter({ name: 'history', write, log, retryMs: 5, ...options })
  return { recorder, stored, said, state }
}

const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i)

test('entries are written in their order', async () => {
  const { recorder, stored } = setUp()
  for (const id of numbers(1, 500)) recorder.record(entry(id))
  await vi.waitFor(() => expect(stored).toEqual(numbers(1, 500)))
})

test('an outage loses nothing and is told once', async () => {
  const { recorder, stored, said, state } = setUp()
  state.away = true
  for (const id of numbers(1, 3)) recorder.record(entry(id))
  await new Promise((resolve) => setTimeout(resolve, 40))
  recorder.record(entry(4))
  expect(stored).toEqual([])
  state.away = false
  await vi.waitFor(() => expect(stored).toEqual([1, 2, 3, 4]))
  expect(said).toEqual(['the history waits for the database', 'the history is being written again'])
})

test('what waits has a limit, and what is dropped is told', async () => {
  const { recorder, stored, said, state } = setUp({ most: 2 })
  state.away = true
  for (const id of numbers(1, 3)) recorder.record(entry(id))
  await new Promise((resolve) => setTimeout(resolve, 10))
  state.away = false
  await vi.waitFor(() => expect(stored).toEqual([2, 3]))
  expect(said).toContain('the history lost an entry: too many wait')
})

test('a stop writes what waits', async () => {
  const { recorder, stored, state } = setUp({ retryMs: 60_000 })
  state.away = true
  recorder.record(entry(1))
  await new Promise((resolve) => setTimeout(resolve, 5))
  state.away = false
  await recorder.stop()
  expect(stored).toEqual([1])
})

test('a stop without a database ends, and says what is lost', async () => {
  const { recorder, said, state } = setUp()
  state.away = true
  recorder.record(entry(1))
  await recorder.stop()
  expect(said).toContain('the history lost entries: no database')
})
