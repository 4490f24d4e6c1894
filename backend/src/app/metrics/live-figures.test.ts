import { callId, queueId, userId } from '@tsunagu/contract'
import { expect, test } from 'vitest'
import { DEFAULT_SETTINGS } from '../../domain/metrics/terms.js'
import type { ClosedSpan, Span } from '../../domain/records/span.js'
import { LiveFigures, type Sources } from './live-figures.js'

const main = queueId('main')
const hanako = userId('6320')
/** Noon in Tokyo. */
const NOON = Date.parse('2026-11-22T03:00:00Z')
const HOUR = 3_600_000

function setUp(now = NOON) {
  const clock = { time: now }
  const figures = new LiveFigures({
    clock: { now: () => clock.time },
    timeZone: 'Asia/Tokyo',
    settings: () => DEFAULT_SETTINGS,
  })
  return { clock, figures }
}

const visitAt = (at: number, id = 'c1'): Span => ({
  key: `${id} visit`,
  kind: 'visit',
  callId: callId(id),
  since: at,
  visit: { n: 1, queueId: main, enteredAt: at },
})
const ended = (span: Span, until: number, outcome: string): ClosedSpan => ({ ...span, until, outcome })
const ready = (since: number): Span => ({
  key: 'ready',
  kind: 'status',
  what: 'ready',
  operator: hanako,
  since,
})

test('a caller is in the line from his entry to his end', () => {
  const { clock, figures } = setUp()
  const visit = visitAt(NOON)
  figures.noted('c1', [], [visit])
  clock.time = NOON + 7_000
  expect(figures.line({ queue: main })).toMatchObject({ longestWaitMs: 7_000, waiting: [{ callId: 'c1' }] })
  expect(figures.values('all')[0]).toMatchObject({ offered: 1, abandoned: 0 })
  figures.noted('c1', [ended(visit, clock.time, 'abandoned')], [])
  expect(figures.line('all').waiting).toEqual([])
  expect(figures.values({ queue: main })[0]).toMatchObject({
    offered: 1,
    abandoned: 1,
    averageTimeToAbandon: 7_000,
  })
  expect(figures.calls('abandoned', 'all')).toEqual([{ callId: 'c1', visit: visit.visit, over: 1, under: 0 }])
})

test('what is told twice is over once', () => {
  const { figures } = setUp()
  const offer: Span = { ...visitAt(NOON), kind: 'offer', what: 'queue', operator: hanako }
  figures.noted('c1', [], [offer])
  for (let i = 0; i < 2; i++) figures.noted('c1', [ended(offer, NOON + 1, 'no-answer')], [])
  expect(figures.calls('noAnswerRate', 'all')).toHaveLength(1)
})

test('a new day begins at midnight of the site, with what goes on', () => {
  const { clock, figures } = setUp()
  figures.noted('c1', [], [visitAt(NOON)])
  figures.noted('6320', [], [ready(NOON)])
  clock.time = NOON + 12 * HOUR
  expect(figures.values('all')[0]).toMatchObject({ offered: 0 })
  expect(figures.line('all').waiting, 'he waits all the same').toHaveLength(1)
  clock.time += HOUR
  expect(figures.values({ operator: hanako })[0]?.occupancy).toBe(0)
  const hours = figures.day({ operator: hanako }).filter(({ values }) => values.occupancy !== null)
  expect(hours.map(({ interval }) => interval.from)).toEqual([NOON + 12 * HOUR, NOON + 12.5 * HOUR])
})

test('a start takes up what was written, what was on its way, and what goes on; each once', async () => {
  const { figures } = setUp()
  const one = ended(visitAt(NOON - 9_000, 'c1'), NOON - 1_000, 'abandoned')
  const two = ended(visitAt(NOON - 8_000, 'c2'), NOON - 1_000, 'abandoned')
  const sources = {
    store: { between: () => Promise.resolve([one]) },
    outbox: { first: () => Promise.resolve([one, two].map((span) => ({ id: span.key, span }))) },
    calls: { list: () => Promise.resolve([{ id: 'c3', notes: { open: [visitAt(NOON, 'c3')] } }]) },
    operators: { list: () => Promise.resolve([]) },
  } as unknown as Sources
  await figures.load(sources)
  expect(figures.values('all')[0]).toMatchObject({ offered: 3, abandoned: 2 })
})

test('a change of the rules changes the figures of today at once, as if they had always been so', () => {
  const rules = { now: DEFAULT_SETTINGS }
  const clock = { now: () => NOON + HOUR }
  const make = () => new LiveFigures({ clock, timeZone: 'Asia/Tokyo', settings: () => rules.now })
  const play = (figures: LiveFigures): void => {
    const ends: [number, string][] = [
      [5_000, 'answered'],
      [30_000, 'answered'],
      [3_000, 'abandoned'],
      [40_000, 'abandoned'],
    ]
    for (const [wait, outcome] of ends) {
      const visit = visitAt(NOON, `c${String(wait)}`)
      figures.noted(visit.key, [], [visit])
      figures.noted(visit.key, [ended(visit, NOON + wait, outcome)], [])
    }
  }
  const figures = make()
  play(figures)
  const subjects = ['all', { queue: main }] as const
  const before = figures.values(...subjects)
  rules.now = { ...DEFAULT_SETTINGS, formula: 'short-abandons', withinMs: 10_000, withoutShort: true }
  expect(figures.values(...subjects)).toEqual(before)
  figures.settingsChanged()
  const fresh = make()
  play(fresh)
  expect(figures.values(...subjects)).not.toEqual(before)
  expect(figures.values(...subjects)).toEqual(fresh.values(...subjects))
  expect(figures.day({ queue: main })).toEqual(fresh.day({ queue: main }))
})
