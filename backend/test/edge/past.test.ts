import { redisOutbox } from '../../src/adapters/redis/outbox.js'
import { callId, queueId, userId, type BehindPage, type DayView, type PastBoard } from '@tsunagu/contract'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import {
  actLogSchema,
  alertHistorySchema,
  behindSchema,
  daySchema,
  pastBoardSchema,
  storySchema,
} from '../../src/adapters/http/past-schemas.js'
import type { ClosedSpan } from '../../src/domain/records/span.js'
import type { Browser } from './browser.js'
import { EdgeRig } from './edge-rig.js'

let rig: EdgeRig
let supervisor: Browser
let admin: Browser
let operator: Browser
/** Yesterday at noon in Tokyo. */
let noon: number
let date: string

const hanako = userId('6320')
const SECOND = 1_000

beforeAll(async () => {
  rig = await EdgeRig.start()
  supervisor = await rig.loggedIn('sv1')
  admin = await rig.loggedIn('admin')
  operator = await rig.loggedIn('6320')
  date = new Date(Date.now() + 9 * 3_600_000 - 86_400_000).toISOString().slice(0, 10)
  noon = Date.parse(`${date}T12:00:00+09:00`)
  await rig.records.store.append(yesterday())
})
afterAll(() => rig.stop())

/** A caller with a formula for a name waited for somebody free, rang, and talked. */
function yesterday(): ClosedSpan[] {
  const id = callId('c1')
  const visit = { n: 1, queueId: queueId('main'), enteredAt: noon }
  const about = { callId: id, visit }
  const at = (since: number, until: number) => ({
    since: noon + since * SECOND,
    until: noon + until * SECOND,
  })
  const passed = [{ why: 'wrap-up' as const, operators: [hanako] }]
  return [
    {
      key: '1',
      kind: 'call',
      what: 'in',
      callId: id,
      ...at(0, 60),
      detail: { number: '09011111111', dialled: '0350600025' },
      outcome: 'caller-hung-up',
    },
    { key: '2', kind: 'visit', ...about, ...at(0, 30), outcome: 'answered', operator: hanako },
    {
      key: '3',
      kind: 'decision',
      what: 'nobody-free',
      ...about,
      ...at(0, 0),
      detail: { decision: { idleMs: {}, passed } },
    },
    {
      key: '4',
      kind: 'offer',
      what: 'queue',
      ...about,
      operator: hanako,
      ...at(20, 30),
      outcome: 'answered',
    },
    { key: '5', kind: 'talk', ...about, operator: hanako, ...at(30, 60) },
    { key: '6', kind: 'login', operator: hanako, ...at(-600, 600), outcome: 'logged-out' },
    { key: '7', kind: 'status', what: 'wrap-up', operator: hanako, ...at(-60, 20) },
    { key: '8', kind: 'status', what: 'talking', operator: hanako, callId: id, ...at(30, 60) },
    {
      key: '9',
      kind: 'alert',
      operator: hanako,
      callId: id,
      ...at(40, 50),
      outcome: 'withdrawn',
      detail: { acknowledgedBy: '山本 直子', acknowledgedAt: noon + 45 * SECOND },
    },
    {
      key: '10',
      kind: 'act',
      what: 'acknowledge-alert',
      operator: hanako,
      callId: id,
      ...at(45, 45),
      detail: { by: 'sv1' },
    },
    {
      key: '11',
      kind: 'act',
      what: 'move-call',
      callId: id,
      ...at(10, 10),
      detail: { by: 'sv1', to: 'support' },
    },
  ]
}

const PATHS = [
  '/api/monitor/day',
  '/api/monitor/behind?figure=offered',
  '/api/monitor/behind.csv?figure=offered',
  '/api/monitor/at?time=1790000000000',
  '/api/monitor/calls/c1',
  '/api/monitor/alerts',
  '/api/monitor/acts',
]

test.each(PATHS)('%s is for supervisors and administrators', async (path) => {
  expect((await rig.browser().get(path)).status).toBe(401)
  const { status, body } = await operator.get(path)
  expect([status, body]).toMatchObject([403, { error: { code: 'forbidden' } }])
  expect((await supervisor.get(path)).status).not.toBe(403)
  expect((await admin.get(path)).status).not.toBe(403)
})

test.each([
  ['/api/monitor/day?date=2026-02-30', 'date'],
  ['/api/monitor/day?date=tomorrow', 'date'],
  ['/api/monitor/day?date=2001-01-01', 'date'],
  ['/api/monitor/day?date=2099-01-01', 'date'],
  ['/api/monitor/day?queue=nowhere', 'queue'],
  ['/api/monitor/day?operator=6320', 'operator'],
  ['/api/monitor/behind', 'figure'],
  ['/api/monitor/behind?figure=occupancy', 'figure'],
  ['/api/monitor/behind?figure=offered&from=1790000000001', 'from'],
  ['/api/monitor/behind?figure=offered&cursor=x', 'cursor'],
  ['/api/monitor/behind.csv?figure=offered&language=fr', 'language'],
  ['/api/monitor/at', 'time'],
  ['/api/monitor/at?time=1', 'time'],
  ['/api/monitor/at?time=1000000000000', 'time'],
  ['/api/monitor/at?time=4000000000000', 'time'],
  ['/api/monitor/at?time=1790000000000&time=1790000000001', 'time'],
  ['/api/monitor/alerts?date=', 'date'],
  ['/api/monitor/acts?date=1', 'date'],
])('%s is 400 and %s is named', async (path, field) => {
  const { status, body } = await supervisor.get(path)
  expect([status, body]).toMatchObject([400, { error: { code: 'bad-request', field } }])
})

