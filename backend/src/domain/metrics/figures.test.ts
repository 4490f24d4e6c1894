import { SERVICE_LEVEL_FORMULAS, type CallId, type QueueId, type UserId } from '@tsunagu/contract'
import { describe, expect, test } from 'vitest'
import type { ClosedSpan } from '../records/span.js'
import { addToDay, lineOf, newDayBook, withGoing } from './day-book.js'
import { callsBehind, valueOf, type FigureName } from './figures.js'
import { tallyOf, type Subject } from './ledger.js'

import { DEFAULT_SETTINGS, type MetricSettings, type VisitFigure } from './terms.js'

const DAY = { from: 0, until: 86_400_000 }
const main = 'main' as QueueId
const hanako = '6320' as UserId
const taro = '6321' as UserId
let n = 0

const span = (about: Partial<ClosedSpan> & Pick<ClosedSpan, 'kind'>): ClosedSpan => ({
  key: String(n++),
  since: 0,
  until: 0,
  ...about,
})

/** A visit of one call, which waited so long. */
function visited(waitMs: number, outcome: string, at = 1_000): ClosedSpan {
  const callId = `c${String(n)}` as CallId
  const visit = { n: 1, queueId: main, enteredAt: at }
  const who = outcome === 'answered' ? { operator: hanako } : {}
  return span({ kind: 'visit', callId, visit, since: at, until: at + waitMs, outcome, ...who })
}

/** Something of the call that the visit belongs to. */
const of = ({ callId, visit }: ClosedSpan, about: Partial<ClosedSpan> & Pick<ClosedSpan, 'kind'>) =>
  span({ ...(callId ? { callId } : {}), ...(visit ? { visit } : {}), ...about })

const talk = (visit: ClosedSpan, ms: number, operator = hanako): ClosedSpan =>
  of(visit, { kind: 'talk', operator, since: visit.until, until: visit.until + ms })

const answeredAfter = (waitMs: number): ClosedSpan[] => {
  const visit = visited(waitMs, 'answered')
  return [visit, talk(visit, 60_000)]
}

const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

const bookOf = (spans: ClosedSpan[], changes: Partial<MetricSettings> = {}) => {
  const book = newDayBook(DAY, () => ({ ...DEFAULT_SETTINGS, ...changes }))
  for (const one of spans) addToDay(book, one)
  return book
}

const valueIn = (spans: ClosedSpan[], name: FigureName, changes: Partial<MetricSettings> = {}) =>
  valueOf(name, tallyOf(bookOf(spans, changes).whole, 'all'))

describe('the published check case', () => {
  const spans = [
    ...times(860, () => answeredAfter(20_000)).flat(),
    ...times(140, () => answeredAfter(20_001)).flat(),
    ...times(10, () => visited(5_000, 'abandoned')),
    ...times(10, () => visited(20_000, 'abandoned')),
    ...times(40, () => visited(20_001, 'abandoned')),
  ]

  test.each([
    ['late-abandons', 82.7],
    ['all-in-time', 83.0],
    ['answered-only', 86.0],
    ['all-abandons', 81.1],
    ['short-abandons', 82.1],
  ] as const)('%s: %f per cent', (formula, percent) => {
    const level = valueIn(spans, 'serviceLevel', { formula }) ?? 0
    expect(Math.round(level * 1_000) / 10).toBe(percent)
  })

  test('all five formulas are in the table', () => expect(SERVICE_LEVEL_FORMULAS).toHaveLength(5))

  test('the counters and rates of it', () => {
    const names: FigureName[] = ['offered', 'answered', 'abandoned', 'shortAbandoned']
    expect(names.map((name) => valueIn(spans, name))).toEqual([1_060, 1_000, 60, 10])
    expect(valueIn(spans, 'answerRate')).toBeCloseTo(1_000 / 1_060)
    expect(valueIn(spans, 'abandonRate')).toBeCloseTo(60 / 1_060)
  })

  test('short abandonments are out of the rates when the setting says so', () => {
    const without = { withoutShort: true }
    expect(valueIn(spans, 'abandonRate', without)).toBeCloseTo(50 / 1_050)
    expect(valueIn(spans, 'abandoned', without)).toBe(60)
    expect(valueIn(spans, 'serviceLevel', { ...without, formula: 'all-abandons' })).toBeCloseTo(860 / 1_050)
  })

  test('a figure and the calls behind it are the same thing', () => {
    const all = tallyOf(bookOf(spans).whole, 'all')
    const behind = callsBehind('serviceLevel', all)
    expect(behind).toHaveLength(1_040)
    expect(behind.filter(({ over }) => over === 1)).toHaveLength(860)
    expect(callsBehind('abandoned', all).map(({ callId }) => callId)).toHaveLength(60)
  })
})

