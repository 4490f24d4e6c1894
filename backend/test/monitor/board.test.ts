import {
  callId,
  pageId,
  userId,
  type BoardChange,
  type BoardSnapshot,
  type BoardTable,
  type BoardTables,
  type UserId,
} from '@tsunagu/contract'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { LiveFigures } from '../../src/app/metrics/live-figures.js'
import { Board, type BoardDeps } from '../../src/app/monitor/board.js'
import { Floor } from '../../src/app/monitor/floor.js'
import type { Records } from '../../src/app/records/ports.js'
import { DEFAULT_SETTINGS } from '../../src/domain/metrics/terms.js'
import { MAIN, SUPPORT, testDirectory } from '../support/directory.js'
import { testLog } from '../support/rig.js'
import { Stage, userOf } from '../support/stage.js'

let stage: Stage
let board: Board
let changes: BoardChange[]
let seen: BoardSnapshot
let parts: Omit<BoardDeps, 'floor' | 'run'>

const PAGE = pageId('page-of-the-test')
let now = (): number => 1_000_000
const clock = { now: () => now() }

/** His leg comes up and he presses 「通話」. */
async function answer(operator: UserId, channel: string): Promise<void> {
  stage.core.engine.accept({ type: 'leg-up', at: stage.now, leg: `${channel}:leg:1` })
  await stage.quiet()
  expect(await stage.core.desk.answer(operator, PAGE)).toEqual({ ok: true })
  await stage.quiet()
}

/** Puts the changes that were sent on top of what a monitor has. */
function watch(): void {
  for (const { n, set, gone } of changes.splice(0)) {
    expect(n, 'no number is missing').toBe(seen.n + 1)
    const tables = Object.fromEntries(
      Object.entries(seen.tables).map(([name, rows]) => {
        const byKey = new Map<string, unknown>(rows.map((row) => [row.key, row]))
        for (const row of set[name as BoardTable] ?? []) byKey.set(row.key, row)
        for (const key of gone[name as BoardTable] ?? []) byKey.delete(key)
        return [name, [...byKey.values()]]
      }),
    )
    seen = { ...seen, n, tables: tables as BoardSnapshot['tables'] }
  }
}

async function table<T extends BoardTable>(name: T): Promise<BoardTables[T][]> {
  await stage.quiet()
  await board.beat()
  watch()
  return seen.tables[name]
}

beforeEach(() => {
  changes = []
  const settings = () => DEFAULT_SETTINGS
  const figures = new LiveFigures({ clock, timeZone: 'Asia/Tokyo', settings })
  const records: Records = {
    noted: (subject, over, open) => figures.noted(subject, over, open),
    act: () => Promise.resolve(),
  }
  stage = new Stage({ records })
  now = () => stage.now
  parts = {
    figures,
    directory: testDirectory(20_000),
    listeners: { of: () => [] },
    limits: { rows: () => [] },
    publisher: { boardChange: (change) => void changes.push(change) },
    clock,
    log: testLog,
  }
  board = new Board({ ...parts, floor: stage.floor, run: 'one' })
  seen = board.snapshot()
})

afterEach(async () => {
  await board.idle()
  await stage.close()
})

test('what could not be put together comes with the next beat', async () => {
  const told = vi.spyOn(testLog, 'error').mockImplementationOnce(() => undefined)
  const { of } = parts.listeners
  parts.listeners.of = () => {
    parts.listeners.of = of
    throw new Error('not now')
  }
  await stage.operator('6320')
  await stage.caller('c1')
  await board.beat()
  expect(told).toHaveBeenCalledOnce()
  told.mockRestore()
  expect(await table('operators')).toMatchObject([{ key: '6320', status: { kind: 'ringing' } }])
  expect(await table('waiting')).toMatchObject([{ key: 'c1', ringsAt: { id: '6320' } }])
})

