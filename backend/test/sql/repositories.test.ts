import { callId, legId, queueId, userId, type HistorySort } from '@tsunagu/contract'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/adapters/sql/database.js'
import { openDirectory, type SqlDirectory } from '../../src/adapters/sql/directory.js'
import { openRecords, type SqlRecords } from '../../src/adapters/sql/records.js'
import { scryptPasswords } from '../../src/adapters/system/passwords.js'
import { StartError } from '../../src/start-error.js'
import type { HistorySelection } from '../../src/app/ports.js'
import type { HistoryEntry } from '../../src/domain/history/history-entry.js'
import type { ClosedSpan } from '../../src/domain/records/span.js'
import { DATABASES, type TestDatabase } from '../support/databases.js'

const passwords = scryptPasswords({ log2N: 4, r: 8, p: 1 })
const hanako = userId('6320')
const taro = userId('6321')

/** One suite for all repositories, on each database that the product runs on. */
describe.each(DATABASES)('%s', (_, make) => {
  let database: TestDatabase
  let directory: SqlDirectory
  let records: SqlRecords

  beforeEach(async () => {
    database = await make()
    directory = await openDirectory({ database: database.url, ringMs: 20_000, demo: true }, passwords)
    records = await openRecords(database.url)
  })
  afterEach(async () => {
    await records.close()
    await directory.close()
    await database.drop()
  })

  describe('the directory', () => {
    test('has the demo data, and passwords that work', async () => {
      const user = await directory.user(hanako)
      expect(user).toMatchObject({ name: '佐藤 花子', queues: ['main', 'support'], disabled: false })
      expect(await passwords.verify('demo-6320', user?.passwordHash)).toBe(true)
      expect((await directory.queues()).map(({ name, numbers, ringMs }) => [name, numbers, ringMs])).toEqual([
        ['代表', ['0350600025'], 20_000],
        ['サポート', ['0350600026'], 20_000],
      ])
      expect(await directory.nameOf('+81 90-1111-1111')).toBe('株式会社テスト')
      expect(await directory.reachable()).toBe(true)
    })

    test('sees after a reload what changed', async () => {
      const db = await openDatabase(database.url)
      await db.updateTable('queues').set({ ring_ms: 7_000 }).where('id', '=', 'main').execute()
      await db.insertInto('settings').values({ key: 'works', value: '["朝礼"]' }).execute()
      await db.deleteFrom('users').where('id', '=', '6325').execute()
      await directory.reload()
      expect((await directory.queues())[0]).toMatchObject({ ringMs: 7_000 })
      expect(await directory.works()).toEqual(['朝礼'])
      const members = await db.selectFrom('user_queues').selectAll().where('user_id', '=', '6325').execute()
      expect(members, 'memberships go with their user').toEqual([])
      await db.destroy()
    })

    test('without an administrator the start is refused, or ADMIN_USER makes one', async () => {
      const db = await openDatabase(database.url)
      await db.deleteFrom('users').where('role', '=', 'administrator').execute()
      await db.destroy()
      const config = { database: database.url, ringMs: 1, demo: false }
      await expect(openDirectory(config, passwords)).rejects.toThrow(StartError)
      const firstAdmin = { userId: 'root', password: 'long enough' }
      const again = await openDirectory({ ...config, firstAdmin }, passwords)
      expect(await again.user(userId('root'))).toMatchObject({ role: 'administrator' })
      await again.close()
    })
  })

  describe('the settings of the monitor', () => {
    test('are kept with their version; of two that change the same one, one is told', async () => {
      const { thresholds } = records.settings
      const { version, value } = thresholds.current()
      const shorter = { ...value, statuses: { ...value.statuses, lunch: 1_800_000 } }
      const other = await openRecords(database.url)
      const saved = await Promise.all([
        thresholds.save(version, shorter, '山本 直子'),
        other.settings.thresholds.save(version, value, '中村 誠'),
      ])
      expect(saved.filter((one) => one !== undefined)).toHaveLength(1)
      const { version: now } = saved.find((one) => one !== undefined) ?? { version: 0 }
      const twice = await Promise.all([
        thresholds.save(now, shorter, '山本 直子'),
        other.settings.thresholds.save(now, value, '中村 誠'),
      ])
      expect(twice.filter((one) => one !== undefined)).toEqual([expect.objectContaining({ version: 2 })])
      await other.close()
      const later = await openRecords(database.url)
      expect(later.settings.thresholds.current()).toEqual(twice.find((one) => one !== undefined))
      expect(later.settings.figures.current().version).toBe(0)
      await later.close()
    })

    test('a row that is wrong stops the start, in words', async () => {
      const db = await openDatabase(database.url)
      const value = JSON.stringify({ version: 1, value: { all: {} } })
      await db.insertInto('settings').values({ key: 'figures', value }).execute()
      await db.destroy()
      await expect(openRecords(database.url)).rejects.toThrow(/figures is wrong.*all\.formula/)
    })
  })

  describe('the books', () => {
    const suzuki = { name: '鈴木商店', kana: 'スズキショウテン', number: '0312340000' }

    test('the shared one has its entries in their order', async () => {
      const shared = await records.books.shared()
      expect(shared).toHaveLength(10)
      expect(shared[0]).toEqual({ name: '佐藤 花子', kana: 'サトウ ハナコ', number: '6320' })
    })

    test('of two who save one version, one wins, and a third on top of it', async () => {
      const save = (version: number) =>
        records.books.savePersonal(hanako, { version, entries: [suzuki] }).then((saved) => saved?.version)
      expect((await Promise.all([save(0), save(0)])).sort()).toEqual([1, undefined])
      expect(await save(1)).toBe(2)
      expect(await records.books.personal(hanako)).toEqual({ version: 2, entries: [suzuki] })
      expect(await records.books.personal(taro)).toEqual({ version: 0, entries: [] })
      expect(records.books.personalName(hanako, '03-1234-0000')).toBe('鈴木商店')
    })
  })

  describe('the history', () => {
    const START = 1_790_000_000_000
    const entry = (n: number, changes: Partial<HistoryEntry> = {}): HistoryEntry => ({
      owner: hanako,
      callId: callId(`c${String(n)}`),
      kind: 'in',
      internal: false,
      number: `031234000${String(n)}`,
      reached: '0350600025',
      startedAt: START + n,
      talkMs: n * 1_000,
      ...changes,
    })
    const select = (changes: Partial<HistorySelection> = {}): HistorySelection => ({
      sort: '-time',
      parties: [],
      limit: 10,
      ...changes,
    })
    const found = async (changes: Partial<HistorySelection> = {}) =>
      (await records.history.page(hanako, select(changes))).entries.map(({ callId: id }) => id)

    beforeEach(() =>
      records.history.append([
        entry(1),
        entry(2, { kind: 'out', reached: '' }),
        entry(3, { kind: 'missed', talkMs: null }),
        entry(4, { owner: taro }),
      ]),
    )

    test('one that is written twice is there once, and only for its owner', async () => {
      await records.history.append([entry(1), entry(5)])
      expect(await found()).toEqual(['c5', 'c3', 'c2', 'c1'])
      expect((await records.history.parties(taro)).sort()).toEqual(['0312340004'])
    })

    test('an entry is read as it was written', async () => {
      const { entries } = await records.history.page(hanako, select({ sort: 'time' }))
      expect(entries[0]).toEqual({ ...entry(1), id: expect.any(Number) as number })
      expect(entries[2]?.talkMs).toBeNull()
    })

    test.each<[HistorySort, string[]]>([
      ['time', ['c1', 'c2', 'c3']],
      ['kind', ['c2', 'c1', 'c3']],
      ['reached', ['c2', 'c1', 'c3']],
      ['-reached', ['c3', 'c1', 'c2']],
      ['party', ['c2', 'c3', 'c1']],
      ['-party', ['c1', 'c3', 'c2']],
    ])('sorted by %s', async (sort, order) => {
      // Names sort by their code points: the same on both databases, whatever language they were made for.
      const parties = [
        { key: '0312340001', sortsAs: 'んん', found: false },
        { key: '0312340002', sortsAs: 'ああ', found: false },
        { key: '0312340003', sortsAs: 'いい', found: false },
      ]
      expect(await found({ sort, parties })).toEqual(order)
    })

    test('found by kind, by a number, and by a name that the books know', async () => {
      expect(await found({ kind: 'missed' })).toEqual(['c3'])
      expect(await found({ search: { number: '40002' } })).toEqual(['c2'])
      const parties = [{ key: '0312340001', sortsAs: 'あ', found: true }]
      expect(await found({ search: {}, parties })).toEqual(['c1'])
    })

    test('a page goes on where the last one ended, also when new ones came', async () => {
      const first = await records.history.page(hanako, select({ limit: 2 }))
      await records.history.append([entry(6)])
      const { next: cursor = '' } = first
      const second = await records.history.page(hanako, select({ limit: 2, cursor }))
      expect([...first.entries, ...second.entries].map(({ callId: id }) => id)).toEqual(['c3', 'c2', 'c1'])
      expect(second.next).toBeUndefined()
    })
  })

  describe('the notices', () => {
    const notice = { title: '臨時休業', body: '11月23日', author: '管理者' }

    test('newest first, by pages; no two have one time; one that is removed is gone', async () => {
      const made = await Promise.all(
        Array.from({ length: 3 }, (_, n) => records.notices.publish({ ...notice, title: String(n) })),
      )
      expect(new Set(made.map(({ publishedAt }) => publishedAt)).size).toBe(3)
      const [newest, ...older] = await records.notices.list({ limit: 3 })
      expect(
        (await records.notices.list({ before: newest!.publishedAt, limit: 2 })).map(({ id }) => id),
      ).toEqual(older.map(({ id }) => id))
      expect(await records.notices.remove(newest!.id)).toBe(true)
      expect(await records.notices.remove(newest!.id)).toBe(false)
    })

    test('what was read stays read, also when an older tab says less', async () => {
      const { publishedAt } = await records.notices.publish(notice)
      expect(await records.notices.countUnread(hanako)).toBeGreaterThan(0)
      await records.notices.markRead(hanako, publishedAt)
      await records.notices.markRead(hanako, publishedAt - 1_000)
      expect(await records.notices.readUntil(hanako)).toBe(publishedAt)
      expect(await records.notices.countUnread(hanako)).toBe(0)
    })
  })

  describe('the quality of calls', () => {
    const entry = {
      callId: callId('c1'),
      operator: hanako,
      leg: legId('c1:leg:1'),
      average: 4.3,
      minimum: 4.1,
      cause: 'none',
      measuredMs: 3_000,
      at: 1_790_000_000_000,
      first: true,
    } as const

    test('a leg has one line, of the latest report', async () => {
      await records.quality.put([entry, { ...entry, minimum: 2.2, cause: 'loss', measuredMs: 18_000 }])
      await records.quality.put([{ ...entry, measuredMs: 9_000 }])
      const db = await openDatabase(database.url)
      const rows = await db.selectFrom('call_quality').selectAll().execute()
      await db.destroy()
      expect(rows).toMatchObject([{ minimum: 2.2, cause: 'loss', measured_ms: 18_000, at: entry.at }])
    })
  })

  describe('the records', () => {
    const NOON = 1_790_000_000_000
    const span = (key: string, changes: Partial<ClosedSpan> = {}): ClosedSpan => ({
      key,
      kind: 'talk',
      since: NOON,
      until: NOON + 1_000,
      ...changes,
    })
    const full = span('full', {
      what: 'in',
      outcome: 'answered',
      callId: callId('c1'),
      operator: hanako,
      visit: { n: 2, queueId: queueId('main'), enteredAt: NOON - 500 },
      detail: { number: '09011111111', again: true, upAt: NOON },
    })
    const keys = async (from: number, until: number) =>
      (await records.store.between(from, until)).map(({ key }) => key)

    test('are read as they were written', async () => {
      await records.store.append([full, span('bare')])
      const all = await records.store.between(NOON, NOON + 1)
      expect(all).toEqual([span('bare'), full])
    })

    test('one that is written twice is there once, as it was first', async () => {
      await records.store.append([full])
      await records.store.append([{ ...full, until: NOON + 9_000 }, span('new')])
      expect(await records.store.ofCall(callId('c1'))).toEqual([full])
      expect(await keys(NOON, NOON + 1)).toEqual(['full', 'new'])
    })

    test('an interval has what went on in it, and what belongs to its visits', async () => {
      const visit = { n: 1, queueId: queueId('main'), enteredAt: NOON + 10 }
      await records.store.append([
        span('before', { since: NOON - 100, until: NOON - 1 }),
        span('into', { since: NOON - 100, until: NOON }),
        span('within', { since: NOON + 50, until: NOON + 60 }),
        span('out of', { since: NOON + 99, until: NOON + 900 }),
        span('after', { since: NOON + 100, until: NOON + 901 }),
        span('later, of its visit', { since: NOON + 100, until: NOON + 902, visit }),
      ])
      expect(await keys(NOON, NOON + 100)).toEqual(['into', 'within', 'out of', 'later, of its visit'])
    })

    describe('looking back', () => {
      const MINUTE = 60_000
      const HOUR = 60 * MINUTE
      const lasting = (...of: [key: string, since: number, ms: number, changes?: Partial<ClosedSpan>]) => {
        const [key, since, ms, changes] = of
        return span(key, { since, until: since + ms, ...changes })
      }

      test('a moment has what had begun and was not over, however long it lasted', async () => {
        const sizes = [0, 1, 59_999, 60_000, 60_001, 9 * MINUTE, HOUR, 3 * HOUR, 13 * HOUR, 40 * HOUR]
        const around = sizes.flatMap((ms) => [
          lasting(`ends ${String(ms)}`, NOON - ms, ms),
          lasting(`begins ${String(ms)}`, NOON, ms),
          lasting(`about ${String(ms)}`, NOON - Math.ceil(ms / 2), ms),
          lasting(`later ${String(ms)}`, NOON + 1, ms),
        ])
        await records.store.append(around)
        const found = (await records.past.at(NOON)).map(({ key }) => key).sort()
        const wanted = around.filter(({ since, until }) => since <= NOON && until > NOON)
        expect(found).toEqual(wanted.map(({ key }) => key).sort())
        expect(found.length).toBeGreaterThan(15)
      })

      test('read in parts it is what was asked for as a whole, of the kinds that figures need', async () => {
        const visit = { n: 1, queueId: queueId('main'), enteredAt: NOON + 10 }
        const many = Array.from({ length: 2_500 }, (_, i) =>
          lasting(`many ${String(i)}`, NOON + Math.floor(i / 100), (i % 7) * 20_000, { kind: 'visit' }),
        )
        const later = lasting('later', NOON + 2 * HOUR, MINUTE, { visit })
        const leg = lasting('leg', NOON, MINUTE, { kind: 'leg' })
        for (let i = 0; i < many.length; i += 500) await records.store.append(many.slice(i, i + 500))
        await records.store.append([later, leg, lasting('before', NOON - HOUR, MINUTE)])
        const read: ClosedSpan[] = []
        await records.past.read({ from: NOON, until: NOON + HOUR }, (part) => void read.push(...part))
        const whole = await records.store.between(NOON, NOON + HOUR)
        const byKey = (all: ClosedSpan[]) => all.map(({ key }) => key).sort()
        expect(byKey(read)).toEqual(byKey(whole.filter(({ kind }) => kind !== 'leg')))
        expect(read).toHaveLength(2_501)
        const over: ClosedSpan[] = []
        await records.past.readClosed({ from: NOON, until: NOON + 20 }, (part) => void over.push(...part))
        expect(byKey(over)).toEqual(byKey(many.filter(({ until }) => until > NOON && until <= NOON + 20)))
      })

      test('the latest alerts and acts of a day, and how many there are', async () => {
        const acts = [1, 2, 3].map((n) =>
          lasting(`act ${String(n)}`, NOON + n, 0, { kind: 'act', what: 'x' }),
        )
        const alert = lasting('alert', NOON + 5, MINUTE, { kind: 'alert', operator: hanako })
        await records.store.append([...acts, alert, lasting('other day', NOON - HOUR, 0, { kind: 'act' })])
        const { spans, total } = await records.past.listed('act', { from: NOON, until: NOON + HOUR }, 2)
        expect([spans.map(({ key }) => key), total]).toEqual([['act 3', 'act 2'], 3])
        const alerts = await records.past.listed('alert', { from: NOON, until: NOON + HOUR }, 2)
        expect(alerts).toEqual({ spans: [alert], total: 1 })
      })

      test('statuses of some, calls of some, and the moments next to one', async () => {
        const status = (key: string, operator: string, since: number) =>
          lasting(key, since, MINUTE, { kind: 'status', what: 'ready', operator: userId(operator) })
        await records.store.append([
          ...[status('a', '6320', NOON), status('b', '6321', NOON), status('c', '6320', NOON + HOUR)],
          ...[full, lasting('talk of c2', NOON, 1, { callId: callId('c2') })],
          lasting('login', NOON + 30_000, HOUR, { kind: 'login' }),
        ])
        const of = await records.past.statuses([hanako], { from: NOON, until: NOON + HOUR })
        expect(of.map(({ key }) => key)).toEqual(['a'])
        expect(await records.past.ofCalls([callId('c1'), callId('none')])).toEqual([full])
        expect(await records.past.neighbours(NOON + 5_000, HOUR)).toEqual({
          before: NOON + 1_000,
          after: NOON + 30_000,
        })
        expect(await records.past.neighbours(NOON - HOUR, 5)).toEqual({})
      })
    })

    test('of two who write the same at once, both succeed and it is there once', async () => {
      const many = Array.from({ length: 200 }, (_, i) => span(String(i)))
      await Promise.all([records.store.append(many), records.store.append(many)])
      expect(await keys(NOON, NOON + 1)).toHaveLength(200)
    })
  })
})
