import { legId, type QualityBody } from '@tsunagu/contract'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Link } from '../adapters/socket'
import type { LegStats } from '../model/call-quality'
import { callWith, viewWith } from '../model/test-view'
import { useCallQualityStore } from '../stores/call-quality'
import { useDeskStore } from '../stores/desk'
import { useOperatorStore } from '../stores/operator'
import { watchCallQuality } from './call-quality'

let seq: number
let sent: QualityBody[]
let lossPercent: number
let stats: LegStats
let stop: () => void
let leave: () => void

const PER_SECOND = 50

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  vi.stubGlobal('addEventListener', (_name: string, then: () => void) => (leave = then))
  vi.stubGlobal('removeEventListener', () => undefined)
  seq = 1
  sent = []
  lossPercent = 0
  stats = {
    ...{ at: Date.now(), received: 0, lost: 0, discarded: 0 },
    ...{ jitterMs: 1, bufferedMs: 0, emitted: 0, roundTripMs: 10 },
  }
  const link = {
    ask: (_event: string, body: QualityBody) => {
      sent.push(body)
      return Promise.resolve({ ok: true })
    },
  } as unknown as Link
  useDeskStore().tab = 'owner'
  stop = watchCallQuality(link, () => Promise.resolve(countedSince()))
})
afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** The line goes on counting between two looks. */
function countedSince(): LegStats {
  const seconds = (Date.now() - stats.at) / 1_000
  const packets = seconds * PER_SECOND
  const lost = (packets * lossPercent) / 100
  stats = {
    ...stats,
    at: Date.now(),
    received: stats.received + packets - lost,
    lost: stats.lost + lost,
    bufferedMs: stats.bufferedMs + seconds * 48_000 * 40,
    emitted: stats.emitted + seconds * 48_000,
  }
  return stats
}

async function see(phase: 'ringing' | 'talking' | 'held' | undefined, leg = 'c1:leg:1'): Promise<void> {
  const call = phase && { call: callWith({ phase }), leg: legId(leg) }
  useOperatorStore().take(viewWith({ seq: (seq += 1), ...call }), 0)
  await vi.advanceTimersByTimeAsync(0)
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

test('is reported soon, now and then, and at the end', async () => {
  await see('talking')
  await pass(6_000)
  expect(sent.map(({ measuredMs }) => measuredMs)).toEqual([3_000])
  await pass(30_000)
  expect(sent.map(({ measuredMs }) => measuredMs)).toEqual([3_000, 18_000, 33_000])
  await pass(3_000)
  await see(undefined)
  expect(sent.map(({ measuredMs }) => measuredMs)).toEqual([3_000, 18_000, 33_000, 36_000])
  expect(new Set(sent.map(({ leg }) => leg))).toEqual(new Set(['c1:leg:1']))
  expect(useCallQualityStore().shown).toBeUndefined()
})

test('neither ringing nor hold is measured, and the gap of a hold is no sample', async () => {
  await see('ringing')
  await pass(9_000)
  expect([sent, useCallQualityStore().shown]).toEqual([[], undefined])
  await see('talking')
  await pass(6_000)
  await see('held')
  lossPercent = 50
  await pass(9_000)
  expect(useCallQualityStore().shown).toBeUndefined()
  await see('talking')
  await pass(3_000)
  lossPercent = 0
  await pass(3_000)
  await see(undefined)
  expect(sent.at(-1)).toMatchObject({ cause: 'none', measuredMs: 6_000 })
})

test('what is lost is shown with its cause and kept', async () => {
  await see('talking')
  await pass(6_000)
  expect(useCallQualityStore().shown).toEqual({ grade: 'good', cause: 'none' })
  lossPercent = 20
  await pass(9_000)
  expect(useCallQualityStore().shown).toEqual({ grade: 'bad', cause: 'loss' })
  await see(undefined)
  expect(sent.at(-1)?.cause).toBe('loss')
  expect(sent.at(-1)?.minimum).toBeLessThan(3)
})

test('a leg that is made again is measured by itself', async () => {
  await see('talking')
  await pass(6_000)
  await see('talking', 'c1:leg:2')
  await pass(6_000)
  expect(sent.map(({ leg, measuredMs }) => [leg, measuredMs])).toEqual([
    ['c1:leg:1', 3_000],
    ['c1:leg:2', 3_000],
  ])
})

test('a page that is left sends what it has, and a tab without the phone nothing', async () => {
  await see('talking')
  await pass(9_000)
  leave()
  expect(sent.map(({ measuredMs }) => measuredMs)).toEqual([3_000, 6_000])
  useDeskStore().tab = 'other'
  await pass(60_000)
  expect(sent).toHaveLength(2)
})