test('operators, the line and the queues, as they change', async () => {
  const hanako = await stage.operator('6320')
  expect(await table('operators')).toMatchObject([
    { key: '6320', status: { kind: 'ready' }, phone: 'there', listeners: [], today: { answered: 0 } },
  ])
  await stage.caller('c1')
  await stage.caller('c2')
  expect(await table('operators')).toMatchObject([
    { key: '6320', status: { kind: 'ringing' }, call: { id: 'c1', phase: 'ringing', number: '09011111111' } },
  ])
  expect(await table('waiting')).toMatchObject([
    { key: 'c1', queueId: MAIN, ringsAt: { id: '6320' }, enteredAt: 1_000_000 },
    { key: 'c2', queueId: MAIN },
  ])
  await stage.acts.front({ id: userId('6301'), name: '山本 直子' }, callId('c2'))
  expect(await table('waiting')).toMatchObject([{ priority: false }, { key: 'c2', priority: true }])
  expect((await table('queues')).find(({ key }) => key === MAIN)).toMatchObject({
    staff: { ready: 0, inCall: 1, wrapUp: 0, away: 0 },
    today: { offered: 2, answered: 0, serviceLevel: null },
    serviceLevel: { formula: 'late-abandons', withinMs: 20_000, target: 0.8 },
  })
  stage.now += 5_000
  await answer(hanako, 'c1')
  expect((await table('waiting')).map(({ key }) => key)).toEqual(['c2'])
  expect(await table('operators')).toMatchObject([{ call: { phase: 'talking' }, today: { answered: 1 } }])
  expect((await table('queues'))[0]).toMatchObject({ key: 'all', today: { answered: 1, serviceLevel: 1 } })
})

test('a parked call, an alert, a lost phone; and whoever logs out is no row any more', async () => {
  const hanako = await stage.operator('6320')
  await stage.caller('c1')
  await answer(hanako, 'c1')
  await stage.core.desk.setAlert(hanako, true)
  expect(await table('operators')).toMatchObject([{ alert: { since: stage.now } }])
  await stage.core.desk.park(hanako, PAGE, 3)
  expect(await table('parked')).toMatchObject([{ key: '3', slot: 3, by: { id: '6320' } }])
  await stage.core.desk.pageGone(hanako, PAGE)
  expect(await table('operators')).toMatchObject([{ phone: 'blinking' }])
  await stage.core.operators.apply(hanako, { type: 'registered', at: stage.now, registered: false })
  expect(await table('operators')).toMatchObject([{ phone: 'lost' }])
  await stage.core.desk.dropOut(hanako, 'forced')
  expect(await table('operators')).toEqual([])
})

test('supervisors have a phone and no row', async () => {
  const user = { ...userOf('6301', []), role: 'supervisor' as const }
  await stage.core.desk.logIn(user, { tokenHash: 't', userId: user.id, createdAt: 0, phoneSecret: 's' })
  expect(await table('operators')).toEqual([])
  expect((await table('queues'))[0]).toMatchObject({ staff: { ready: 0, inCall: 0, wrapUp: 0, away: 0 } })
})

test('after a restart the board is as it was, under other numbers', async () => {
  await stage.operator('6320', [MAIN, SUPPORT])
  await stage.caller('c1')
  const before = [await table('operators'), await table('waiting')]
  const floor = new Floor()
  const again = new Board({ ...parts, floor, run: 'two' })
  await floor.load({ operators: stage.live.operators, calls: stage.live.calls })
  await again.beat()
  const { run, tables } = again.snapshot()
  expect(run).toBe('two')
  expect([tables.operators, tables.waiting]).toEqual(before)
  expect(tables.operators[0]?.call?.id).toBe(callId('c1'))
  expect(tables.operators[0]?.key).toBe(userId('6320'))
})

describe('read anew after Redis was away', () => {
  const read = (floor: Floor) => floor.load({ operators: stage.live.operators, calls: stage.live.calls })

  test('what it does not know any more is no row any more', async () => {
    const hanako = await stage.operator('6320')
    await stage.caller('c1')
    await stage.caller('c2')
    await answer(hanako, 'c2')
    await table('waiting')
    await stage.live.calls.remove(callId('c1'))
    await stage.live.calls.remove(callId('c2'))
    expect((await read(stage.floor)).sort()).toEqual(['c1', 'c2'])
    expect(await table('waiting')).toEqual([])
    expect((await table('operators'))[0]).not.toHaveProperty('call')
    await stage.live.operators.remove(hanako)
    expect(await read(stage.floor)).toEqual([hanako])
    expect(await table('operators')).toEqual([])
  })

  test('what is saved while it is read is newer than what was read', async () => {
    const hanako = await stage.operator('6320')
    const { operators, calls } = stage.live
    const late = {
      ...calls,
      list: async () => {
        await stage.core.desk.choose(hanako, { kind: 'lunch' })
        await stage.operator('6321')
        return calls.list()
      },
    }
    expect(await stage.floor.load({ operators, calls: late })).toEqual([])
    expect(stage.floor.operatorWith(hanako)?.status.kind).toBe('lunch')
    expect(stage.floor.operatorWith(userId('6321'))).toBeDefined()
  })
})