describe('the day before', () => {
  const ask = async <T>(path: string, schema: z.ZodType): Promise<T> => {
    const { status, body } = await supervisor.get(path)
    expect(status).toBe(200)
    // Nothing but what the document names.
    schema.parse(body)
    return body as T
  }

  test('its figures, and those of the half hour', async () => {
    const view = await ask<DayView>(`/api/monitor/day?date=${date}`, daySchema)
    expect(view.figures).toMatchObject({
      offered: 1,
      answered: 1,
      averageSpeedOfAnswer: 30_000,
      serviceLevel: 0,
    })
    expect(view.points).toHaveLength(48)
    expect(view.points.find(({ from }) => from === noon)?.figures.offered).toBe(1)
    const other = await ask<DayView>(`/api/monitor/day?date=${date}&queue=support`, daySchema)
    expect(other.figures.offered).toBe(0)
  })

  test('the calls behind them, as a list and as a file', async () => {
    const query = `date=${date}&figure=answered&from=${String(noon)}`
    const page = await ask<BehindPage>(`/api/monitor/behind?${query}`, behindSchema)
    expect(page).toMatchObject({
      total: 1,
      rows: [{ callId: 'c1', visit: 1, waitedMs: 30_000, talkMs: 30_000, outcome: 'answered' }],
    })
    expect(await ask<BehindPage>(`/api/monitor/behind?${query}&queue=support`, behindSchema)).toEqual({
      rows: [],
      total: 0,
    })
    const { text, headers } = await supervisor.get(`/api/monitor/behind.csv?${query}&language=en`)
    expect(headers['content-type']).toBe('text/csv; charset=utf-8')
    expect(headers['content-disposition']).toContain(`calls-${date}-answered.csv`)
    expect(text.replace('\ufeff', '').split('\r\n')[1]).toBe(
      `${date} 12:00:00,09011111111,株式会社テスト,代表,佐藤 花子 (6320),answered,30,30,c1`,
    )
  })

  test('the board at a moment of the talk', async () => {
    const board = await ask<PastBoard>(`/api/monitor/at?time=${String(noon + 42 * SECOND)}`, pastBoardSchema)
    expect(board.tables.operators).toMatchObject([
      {
        key: '6320',
        name: '佐藤 花子',
        status: { kind: 'talking', since: noon + 30 * SECOND },
        call: { phase: 'talking', number: '09011111111', waitedMs: 20_000 },
        alert: { since: noon + 40 * SECOND },
        today: { answered: 1, handlingMs: 12_000 },
      },
    ])
    expect(board.tables.operators[0]?.alert, 'nobody had seen it yet').not.toHaveProperty('acknowledgedBy')
    expect([board.before, board.after]).toEqual([noon + 40 * SECOND, noon + 45 * SECOND])
    const ringing = await ask<PastBoard>(
      `/api/monitor/at?time=${String(noon + 10 * SECOND)}`,
      pastBoardSchema,
    )
    expect(ringing.tables.waiting).toMatchObject([{ key: 'c1', queueId: 'main', enteredAt: noon }])
    expect(ringing.tables.queues.find(({ key }) => key === 'main')?.staff.wrapUp).toBe(1)
  })

  test('why the call waited', async () => {
    const story = await ask<z.infer<typeof storySchema>>('/api/monitor/calls/c1', storySchema)
    expect(story.visits[0]?.parts).toMatchObject([
      { kind: 'nobody-free', doing: [{ status: 'wrap-up', ms: 20_000 }] },
      { kind: 'ringing', operator: { id: '6320', name: '佐藤 花子' }, outcome: 'answered' },
    ])
    expect(story.visits[0]?.parts[0]?.decision?.passed).toEqual([
      { why: 'wrap-up', operators: [{ id: '6320', name: '佐藤 花子' }], more: 0 },
    ])
    expect(story.steps.map(({ kind }) => kind)).toEqual(['talk', 'end'])
    expect((await supervisor.get('/api/monitor/calls/nobody')).status).toBe(404)
    expect((await supervisor.get(`/api/monitor/calls/${'x'.repeat(200)}`)).status).toBe(404)
  })

  test('its alerts and acts', async () => {
    expect(await ask(`/api/monitor/alerts?date=${date}`, alertHistorySchema)).toMatchObject({
      total: 1,
      alerts: [{ operator: { name: '佐藤 花子' }, acknowledgedBy: '山本 直子', until: noon + 50 * SECOND }],
    })
    const outbox = redisOutbox(rig.redis, rig.keys)
    const posted = yesterday().find(({ key }) => key === '10')!
    // One that was written a moment ago, and one that is on its way to the database.
    await outbox.put(posted)
    await outbox.put({ ...posted, key: '12', what: 'choose-status', detail: { by: 'sv1', to: 'lunch' } })
    const by = { id: 'sv1', name: '山本 直子' }
    const operator = { id: '6320', name: '佐藤 花子' }
    const at = noon + 45 * SECOND
    expect(await ask(`/api/monitor/acts?date=${date}`, actLogSchema)).toEqual({
      total: 3,
      acts: [
        { at, act: 'acknowledge-alert', by, operator, callId: 'c1' },
        { at, act: 'choose-status', by, operator, callId: 'c1', to: 'lunch' },
        { at: noon + 10 * SECOND, act: 'move-call', by, callId: 'c1', to: 'サポート' },
      ],
    })
  })
})