test('without calls nothing is divided', () => {
  const names: FigureName[] = ['offered', 'answerRate', 'serviceLevel', 'talk', 'occupancy', 'noAnswerRate']
  expect(names.map((name) => valueIn([], name))).toEqual([0, null, null, null, null, null])
})

describe('counters', () => {
  test.each<[string, VisitFigure[]]>([
    ['answered', ['offered']],
    ['abandoned', ['offered', 'abandoned']],
    ['overflowed', ['offered', 'overflowed']],
    ['called-back', ['offered']],
    ['moved', ['offered']],
    ['cut', ['offered']],
    ['closed', ['closed']],
  ])('%s counts as %s', (outcome, counted) => {
    const spans = [visited(10_000, outcome)]
    const names: VisitFigure[] = ['offered', 'abandoned', 'overflowed', 'closed']
    expect(names.filter((name) => valueIn(spans, name) === 1)).toEqual(counted)
  })

  test('one out of hours is in the base of no rate', () => {
    const spans = [...answeredAfter(1_000), visited(0, 'closed')]
    expect(valueIn(spans, 'answerRate')).toBe(1)
  })

  test('back in line after a talk is no second call, and no abandoned one', () => {
    const [visit, spoke] = answeredAfter(1_000) as [ClosedSpan, ClosedSpan]
    const back = of(visit, {
      kind: 'visit',
      since: 90_000,
      until: 99_000,
      outcome: 'abandoned',
      detail: { again: true },
    })
    const names: VisitFigure[] = ['offered', 'answered', 'abandoned']
    expect(names.map((name) => valueIn([visit, spoke, back], name))).toEqual([1, 1, 0])
  })
})

describe('a caller who is moved to another queue', () => {
  const support = 'support' as QueueId
  /** A stay of one call, whose time goes on through all of them. */
  const stay = (n: number, queueId: QueueId, about: Pick<ClosedSpan, 'until' | 'outcome'>): ClosedSpan => {
    const visit = { n, queueId, enteredAt: 1_000 }
    return span({ kind: 'visit', callId: 'c-moved' as CallId, visit, since: 1_000, ...about })
  }
  const first = stay(1, main, { until: 11_000, outcome: 'moved' })
  const second = { ...stay(2, support, { until: 31_000, outcome: 'answered' }), operator: hanako }
  const NAMES = ['offered', 'answered', 'answerRate', 'averageSpeedOfAnswer', 'serviceLevel'] as const

  /** Records come in no order. */
  test.each([
    ['as it was', [first, second, talk(second, 60_000)]],
    ['the other way round', [talk(second, 60_000), second, first]],
  ])('is one call of the site, with his whole wait, and one of each queue (%s)', (_, spans) => {
    const { whole, halfHours } = bookOf(spans)
    const values = (subject: Subject, ledger = whole) =>
      NAMES.map((name) => valueOf(name, tallyOf(ledger, subject)))
    for (const ledger of [whole, halfHours[0]]) expect(values('all', ledger)).toEqual([1, 1, 1, 30_000, 0])
    expect(values({ queue: main })).toEqual([1, 0, 0, null, null])
    expect(values({ queue: support })).toEqual([1, 1, 1, 30_000, 0])
    expect(values({ operator: hanako })).toEqual([1, 1, 1, 30_000, 0])
    const behind = (subject: Subject) => callsBehind('offered', tallyOf(whole, subject))
    expect(behind('all')).toMatchObject([{ callId: 'c-moved', visit: { n: 2, queueId: support } }])
    expect(behind({ queue: main })).toMatchObject([{ callId: 'c-moved', visit: { n: 1 } }])
  })

  test('gives up in the second: one abandoned call', () => {
    const spans = [first, stay(2, support, { until: 21_000, outcome: 'abandoned' })]
    const names: FigureName[] = ['offered', 'abandoned', 'averageTimeToAbandon']
    expect(names.map((name) => valueIn(spans, name))).toEqual([1, 1, 20_000])
  })

  test('waits in the second now: one call, of which nothing is known yet', () => {
    const { until: _until, outcome: _outcome, ...waits } = stay(2, support, { until: 0, outcome: '' })
    const now = withGoing(bookOf([first]).whole, { open: [waits], now: 20_000 })
    expect(valueOf('offered', tallyOf(now, 'all'))).toBe(1)
    expect(callsBehind('offered', tallyOf(now, 'all'))).toMatchObject([{ visit: { n: 2 } }])
  })

  test('and back again is one call of the first queue, too', () => {
    const spans = [
      first,
      stay(2, support, { until: 21_000, outcome: 'moved' }),
      stay(3, main, { until: 41_000, outcome: 'abandoned' }),
    ]
    const { whole } = bookOf(spans)
    const offered = (subject: Subject) => valueOf('offered', tallyOf(whole, subject))
    expect([offered('all'), offered({ queue: main }), offered({ queue: support })]).toEqual([1, 1, 1])
    expect(valueOf('averageTimeToAbandon', tallyOf(whole, { queue: main }))).toBe(40_000)
  })

  test('after an operator was lost: answered is what he was', () => {
    const answered = { ...stay(1, main, { until: 11_000, outcome: 'answered' }), operator: hanako }
    const again = { ...first, key: 'again', since: 71_000, until: 80_000, detail: { again: true as const } }
    const spans = [
      stay(2, support, { until: 99_000, outcome: 'abandoned' }),
      answered,
      talk(answered, 60_000),
      again,
    ]
    const names: FigureName[] = ['offered', 'answered', 'abandoned', 'averageSpeedOfAnswer']
    for (const order of [spans, [...spans].reverse()])
      expect(names.map((name) => valueIn(order, name))).toEqual([1, 1, 0, 10_000])
  })
})

