import { queueId, type FigureSettings, type SettingView, type Thresholds } from '@tsunagu/contract'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEFAULT_FIGURES } from '../../src/domain/metrics/settings.js'
import { DEFAULT_THRESHOLDS } from '../../src/domain/thresholds/crossings.js'
import type { Browser } from './browser.js'
import { EdgeRig } from './edge-rig.js'

const LIMITS = '/api/monitor/thresholds'
const FIGURES = '/api/monitor/figures'

let rig: EdgeRig
let supervisor: Browser
let admin: Browser

beforeAll(async () => {
  rig = await EdgeRig.start()
  supervisor = await rig.loggedIn('sv1')
  admin = await rig.loggedIn('admin')
})
afterAll(() => rig.stop())

const read = async (browser: Browser): Promise<SettingView<Thresholds>> =>
  (await browser.get(LIMITS)).body as SettingView<Thresholds>

test('before anybody has set them, the defaults hold, with the queues there are', async () => {
  expect(await read(supervisor)).toEqual({
    version: 0,
    value: DEFAULT_THRESHOLDS,
    queues: [
      { id: 'main', name: '代表' },
      { id: 'support', name: 'サポート' },
    ],
    works: expect.arrayContaining(['研修']) as string[],
  })
  expect((await supervisor.get(FIGURES)).body).toMatchObject({ version: 0, value: DEFAULT_FIGURES })
})

test('operators neither read nor write them, nor does who is not logged in', async () => {
  const operator = await rig.loggedIn('6320')
  const body = { version: 0, value: DEFAULT_THRESHOLDS }
  expect((await operator.get(LIMITS)).status).toBe(403)
  expect((await operator.put(LIMITS, body)).status).toBe(403)
  expect((await operator.put(FIGURES, { version: 0, value: DEFAULT_FIGURES })).status).toBe(403)
  expect((await rig.browser().get(LIMITS)).status).toBe(401)
  expect((await read(supervisor)).version).toBe(0)
})

test('what is saved holds at once, over a restart, with its author, and is an act', async () => {
  const { version, value } = await read(supervisor)
  const waiting: Thresholds = { ...value, all: { ...value.all, waiting: 1 } }
  const saved = await supervisor.put(LIMITS, { version, value: waiting })
  expect(saved).toMatchObject({ status: 200, body: { version: 1, value: waiting, savedBy: '山本 直子' } })
  expect(rig.changed).toEqual(['thresholds'])
  expect(rig.acts).toEqual(['sv1 set-thresholds'])
  await rig.restart()
  expect(await read(admin)).toMatchObject({ version: 1, value: waiting, savedBy: '山本 直子' })
})

test('who changes what is no longer there is refused, and nothing of it is kept', async () => {
  const { version, value } = await read(admin)
  const lunch: Thresholds = { ...value, statuses: { ...value.statuses, lunch: null } }
  expect((await admin.put(LIMITS, { version, value: lunch })).status).toBe(200)
  const late = await supervisor.put(LIMITS, { version, value })
  expect(late).toMatchObject({ status: 409, body: { error: { code: 'stale' } } })
  expect((await read(admin)).value).toEqual(lunch)
  const both = await Promise.all([1, 2].map(() => admin.put(LIMITS, { version: version + 1, value })))
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

test.each<[string, string, (value: Thresholds) => unknown]>([
  ['value.all.waiting', 'no caller is no limit', (v) => ({ ...v, all: { ...v.all, waiting: 0 } })],
  ['value.all.service-level', 'percent', (v) => ({ ...v, all: { ...v.all, 'service-level': 80 } })],
  ['value.statuses.lunch', 'a text', (v) => ({ ...v, statuses: { ...v.statuses, lunch: '60' } })],
  ['value.statuses.ready', 'no such limit', (v) => ({ ...v, statuses: { ...v.statuses, ready: 1_000 } })],
  [
    'value.queues',
    'twice',
    (v) => ({ ...v, queues: ['main', 'main'].map((queueId) => ({ queueId, limits: v.all })) }),
  ],
  ['value.queues.0.queueId', 'no such queue', (v) => ({ ...v, queues: [{ queueId: 'x', limits: v.all }] })],
])('400 names %s (%s)', async (field, _, wrong) => {
  const { version, value } = await read(supervisor)
  const { status, body } = await supervisor.put(LIMITS, { version, value: wrong(value) })
  expect([status, body]).toMatchObject([400, { error: { code: 'bad-request', field } }])
})

test('the rules of the figures, likewise', async () => {
  const { all } = DEFAULT_FIGURES
  const value: FigureSettings = {
    all: { ...all, formula: 'answered-only', target: 0.9 },
    queues: [{ queueId: queueId('main'), rules: { ...all, withinMs: 10_000 } }],
    productiveWorks: ['研修'],
  }
  expect((await admin.put(FIGURES, { version: 0, value })).status).toBe(200)
  expect(rig.changed.at(-1)).toBe('figures')
  expect((await supervisor.get(FIGURES)).body).toMatchObject({ version: 1, value, savedBy: '管理者' })
  const wrong = { ...value, all: { ...all, formula: 'mine' } }
  const refused = await admin.put(FIGURES, { version: 1, value: wrong })
  expect(refused).toMatchObject({ status: 400, body: { error: { field: 'value.all.formula' } } })
})
