import { callId, type BoardOperator, type CallView, type UserId } from '@tsunagu/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Sql } from '../../src/adapters/sql/database.js'
import { sqlPastStore } from '../../src/adapters/sql/past.js'
import { redisOutbox } from '../../src/adapters/redis/outbox.js'
import { callView } from '../../src/app/operators/call-view.js'
import type { Past } from '../../src/app/past/past.js'
import { boardFigures } from '../../src/domain/metrics/board-figures.js'
import { lookBack } from '../../src/compose-past.js'
import { DEFAULT_SETTINGS } from '../../src/domain/metrics/terms.js'
import { DATABASES } from '../support/databases.js'
import { dayOnDatabase, type DayOnDatabase } from '../support/day-on-database.js'
import { type Day, TIME_ZONE } from '../support/day.js'
import { testDirectory } from '../support/directory.js'

/**
 * The time machine against what was: a random day is lived, and what was true at many moments of it is kept apart; then each of
 * them is rebuilt from the records. `DAY_SEED` and `DAY_STEPS` ask for another one, or for a longer one.
 */
/** Days on which everything happens that can happen to a phone. */
const FULL = [2, 6]
const SEEDS = process.env['DAY_SEED'] ? [Number(process.env['DAY_SEED'])] : FULL
const STEPS = Number(process.env['DAY_STEPS'] ?? 600)

/** What is compared of an operator and of the whole board. */
interface Was {
  time: number
  operators: Record<string, object>
  waiting: string[]
  parked: string[]
  figures: object
  answered: (number | null)[]
}

const DAYS = DATABASES.flatMap(([name, make]) => SEEDS.map((seed) => [name, seed, make] as const))

describe.each(DAYS)('%s, day %i', (_, seed, make) => {
  let day: Day
  let db: Sql
  let close: DayOnDatabase['close']

  beforeEach(async () => {
    ;({ day, db, close } = await dayOnDatabase(make, seed))
  })
  afterEach(() => close())

  function past() {
    return lookBack({
      past: sqlPastStore(db),
      outbox: redisOutbox(day.stage.redis, day.stage.keys),
      figures: day.figures,
      directory: testDirectory(20_000),
      clock: { now: () => day.stage.now },
      timeZone: TIME_ZONE,
      rules: () => DEFAULT_SETTINGS,
      crossings: () => [],
    }).past
  }

  /** As the use cases have it at this moment. */
  async function now(): Promise<Was> {
    const { live } = day.stage
    const calls = await live.calls.list()
    const operators = await live.operators.list()
    const names = new Map(operators.map(({ id, name }) => [id as string, name]))
    const queues = await testDirectory(0).queues()
    const seen = operators.map(({ id, status, alert, callId: mine }) => {
      const { kind, since, work } = status
      const call = calls.find((one) => one.id === mine)
      const queue = queues.find((one) => call && call.status !== 'internal' && one.id === call.queueId)
      const view = call && callView(call, id, { queue, names, extensions: new Map() })
      return [id, comparable({ kind, since, work }, view, alert)] as const
    })
    const line = calls.filter(({ status }) => status === 'waiting').map(({ id }) => id)
    const slots = calls.flatMap((call) =>
      call.status === 'parked' ? `${String(call.slot)} ${call.id} ${call.parkedBy}` : [],
    )
    return {
      time: day.stage.now,
      operators: Object.fromEntries(seen),
      waiting: line.sort(),
      parked: slots.map((slot) => slot.split(' ')[0]!).sort(),
      figures: boardFigures(day.figures.values('all')[0]!),
      answered: operators.map(({ id }) => day.figures.values({ operator: id })[0]!.answered),
    }
  }

  async function rebuilt(machine: Past, time: number): Promise<Was> {
    const board = await machine.at(time)
    if (!board) throw new Error('out of reach')
    const { operators, waiting, parked, queues } = board.tables
    const ofOperators = operators.map(
      ({ key, status: { kind, since, work }, call, alert }) =>
        [key, comparable({ kind, since, work }, call, alert)] as const,
    )
    const byId = (a: BoardOperator, b: BoardOperator): number => (a.key < b.key ? -1 : 1)
    return {
      time,
      operators: Object.fromEntries(ofOperators),
      waiting: waiting
        .filter(({ ringsAt }) => !ringsAt)
        .map(({ key }) => key as string)
        .sort(),
      parked: parked.map(({ key }) => key).sort(),
      figures: queues[0]!.today,
      answered: [...operators].sort(byId).map(({ today }) => today.answered),
    }
  }

  test('what the time machine shows of any moment is what was then', async () => {
    const kept: Was[] = []
    for (let i = 0; i < STEPS; i++) {
      await day.run(1)
      kept.push(await now())
      // Whatever comes next, comes after what was seen.
      await day.stage.until(day.stage.now + 1)
    }
    const phases = new Set<string>()
    const live = await now()
    expect(sorted(await rebuilt(past(), live.time)), 'this very moment').toEqual(sorted(live))
    await day.end()
    // One for all of them: it reads each part of the day once.
    const machine = past()
    for (const was of kept) {
      for (const { phase } of Object.values(was.operators) as { phase?: string }[])
        if (phase) phases.add(phase)
      expect(sorted(await rebuilt(machine, was.time))).toEqual(sorted(was))
    }
    if (!FULL.includes(seed)) return
    expect([...phases].sort()).toEqual(
      expect.arrayContaining(['consulting', 'dialling', 'held', 'ringing', 'talking']),
    )
    expect(kept.some(({ waiting }) => waiting.length > 0)).toBe(true)
    expect(kept.some(({ parked }) => parked.length > 0)).toBe(true)
  }, 240_000)

  test('every wait of the day is told without a gap, and says who was passed over', async () => {
    await day.run(STEPS / 2)
    await day.end()
    const calls = await db
      .selectFrom('records')
      .select('call_id')
      .where('kind', '=', 'visit')
      .distinct()
      .execute()
    let decided = 0
    for (const { call_id } of calls) {
      const story = (await past().story(callId(call_id!)))!
      for (const { enteredAt, until, parts } of story.visits) {
        expect(parts.reduce((ms, part) => ms + part.until - part.since, 0)).toBe(until - enteredAt)
        parts.slice(1).forEach((part, i) => expect(part.since).toBe(parts[i]!.until))
        for (const part of parts) {
          if (part.kind !== 'ringing') continue
          expect(part.decision?.chosen?.id).toBe(part.operator?.id)
          decided++
        }
      }
    }
    expect(decided).toBeGreaterThan(20)
    expect(await past().story(callId('nobody'))).toBeUndefined()
  }, 120_000)
})

function comparable(
  status: object,
  call: CallView | undefined,
  alert: { since: number } | undefined,
): object {
  const { phase, internal, number, direction, since, waitedMs, heldByOther, queue, target } = call ?? {}
  const about = {
    call: call?.id as string | undefined,
    phase,
    internal,
    number,
    direction,
    callSince: since,
    waitedMs,
    heldByOther,
  }
  const whom = target && {
    kind: target.kind,
    phase: target.phase,
    number: target.number,
    since: target.since,
  }
  return { ...status, ...about, queue: queue?.id, target: whom, alert: alert?.since }
}

const sorted = ({ operators, ...was }: Was): object => ({
  ...was,
  operators: Object.entries(operators).sort(([a], [b]) => (a < b ? -1 : 1)) as [UserId, object][],
})
