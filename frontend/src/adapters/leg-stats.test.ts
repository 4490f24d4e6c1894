import { expect, test } from 'vitest'
import { legStats } from './leg-stats'

const reportOf = (...stats: { type: string }[]): RTCStatsReport =>
  new Map(stats.map((one, i) => [String(i), one])) as unknown as RTCStatsReport

const inbound = {
  type: 'inbound-rtp',
  kind: 'audio',
  timestamp: 5_000,
  packetsReceived: 250,
  packetsLost: 2,
  packetsDiscarded: 1,
  jitter: 0.004,
  jitterBufferDelay: 40,
  jitterBufferEmittedCount: 1_000,
}

test('seconds and fractions become milliseconds and percent', () => {
  const far = {
    type: 'remote-inbound-rtp',
    kind: 'audio',
    fractionLost: 0.05,
    jitter: 0.01,
    roundTripTime: 0.08,
  }
  expect(legStats(reportOf({ type: 'codec' }, far, inbound))).toEqual({
    at: 5_000,
    received: 250,
    lost: 2,
    discarded: 1,
    jitterMs: 4,
    bufferedMs: 40_000,
    emitted: 1_000,
    roundTripMs: 80,
    far: { lossPercent: 5, jitterMs: 10 },
  })
})

test('before Asterisk’s first report the way’s own round trip counts, and nothing is said of the other direction', () => {
  const pairs = [
    { type: 'candidate-pair', currentRoundTripTime: 9 },
    { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.02 },
  ]
  const stats = legStats(reportOf(...pairs, inbound))
  expect(stats?.roundTripMs).toBe(20)
  expect(stats).not.toHaveProperty('far')
})

test('without a packet there is nothing to tell', () => {
  expect(legStats(reportOf({ type: 'codec' }))).toBeUndefined()
})
