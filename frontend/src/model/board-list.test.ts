import { queueId, userId, type BoardCrossing, type BoardOperator } from '@tsunagu/contract'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { arrange, crossingsBy, heldBack, listed, SHOW_ALL, windowOf, type BoardFilter } from './board-list'
import { operatorRow } from './test-board'

const crossing = (id: string): BoardCrossing => ({
  key: `${id} held`,
  what: 'held',
  operator: { id: userId(id), name: id },
  since: 1,
  limit: 60_000,
})

const rowsOf = (...rows: BoardOperator[]) => new Map<string, BoardOperator>(rows.map((row) => [row.key, row]))
const keys = (rows: readonly { key: string }[]): string => rows.map(({ key }) => key).join(' ')

const staff = rowsOf(
  operatorRow('1', { status: { kind: 'ready', since: 500 } }),
  operatorRow('2', { status: { kind: 'ready', since: 100 } }),
  operatorRow('3', { status: { kind: 'held', since: 900 } }),
  operatorRow('4', { phone: 'lost', status: { kind: 'preparing', since: 950 } }),
  operatorRow('5', { alert: { since: 1, acknowledgedBy: '山本' }, status: { kind: 'talking', since: 10 } }),
  operatorRow('6', { alert: { since: 9 }, status: { kind: 'talking', since: 990 } }),
  operatorRow('7', { status: { kind: 'ready', since: 100 }, phone: 'blinking' }),
)

test('the gravest first: alert, one that somebody is on, crossing, lost phone, then the longest in his status', () => {
  expect(keys(listed(staff, SHOW_ALL, crossingsBy([crossing('3')])))).toBe('6 5 3 4 2 7 1')
  expect(keys(listed(staff, { ...SHOW_ALL, order: 'extension' }, new Map()))).toBe('1 2 3 4 5 6 7')
})

test.each<[Partial<BoardFilter>, string]>([
  [{ queue: 'support' }, '6321'],
  [{ status: 'lunch' }, '6320'],
  [{ words: 'はなこ' }, ''],
  [{ words: '６３２１' }, '6321'],
  [{ words: '佐藤花子' }, '6320'],
  [{ words: 'ﾊﾅ' }, '6322'],
  [{ words: '佐藤', status: 'ready' }, ''],
  [{ words: '  ' }, '6320 6321 6322'],
])('filter %j', (filter, expected) => {
  const rows = rowsOf(
    operatorRow('6320', { name: '佐藤 花子', status: { kind: 'lunch', since: 1 } }),
    operatorRow('6321', { name: '鈴木 太郎', queues: [queueId('main'), queueId('support')] }),
    operatorRow('6322', { name: 'ハナ' }),
  )
  expect(keys(listed(rows, { ...SHOW_ALL, order: 'extension', ...filter }, new Map()))).toBe(expected)
})

const sortedOf = (rows: ReadonlyMap<string, BoardOperator>) => listed(rows, SHOW_ALL, new Map())

test('while it is held nothing moves: who left leaves a gap, who is new comes last; then it falls into order', () => {
  const before = arrange([], sortedOf(staff), { held: false, all: staff })
  const later = new Map(staff)
  later.delete('5')
  later.set('1', operatorRow('1', { alert: { since: 20 } }))
  later.set('0', operatorRow('0'))
  const held = arrange(before, sortedOf(later), { held: true, all: later })
  expect(keys(held)).toBe(`${keys(before)} 0`)
  expect(held.find(({ key }) => key === '5')?.row).toBeUndefined()
  expect(held.find(({ key }) => key === '1')?.row).toBe(later.get('1'))
  expect(heldBack(held, sortedOf(later))).toBe(true)
  const released = arrange(held, sortedOf(later), { held: false, all: later })
  expect(keys(released)).toBe(keys(sortedOf(later)))
  expect(heldBack(released, sortedOf(later))).toBe(false)
})

test('however the floor changes, a held row keeps its place, and a released list is the sorted one', () => {
  const event = fc.record({
    key: fc.integer({ min: 1, max: 12 }).map(String),
    gone: fc.boolean(),
    since: fc.nat(99),
    held: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      const all = new Map<string, BoardOperator>()
      let placed = arrange([], [], { held: false, all })
      for (const { key, gone, since, held } of events) {
        if (gone) all.delete(key)
        else all.set(key, operatorRow(key, { status: { kind: 'ready', since } }))
        const next = arrange(placed, sortedOf(all), { held, all })
        if (held)
          expect(next.slice(0, placed.length).map((one) => one.key)).toEqual(placed.map((one) => one.key))
        else expect(keys(next)).toBe(keys(sortedOf(all)))
        const shown = next.flatMap(({ row }) => row?.key ?? [])
        expect(new Set(shown).size).toBe(shown.length)
        expect([...shown].sort()).toEqual([...all.keys()].sort())
        placed = next
      }
    }),
    { seed: 7_301, numRuns: 300 },
  )
})

test('a short list is rendered whole, of a long one what can be seen and a little more', () => {
  expect(windowOf(150, 44, { top: 0, height: 500 })).toEqual({ from: 0, to: 150, before: 0, after: 0 })
  for (const top of [0, 100, 5_000, 43_000, 90_000]) {
    const { from, to, before, after } = windowOf(1_000, 44, { top, height: 600 })
    expect(before + (to - from) * 44 + after).toBe(44_000)
    if (top < 43_000) {
      expect(before).toBeLessThanOrEqual(top)
      expect(to * 44).toBeGreaterThanOrEqual(Math.min(top + 600, 44_000))
    }
    expect(to - from).toBeLessThan(60)
  }
})
