import { describe, expect, test } from 'vitest'
import {
  gradeOf,
  mosOfRating,
  NOTHING_MEASURED,
  scoreBetween,
  scoreLine,
  shownQuality,
  summaryOf,
  withScore,
  type LegStats,
  type Measured,
  type Score,
} from './call-quality'

// ITU-T G.107, table B.1.
test.each([
  [-5, 1],
  [0, 1],
  [50, 2.58],
  [60, 3.1],
  [70, 3.6],
  [80, 4.02],
  [90, 4.34],
  [93.2, 4.41],
  [100, 4.5],
])('a rating of %d is a score of %d', (rating, mos) => {
  expect(mosOfRating(rating)).toBeCloseTo(mos, 1)
})

test('a rating never scores below 1', () => {
  for (let rating = -10; rating <= 110; rating += 0.5) expect(mosOfRating(rating)).toBeGreaterThanOrEqual(1)
})

test.each([
  // loss %, network ms, buffer ms, score, grade, cause
  [0, 0, 20, 4.4, 'good', 'none'],
  [0.5, 10, 40, 4.34, 'good', 'none'],
  [1, 10, 40, 4.29, 'good', 'none'],
  [3, 10, 40, 4.05, 'good', 'none'],
  [5, 10, 40, 3.83, 'fair', 'loss'],
  [10, 10, 40, 3.29, 'bad', 'loss'],
  [20, 10, 40, 2.55, 'bad', 'loss'],
  [100, 10, 40, 1.1, 'bad', 'loss'],
  [0, 150, 20, 4.27, 'good', 'none'],
  [0, 250, 20, 3.74, 'fair', 'delay'],
  [0, 400, 20, 2.77, 'bad', 'delay'],
  [0, 20, 250, 3.74, 'fair', 'jitter'],
  [0, 20, 400, 2.77, 'bad', 'jitter'],
  [2, 20, 400, 2.38, 'bad', 'jitter'],
  [0, 2_000, 20, 1, 'bad', 'delay'],
] as const)('loss of %s percent, network %s ms, buffer %s ms: %s, %s, %s', (...row) => {
  const [lossPercent, networkMs, bufferMs, mos, grade, cause] = row
  const score = scoreLine({ lossPercent, networkMs, bufferMs })
  expect(Math.abs(score.mos - mos)).toBeLessThan(0.06)
  expect([gradeOf(score.mos), score.cause]).toEqual([grade, cause])
})

const start: LegStats = {
  at: 1_000,
  received: 100,
  lost: 5,
  discarded: 1,
  jitterMs: 4,
  bufferedMs: 40_000,
  emitted: 1_000,
  roundTripMs: 20,
}
/** Three seconds on. */
const later = (changes: Partial<LegStats> = {}): LegStats => ({
  ...start,
  at: 4_000,
  received: 250,
  bufferedMs: 80_000,
  emitted: 2_000,
  ...changes,
})

describe('between two looks', () => {
  test('only what happened in between counts', () => {
    expect(scoreBetween(start, later())).toEqual(scoreLine({ lossPercent: 0, networkMs: 10, bufferMs: 40 }))
  })

  test('packets that came too late are as good as lost', () => {
    const score = scoreBetween(start, later({ received: 240, lost: 15, discarded: 6 }))
    expect(score).toEqual(scoreLine({ lossPercent: 10, networkMs: 10, bufferMs: 40 }))
  })

  test('packets that were given up and came after all are no gain', () => {
    expect(scoreBetween(start, later({ lost: 2 }))?.cause).toBe('none')
  })

  test('without word of the buffer it is taken from the jitter', () => {
    const score = scoreBetween(start, later({ emitted: 1_000, jitterMs: 200 }))
    expect(score).toEqual(scoreLine({ lossPercent: 0, networkMs: 10, bufferMs: 400 }))
  })

  test('the worse direction counts', () => {
    const far = { lossPercent: 8, jitterMs: 5 }
    expect(scoreBetween(start, later({ far }))?.cause).toBe('loss')
    expect(scoreBetween(start, later({ far: { lossPercent: 0, jitterMs: 1 }, lost: 55 }))?.cause).toBe('loss')
  })

  test('when nothing came there is no score', () => {
    expect(scoreBetween(start, later({ received: 100 }))).toBeUndefined()
  })
})

const good: Score = { mos: 4.4, cause: 'none' }
const lossy: Score = { mos: 2, cause: 'loss' }
const slow: Score = { mos: 3.5, cause: 'delay' }
const measure = (...scores: Score[]): Measured =>
  scores.reduce((measured, score) => withScore(measured, score, 3_000), NOTHING_MEASURED)

test('nothing is shown before something was measured', () => {
  expect(shownQuality(NOTHING_MEASURED)).toBeUndefined()
})

test('what is shown follows the last three looks, with the cause of the worst', () => {
  expect(shownQuality(measure(good))).toEqual({ grade: 'good', cause: 'none' })
  expect(shownQuality(measure(good, good, lossy))).toEqual({ grade: 'fair', cause: 'loss' })
  expect(shownQuality(measure(good, slow, lossy))).toEqual({ grade: 'bad', cause: 'loss' })
  expect(shownQuality(measure(lossy, good, good, good))).toEqual({ grade: 'good', cause: 'none' })
})

test('what is kept: average, minimum, the most frequent trouble, and how much was measured', () => {
  expect(summaryOf('c1:leg:1', measure(good, slow, slow, lossy, good))).toEqual({
    leg: 'c1:leg:1',
    average: 3.56,
    minimum: 2,
    cause: 'delay',
    measuredMs: 15_000,
  })
  expect(summaryOf('c1:leg:1', measure(good, good)).cause).toBe('none')
})
