import type { LegStats } from '../model/call-quality'

/** The members of the WebRTC statistics that are read here; what a browser does not count is absent. */
interface Counted {
  type: string
  kind?: string
  timestamp: number
  packetsReceived?: number
  packetsLost?: number
  packetsDiscarded?: number
  /** Seconds. */
  jitter?: number
  jitterBufferDelay?: number
  jitterBufferEmittedCount?: number
  fractionLost?: number
  roundTripTime?: number
  currentRoundTripTime?: number
  nominated?: boolean
}

const ms = (seconds = 0): number => seconds * 1000

/** What the browser has counted of its one audio leg; `undefined` before the first packet. */
export function legStats(report: RTCStatsReport): LegStats | undefined {
  const all: Counted[] = []
  report.forEach((one) => all.push(one as Counted))
  const audio = (type: string): Counted | undefined =>
    all.find((one) => one.type === type && one.kind === 'audio')
  const here = audio('inbound-rtp')
  if (!here) return undefined
  const far = audio('remote-inbound-rtp')
  const pair = all.find(({ type, nominated }) => type === 'candidate-pair' && nominated)
  return {
    at: here.timestamp,
    received: here.packetsReceived ?? 0,
    lost: here.packetsLost ?? 0,
    discarded: here.packetsDiscarded ?? 0,
    jitterMs: ms(here.jitter),
    bufferedMs: ms(here.jitterBufferDelay),
    emitted: here.jitterBufferEmittedCount ?? 0,
    roundTripMs: ms(far?.roundTripTime ?? pair?.currentRoundTripTime),
    ...(far?.fractionLost === undefined
      ? {}
      : { far: { lossPercent: 100 * far.fractionLost, jitterMs: ms(far.jitter) } }),
  }
}
