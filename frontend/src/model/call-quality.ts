import type { QualityBody, QualityCause } from '@tsunagu/contract'

/** What the browser has counted of a leg since it began; times in ms. */
export interface LegStats {
  at: number
  received: number
  lost: number
  /** Came too late to be played. */
  discarded: number
  jitterMs: number
  /** The sum of the times that sound waited in the jitter buffer, and of how many samples. */
  bufferedMs: number
  emitted: number
  roundTripMs: number
  /** The other direction as Asterisk reports it, percent and ms; absent until its first report. */
  far?: { lossPercent: number; jitterMs: number }
}

/** One direction of the line over a few seconds. */
export interface Line {
  lossPercent: number
  /** The way from mouth to ear that the network makes, one direction. */
  networkMs: number
  /** What the jitter buffer adds to it. */
  bufferMs: number
}

export interface Score {
  /** Mean opinion score, 1 (bad) to 4.5. */
  mos: number
  /** What takes most away, 'none' where it is not worth a word. */
  cause: QualityCause
}

export type Grade = 'good' | 'fair' | 'bad'

/** R with every parameter of G.107 at its default (ITU-T G.107, table 2). */
const R_BEST = 93.2
/** G.711 with concealment of losses (ITU-T G.113, appendix I): robustness against random loss; its Ie is 0. */
const LOSS_ROBUSTNESS = 25.1
/** Packing and playing a packet of 20 ms. */
const PACKET_MS = 20
/** Up to 160 ms hardly anybody notices; from 177 ms on talk suffers. */
const NOTICED_DELAY_MS = 177.3
/** A jitter buffer that says nothing of itself holds about this many times the jitter. */
const BUFFER_OF_JITTER = 2
/** Borders of ITU-T G.109: R 80, satisfied; R 70, some dissatisfied. */
const GOOD_MOS = 4.03
const FAIR_MOS = 3.6

/** Id of G.107 in the approximation of Cole and Rosenbluth (2001), for a line without echo. */
function delayImpairment(ms: number): number {
  return 0.024 * ms + Math.max(0, 0.11 * (ms - NOTICED_DELAY_MS))
}

/** Ie,eff of G.107 (7-29) for random loss and a codec without impairment of its own. */
const lossImpairment = (percent: number): number => (95 * percent) / (percent + LOSS_ROBUSTNESS)

/** The opinion score of a rating R (ITU-T G.107, annex B). */
export function mosOfRating(r: number): number {
  if (r <= 0) return 1
  if (r >= 100) return 4.5
  return Math.max(1, 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r))
}

/** The simplified E-model: R = 93.2 − Id − Ie,eff. */
export function scoreLine({ lossPercent, networkMs, bufferMs }: Line): Score {
  const loss = lossImpairment(lossPercent)
  const delay = delayImpairment(networkMs + bufferMs + PACKET_MS)
  const mos = mosOfRating(R_BEST - delay - loss)
  if (gradeOf(mos) === 'good') return { mos, cause: 'none' }
  if (loss >= delay) return { mos, cause: 'loss' }
  return { mos, cause: bufferMs > networkMs ? 'jitter' : 'delay' }
}

export function gradeOf(mos: number): Grade {
  if (mos >= GOOD_MOS) return 'good'
  return mos >= FAIR_MOS ? 'fair' : 'bad'
}

/** How it sounded between two looks, in the worse of the two directions; `undefined` when nothing came. */
export function scoreBetween(before: LegStats, after: LegStats): Score | undefined {
  const received = after.received - before.received
  // Packets that were counted as lost and came after all make it go down.
  const lost = Math.max(0, after.lost - before.lost)
  if (received <= 0) return undefined
  const discarded = Math.max(0, after.discarded - before.discarded)
  const networkMs = after.roundTripMs / 2
  const here = scoreLine({
    lossPercent: (100 * (lost + discarded)) / (received + lost),
    networkMs,
    bufferMs: bufferBetween(before, after),
  })
  const { far } = after
  if (!far) return here
  const bufferMs = BUFFER_OF_JITTER * far.jitterMs
  const there = scoreLine({ lossPercent: far.lossPercent, networkMs, bufferMs })
  return there.mos < here.mos ? there : here
}

function bufferBetween(before: LegStats, after: LegStats): number {
  const emitted = after.emitted - before.emitted
  if (emitted <= 0) return BUFFER_OF_JITTER * after.jitterMs
  return (after.bufferedMs - before.bufferedMs) / emitted
}

/** All that was measured of a leg so far. */
export interface Measured {
  samples: number
  sum: number
  minimum: number
  measuredMs: number
  /** How often each cause took most away. */
  causes: Partial<Record<QualityCause, number>>
  /** The last few scores, for what is shown. */
  latest: Score[]
}

export const NOTHING_MEASURED: Measured = {
  samples: 0,
  sum: 0,
  minimum: 4.5,
  measuredMs: 0,
  causes: {},
  latest: [],
}

/** What is shown follows the last three looks, so that one lost packet does not make the word jump. */
const SHOWN_SAMPLES = 3

export function withScore(measured: Measured, score: Score, lastedMs: number): Measured {
  const { samples, sum, minimum, measuredMs, causes, latest } = measured
  return {
    samples: samples + 1,
    sum: sum + score.mos,
    minimum: Math.min(minimum, score.mos),
    measuredMs: measuredMs + lastedMs,
    causes: { ...causes, [score.cause]: (causes[score.cause] ?? 0) + 1 },
    latest: [...latest, score].slice(-SHOWN_SAMPLES),
  }
}

/** What is shown now. */
export function shownQuality({ latest }: Measured): { grade: Grade; cause: QualityCause } | undefined {
  if (latest.length === 0) return undefined
  const grade = gradeOf(latest.reduce((sum, { mos }) => sum + mos, 0) / latest.length)
  if (grade === 'good') return { grade, cause: 'none' }
  const worst = latest.reduce((one, other) => (other.mos < one.mos ? other : one))
  return { grade, cause: worst.cause }
}

/** What is kept with the call. The cause is the most frequent one; a leg that was always good has none. */
export function summaryOf(leg: string, { samples, sum, minimum, measuredMs, causes }: Measured): QualityBody {
  const round = (mos: number): number => Math.round(mos * 100) / 100
  const troubles = (Object.entries(causes) as [QualityCause, number][]).filter(([cause]) => cause !== 'none')
  const [cause] = troubles.sort(([, one], [, other]) => other - one)[0] ?? ['none' as const]
  return {
    leg,
    average: round(sum / samples),
    minimum: round(minimum),
    cause,
    measuredMs: Math.round(measuredMs),
  }
}