describe('averages', () => {
  const one = visited(10_000, 'answered')
  const two = visited(30_000, 'answered')
  const spans = [
    one,
    talk(one, 60_000),
    of(one, { kind: 'hold', operator: hanako, since: 71_000, until: 81_000 }),
    of(one, { kind: 'hold', operator: hanako, since: 90_000, until: 95_000 }),
    talk(one, 20_000),
    of(one, { kind: 'status', what: 'wrap-up', operator: hanako, since: 100_000, until: 130_000 }),
    two,
    talk(two, 40_000),
    visited(7_000, 'abandoned'),
    visited(9_000, 'abandoned'),
  ]
  test.each<[FigureName, number]>([
    ['averageSpeedOfAnswer', 20_000],
    ['averageTimeToAbandon', 8_000],
    ['talk', 60_000],
    ['hold', 15_000],
    ['wrapUp', 15_000],
    ['handlingTime', (80_000 + 15_000 + 30_000 + 40_000) / 2],
  ])('%s: %d ms', (name, ms) => expect(valueIn(spans, name)).toBe(ms))
})

test('a call that was transferred is of both operators, each with his share', () => {
  const visit = visited(10_000, 'answered')
  const { whole } = bookOf([visit, talk(visit, 60_000), talk(visit, 20_000, taro)])
  const value = (name: FigureName, operator: UserId) => valueOf(name, tallyOf(whole, { operator }))
  expect([value('answered', hanako), value('talk', hanako)]).toEqual([1, 60_000])
  expect([value('answered', taro), value('talk', taro)]).toEqual([1, 20_000])
  expect([value('averageSpeedOfAnswer', hanako), value('averageSpeedOfAnswer', taro)]).toEqual([10_000, null])
  expect(valueOf('answered', tallyOf(whole, 'all'))).toBe(1)
  expect(valueOf('talk', tallyOf(whole, { queue: main }))).toBe(80_000)
})

test('offers: only what nobody took in the ring time is a 不応答, and only what rings is an offer', () => {
  const rings = (what: string, outcome: string) =>
    span({ kind: 'offer', what, outcome, operator: hanako, callId: 'c1' as CallId })
  const spans = [
    rings('queue', 'no-answer'),
    rings('queue', 'answered'),
    rings('ring-back', 'rejected'),
    rings('transfer', 'withdrawn'),
    rings('taken', 'answered'),
    rings('consult', 'no-answer'),
    rings('internal', 'no-answer'),
  ]
  expect(valueIn(spans, 'noAnswerRate')).toBe(1 / 4)
})

