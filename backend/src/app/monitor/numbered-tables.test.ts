import { BOARD_TABLES, type BoardChange, type BoardCrossing, type BoardSnapshot } from '@tsunagu/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NumberedTables } from './numbered-tables.js'

const row = (key: string, limit: number): BoardCrossing => ({ key, what: 'waiting', since: 0, limit })

test('only what differs comes out, numbered', () => {
  const tables = new NumberedTables('run')
  expect(tables.put({ crossings: { set: [row('a', 1), row('b', 1)] } }, 10)).toEqual({
    run: 'run',
    n: 1,
    now: 10,
    set: { crossings: [row('a', 1), row('b', 1)] },
    gone: {},
  })
  expect(tables.put({ crossings: { set: [row('a', 1)], gone: ['c'] } }, 11)).toBeUndefined()
  expect(tables.put({ crossings: { set: [row('a', 2)], gone: ['b'] } }, 12)).toMatchObject({
    n: 2,
    set: { crossings: [row('a', 2)] },
    gone: { crossings: ['b'] },
  })
  expect(tables.snapshot(13)).toMatchObject({
    run: 'run',
    n: 2,
    now: 13,
    tables: { crossings: [row('a', 2)] },
  })
})

/** What a monitor makes of it: the rule of the contract, written down once more. */
function apply(board: BoardSnapshot, change: BoardChange): BoardSnapshot {
  const crossings = new Map(board.tables.crossings.map((one) => [one.key, one]))
  for (const one of change.set.crossings ?? []) crossings.set(one.key, one)
  for (const key of change.gone.crossings ?? []) crossings.delete(key)
  return { ...board, n: change.n, tables: { ...board.tables, crossings: [...crossings.values()] } }
}

test('a snapshot and the changes after it are the board, wherever one begins', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd')
  const update = fc.record({
    set: fc.array(fc.tuple(key, fc.integer({ min: 0, max: 2 })), { maxLength: 3 }),
    gone: fc.array(key, { maxLength: 2 }),
  })
  fc.assert(
    fc.property(fc.array(update, { maxLength: 20 }), fc.nat(20), (updates, joins) => {
      const tables = new NumberedTables('run')
      let seen: BoardSnapshot | undefined
      updates.forEach(({ set, gone }, i) => {
        if (i === joins) seen = tables.snapshot(0)
        const rows = set.map(([name, limit]) => row(name, limit))
        const change = tables.put({ crossings: { set: rows, gone } }, 0)
        if (!seen || !change) return
        expect(change.n).toBe(seen.n + 1)
        seen = apply(seen, change)
      })
      const sorted = ({ tables: { crossings } }: BoardSnapshot) =>
        crossings.sort((a, b) => a.key.localeCompare(b.key))
      if (seen) expect(sorted(seen)).toEqual(sorted(tables.snapshot(0)))
    }),
  )
  expect(BOARD_TABLES).toContain('crossings')
})
