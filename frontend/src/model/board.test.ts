import {
  BOARD_TABLES,
  queueId,
  type BoardChange,
  type BoardOperator,
  type BoardSnapshot,
} from '@tsunagu/contract'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { alertsOf, changed, longestSince, queuesOf, taken, waitingOf, type Board } from './board'
import { newsOf } from './board-news'
import { operatorRow, queueRow, snapshotWith, waitingRow } from './test-board'

const change = (n: number, parts: Partial<BoardChange> = {}): BoardChange => ({
  run: 'r1',
  n,
  now: 10_000,
  set: {},
  gone: {},
  ...parts,
})

const start = taken(undefined, snapshotWith({ operators: [operatorRow('1'), operatorRow('2')] }, { n: 4 }))

test('a change sets rows, takes rows away and leaves the others the same objects', () => {
  const busy = operatorRow('2', { status: { kind: 'talking', since: 11_000 } })
  const next = changed(
    start,
    change(5, { set: { operators: [busy, operatorRow('3')] }, gone: { operators: ['1'] } }),
  )
  expect([...(next?.tables.operators.keys() ?? [])]).toEqual(['2', '3'])
  expect(next?.tables.operators.get('2')).toBe(busy)
  expect(next?.tables.waiting).toBe(start.tables.waiting)
  expect(next?.n).toBe(5)
  expect([...start.tables.operators.keys()]).toEqual(['1', '2'])
})

test.each([
  ['the next one', change(5), 'new'],
  ['one that is in it already', change(4), 'same'],
  ['an old one, late', change(1), 'same'],
  ['one after a gap', change(6), 'gap'],
  ['one of another run', change(5, { run: 'r2' }), 'gap'],
  ['an early one of another run', change(1, { run: 'r2' }), 'gap'],
] as const)('%s', (_name, one, outcome) => {
  const next = changed(start, one)
  expect(next === undefined ? 'gap' : next === start ? 'same' : 'new').toBe(outcome)
})

test('a snapshot counts, unless it is older than what is here in the same run', () => {
  expect(taken(start, snapshotWith({}, { n: 3 }))).toBe(start)
  expect(taken(start, snapshotWith({}, { n: 4 })).tables.operators.size).toBe(0)
  expect(taken(start, snapshotWith({}, { n: 0, run: 'r2' })).run).toBe('r2')
})

/** A server that sets and removes rows, and a page behind a line that loses, doubles and swaps messages. */
test('whatever the line does to the changes, after the next resync the page has the server’s tables', () => {
  const step = fc.record({
    key: fc.integer({ min: 1, max: 6 }).map(String),
    gone: fc.boolean(),
    since: fc.nat(1_000),
    fate: fc.constantFrom('arrives', 'arrives', 'arrives', 'lost', 'twice', 'late', 'restart'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let run = 1
      let n = 0
      const rows = new Map<string, BoardOperator>()
      const whole = (): BoardSnapshot =>
        snapshotWith({ operators: [...rows.values()] }, { run: `r${String(run)}`, n })
      let page: Board = taken(undefined, whole())
      const late: BoardChange[] = []
      const receive = (one: BoardChange): void => {
        page = changed(page, one) ?? taken(page, whole())
      }
      const send = (set: BoardOperator[], gone: string[]): BoardChange =>
        change((n += 1), { run: `r${String(run)}`, set: { operators: set }, gone: { operators: gone } })
      for (const { key, gone, since, fate } of steps) {
        if (fate === 'restart') [run, n] = [run + 1, 0]
        const row = operatorRow(key, { status: { kind: 'ready', since } })
        if (gone) rows.delete(key)
        else rows.set(key, row)
        const one = gone ? send([], [key]) : send([row], [])
        if (fate === 'late') late.push(one)
        if (fate === 'arrives' || fate === 'twice') receive(one)
        if (fate === 'twice') receive(one)
        if (fate !== 'late') late.splice(0).forEach(receive)
      }
      // The next change that arrives tells of any gap.
      rows.set('9', operatorRow('9'))
      receive(send([operatorRow('9')], []))
      expect(new Map(page.tables.operators)).toEqual(rows)
      expect([page.run, page.n]).toEqual([`r${String(run)}`, n])
    }),
    { seed: 20_251, numRuns: 500 },
  )
})

test('every table of the contract is taken over', () => {
  const board = taken(undefined, snapshotWith({ waiting: [waitingRow('c1')] }))
  expect(Object.keys(board.tables).sort()).toEqual([...BOARD_TABLES].sort())
  expect(board.tables.waiting.size).toBe(1)
})

const board = (snapshot: BoardSnapshot['tables'] | Partial<BoardSnapshot['tables']>) =>
  taken(undefined, snapshotWith(snapshot)).tables

test('alerts stand newest first', () => {
  const { operators } = board({
    operators: [
      operatorRow('1', { alert: { since: 1 } }),
      operatorRow('2'),
      operatorRow('3', { alert: { since: 5, acknowledgedBy: '山本 直子' } }),
    ],
  })
  expect(alertsOf(operators).map(({ key }) => key)).toEqual(['3', '1'])
})

test('the waiting stand queue by queue, as they are served; the site is no queue', () => {
  const tables = board({
    queues: [queueRow('all'), queueRow('main'), queueRow('support')],
    waiting: [
      waitingRow('a', { queueId: queueId('support'), order: 1, enteredAt: 3_000 }),
      waitingRow('b', { order: 2, enteredAt: 1_000 }),
      waitingRow('c', { order: 1, enteredAt: 2_000, priority: true }),
    ],
  })
  const { site, queues } = queuesOf(tables.queues)
  expect([site?.key, queues.map(({ key }) => key)]).toEqual(['all', ['main', 'support']])
  expect(waitingOf(tables.waiting, queues).map(({ key }) => key)).toEqual(['c', 'b', 'a'])
  expect(longestSince(tables.waiting.values())).toBe(1_000)
  expect(longestSince(tables.waiting.values(), 'support')).toBe(3_000)
  expect(longestSince([])).toBeUndefined()
})

const crossing = { key: 'main waiting', what: 'waiting', since: 5, limit: 3 } as const
const asks = (since: number, acknowledgedBy?: string) => ({
  operators: [operatorRow('1', { alert: { since, ...(acknowledgedBy && { acknowledgedBy }) } })],
})

test.each([
  { what: 'a new alert', before: {}, after: asks(5), alerts: 1, crossings: 0 },
  { what: 'one that somebody is on', before: {}, after: asks(5, '山本'), alerts: 0, crossings: 0 },
  { what: 'one known before', before: asks(5), after: asks(5), alerts: 0, crossings: 0 },
  {
    what: 'one known, that somebody is on now',
    before: asks(5),
    after: asks(5, '山本'),
    alerts: 0,
    crossings: 0,
  },
  { what: 'one set again', before: asks(5), after: asks(9), alerts: 1, crossings: 0 },
  { what: 'a limit crossed', before: {}, after: { crossings: [crossing] }, alerts: 0, crossings: 1 },
  {
    what: 'the same crossing',
    before: { crossings: [crossing] },
    after: { crossings: [crossing] },
    alerts: 0,
    crossings: 0,
  },
  {
    what: 'a first board: alerts, but no crossings',
    before: undefined,
    after: { crossings: [crossing], ...asks(5) },
    alerts: 1,
    crossings: 0,
  },
])('news: $what', ({ before, after, alerts, crossings }) => {
  const news = newsOf(before && board(before), board(after))
  expect([news.alerts.length, news.crossings.length]).toEqual([alerts, crossings])
})
