import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { redisOutbox } from '../../src/adapters/redis/outbox.js'
import { LiveFigures, reportOf } from '../../src/app/metrics/live-figures.js'
import { allValues, type Values } from '../../src/domain/metrics/figures.js'
import { tallyOf } from '../../src/domain/metrics/ledger.js'
import { DEFAULT_SETTINGS } from '../../src/domain/metrics/terms.js'
import { localDay } from '../../src/domain/metrics/local-day.js'
import type { ClosedSpan } from '../../src/domain/records/span.js'
import { DATABASES } from '../support/databases.js'
import { dayOnDatabase, type DayOnDatabase } from '../support/day-on-database.js'
import { checkWhole, type Day, MORNING, SUBJECTS, TIME_ZONE } from '../support/day.js'

/**
 * A random day of simulated calls through the real use cases, the real outbox and a real database. `DAY_SEED` asks for
 * another one, `DAY_STEPS` for a longer one.
 */
const SEED = Number(process.env['DAY_SEED'] ?? 20_261_122)
const STEPS = Number(process.env['DAY_STEPS'] ?? 1_500)

describe.each(DATABASES)('%s', (_, make) => {
  let day: Day
  let close: DayOnDatabase['close']

  beforeEach(async () => {
    ;({ day, close } = await dayOnDatabase(make, SEED))
  })
  afterEach(() => close())

  const liveNow = (): Values[] => day.figures.values(...SUBJECTS)

  /** As whoever draws up a report: from what stands in the database, and nothing else. */
  async function reported(): Promise<Values[]> {
    const { whole } = await reportOf(day.store, localDay(MORNING, TIME_ZONE), () => DEFAULT_SETTINGS)
    return SUBJECTS.map((subject) => allValues(tallyOf(whole, subject)))
  }

  test('after a random day the live figures are those of a report, and of a recount by hand', async () => {
    await day.run(STEPS)
    await day.end()
    const live = liveNow()
    expect(await reported()).toEqual(live)
    const { from, until } = localDay(MORNING, TIME_ZONE)
    const spans = await day.store.between(from, until)
    checkWhole(spans)
    const kinds = new Set(spans.map(({ kind }) => kind))
    const all = [
      'call',
      'visit',
      'offer',
      'leg',
      'talk',
      'hold',
      'park',
      'consult',
      'login',
      'status',
      'alert',
      'act',
    ]
    expect(all.filter((kind) => !kinds.has(kind as ClosedSpan['kind']))).toEqual([])
    expect(recount(spans)).toEqual({
      offered: live[0]?.offered,
      answered: live[0]?.answered,
      abandoned: live[0]?.abandoned,
      averageSpeedOfAnswer: live[0]?.averageSpeedOfAnswer,
      handlingTime: live[0]?.handlingTime,
    })
    // What the observer saw: every entry is a visit, and who was spoken to is not among the abandoned.
    const visits = entriesOf(spans)
    expect(new Set(visits.map(({ callId }) => callId)).size).toBeGreaterThanOrEqual(day.seen.entered)
    const talked = new Set<string>(
      spans.flatMap(({ kind, callId }) => (kind === 'talk' && callId ? [callId] : [])),
    )
    expect([...day.seen.spoken].filter((id) => !talked.has(id))).toEqual([])
    expect(live[0]).toMatchObject({ offered: visits.length })
    const moved = spans.flatMap(({ outcome, callId }) => (outcome === 'moved' ? [callId] : []))
    const goneOn = visits.filter(({ callId }) => moved.includes(callId)).map(({ outcome }) => outcome)
    expect(goneOn, 'callers are moved, and then answered or not').toEqual(
      expect.arrayContaining(['answered', 'abandoned']),
    )
    for (const name of [
      'answered',
      'abandoned',
      'talk',
      'hold',
      'wrapUp',
      'occupancy',
      'noAnswerRate',
    ] as const) {
      expect(live[0]?.[name], `the day has ${name}`).toBeGreaterThan(0)
    }
  }, 120_000)

  test('in the middle of a day, one that starts anew shows the same as the one that died', async () => {
    await day.run(STEPS / 5)
    const { live } = day.stage
    const clock = { now: () => day.stage.now }
    const heir = new LiveFigures({ clock, timeZone: TIME_ZONE, settings: () => DEFAULT_SETTINGS })
    const outbox = redisOutbox(day.stage.redis, day.stage.keys)
    await heir.load({ store: day.store, outbox, calls: live.calls, operators: live.operators })
    expect(heir.values(...SUBJECTS)).toEqual(liveNow())
    expect(heir.line('all')).toEqual(day.figures.line('all'))
    expect(heir.day('all')).toEqual(day.figures.day('all'))
  }, 60_000)
})

/** What became of each caller: of the visits of one who was moved the first that did not end so. */
function entriesOf(spans: ClosedSpan[]): ClosedSpan[] {
  const visits = spans.filter(({ kind, detail }) => kind === 'visit' && !detail?.again)
  const inOrder = visits.sort((a, b) => a.visit!.n - b.visit!.n)
  const calls = new Map<string, ClosedSpan[]>()
  for (const one of inOrder) {
    const entry = `${one.callId!} ${String(one.visit!.enteredAt)}`
    calls.set(entry, [...(calls.get(entry) ?? []), one])
  }
  return [...calls.values()].map((all) => all.find(({ outcome }) => outcome !== 'moved') ?? all.at(-1)!)
}

/** The formulas of metrics.md once more, written down as naively as can be. */
function recount(spans: ClosedSpan[]): Partial<Values> {
  const visits = entriesOf(spans)
  const answered = visits.filter(({ outcome }) => outcome === 'answered')
  const wait = (span: ClosedSpan): number => span.until - span.visit!.enteredAt
  const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0)
  const busy = spans.filter(
    ({ kind, what, visit }) =>
      visit && (kind === 'talk' || kind === 'hold' || (kind === 'status' && what === 'wrap-up')),
  )
  return {
    offered: visits.length,
    answered: answered.length,
    abandoned: visits.filter(({ outcome }) => outcome === 'abandoned').length,
    averageSpeedOfAnswer: sum(answered.map(wait)) / answered.length,
    handlingTime: sum(busy.map(({ since, until }) => until - since)) / answered.length,
  }
}