describe('time in the statuses', () => {
  const was = (what: string, minutes: number, work?: string) =>
    span({
      kind: 'status',
      what,
      operator: hanako,
      until: minutes * 60_000,
      ...(work === undefined ? {} : { detail: { work } }),
    })
  const spans = [
    was('talking', 30),
    was('held', 5),
    was('wrap-up', 10),
    was('ready', 15),
    was('lunch', 60),
    was('other-work', 20, '見積もり対応'),
    was('other-work', 10, '研修'),
  ]

  test('occupancy: busy, of busy and 受付可', () => expect(valueIn(spans, 'occupancy')).toBe(45 / 60))

  test('utilisation: busy and productive, of logged in', () => {
    expect(valueIn(spans, 'utilisation')).toBe(75 / 150)
    expect(valueIn(spans, 'utilisation', { productiveWorks: ['見積もり対応'] })).toBe(65 / 150)
  })
})

test('what goes on counts up to now, and joins what is over', () => {
  const visit = visited(10_000, 'answered')
  const { whole } = bookOf([visit, talk(visit, 60_000)])
  const {
    outcome: _outcome,
    until: _until,
    ...held
  } = of(visit, { kind: 'hold', operator: hanako, since: 71_000 })
  const { until: _end, ...waits } = span({
    kind: 'visit',
    callId: 'c-now' as CallId,
    visit: { n: 1, queueId: main, enteredAt: 80_000 },
    since: 80_000,
  })
  const going = { open: [held, waits], now: 100_000 }
  const value = (name: FigureName) => valueOf(name, tallyOf(withGoing(whole, going), 'all'))
  expect([value('offered'), value('answered'), value('hold'), value('talk')]).toEqual([2, 1, 29_000, 60_000])
  expect(lineOf(going.open, { queue: main }, going.now)).toEqual({
    waiting: [{ callId: 'c-now', enteredAt: 80_000 }],
    longestWaitMs: 20_000,
  })
  expect(lineOf(going.open, { queue: 'support' as QueueId }, going.now).longestWaitMs).toBe(0)
})

test('a half hour has the visits that began in it, and the time that passed in it', () => {
  const late = visited(10_000, 'answered', 1_795_000)
  const ready = span({ kind: 'status', what: 'ready', operator: hanako, since: 900_000, until: 4_500_000 })
  const { halfHours } = bookOf([late, talk(late, 60_000), ready])
  const values = (name: FigureName) =>
    halfHours.slice(0, 3).map((ledger) => valueOf(name, tallyOf(ledger, 'all')))
  expect(values('answered')).toEqual([1, 0, 0])
  expect(values('talk')).toEqual([60_000, null, null])
  expect(halfHours.slice(0, 4).map(({ total }) => total.statusMs.get('ready'))).toEqual([
    900_000,
    1_800_000,
    900_000,
    undefined,
  ])
})

test('of yesterday’s visits nothing is in today’s book', () => {
  const visit = visited(10_000, 'answered', -5_000)
  const { whole } = bookOf([visit, talk(visit, 60_000)])
  expect(whole.total.visits.size).toBe(0)
})

test('for whom it is asked, what goes on counts the same as for everybody', () => {
  const visit = visited(5_000, 'answered')
  const book = bookOf([visit, talk(visit, 60_000)])
  const open = [hanako, taro].map((operator) => ({
    ...span({ kind: 'status', what: 'ready', operator }),
    since: 0,
  }))
  const going = { open: open.map(({ until: _, ...one }) => one), now: 90_000 }
  const everybody = withGoing(book.whole, going)
  const her = withGoing(book.whole, going, [{ operator: hanako }, 'all'])
  for (const subject of [{ operator: hanako }, { queue: main }, 'all'] as const) {
    expect(tallyOf(her, subject)?.statusMs).toEqual(tallyOf(everybody, subject)?.statusMs)
    expect(tallyOf(her, subject)?.sums).toEqual(tallyOf(everybody, subject)?.sums)
  }
  expect(tallyOf(her, { operator: hanako })?.statusMs.get('ready')).toBe(90_000)
  expect(tallyOf(her, 'all')?.statusMs.get('ready')).toBe(180_000)
  expect(her.operators.size, 'nobody else is counted').toBe(1)
})
